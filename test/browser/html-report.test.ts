/** The HTML report of a real scan, used as a reader would. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Detection, Incident } from "../../src/event.ts";
import { CHROMIUM, launch } from "./chromium.ts";
import { openFile, overflow } from "./watched-page.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const STRUCTURE = readFileSync(new URL("./page-structure.js", import.meta.url), "utf8");

const SUM_OF_REQUESTS = `
  [...document.querySelectorAll(".steps tbody tr td:nth-child(2)")]
    .reduce((sum, cell) => sum + Number(cell.textContent.replaceAll(",", "")), 0)
`;

interface JsonReport {
  readonly incidents: readonly Incident[];
  readonly detections: readonly Detection[];
}

describe.skipIf(CHROMIUM === undefined)("the report of a scan", () => {
  let browser: Browser;
  let folder: string;
  let file: string;
  let found: JsonReport;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "vedette-report-"));
    file = join(folder, "report.html");
    const log = join(folder, "access.log");
    const json = join(folder, "report.json");
    const run = (...args: string[]) =>
      execFileSync(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    run("bootstrap.mjs", "build");
    run("dist/vedette.js", "simulate", "--events", "30000", "--out", log);
    run("dist/vedette.js", "scan", log, "--output", "html", "--out", file);
    run("dist/vedette.js", "scan", log, "--output", "json", "--out", json);
    found = JSON.parse(readFileSync(json, "utf8"));
    browser = await launch();
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("is one small file", () => {
    expect(statSync(file).size).toBeLessThan(600_000);
  });

  test("shows every incident, and all that is known of one when it is opened", async () => {
    const { page, misdeeds } = await openFile(browser, file);
    expect(await page.locator("h1").innerText()).toMatch(/^\d+ incidents?; /);
    expect(await page.locator(".incident").count()).toBe(Math.min(50, found.incidents.length));

    const index = found.incidents.findIndex(({ categories }) => categories.includes("injection"));
    const incident = found.incidents[index];
    const item = page.locator(".incident").nth(index);
    expect(await item.locator(".title").innerText()).toBe(incident?.title);
    await item.locator(".row").click();
    const detail = item.locator(".detail");
    expect(await detail.locator(".summary").innerText()).toBe(incident?.summary);
    expect(await detail.locator(".detection").count()).toBe(incident?.detections.length);
    expect(await detail.locator(".stages .reached > span:not(.dot, .spoken)").allInnerTexts()).toEqual(
      incident?.stages.map((stage) => stage.slice(0, 1).toUpperCase() + stage.slice(1)),
    );
    const detection = found.detections.find(({ id }) => id === incident?.detections[0]);
    const [sample] = detection?.samples ?? [];
    const row = detail.locator(".evidence tbody tr").first();
    expect(await row.locator(".request > .log").innerText()).toBe(sample?.request);
    expect(await row.locator(".place").innerText()).toMatch(/^access\.log:\d+$/);
    expect(await row.locator(".forms").first().innerText()).toContain(sample?.findings?.[0]?.evidence);
    expect(await detail.locator(".gauge .observed b").first().innerText()).not.toBe("");
    expect(await misdeeds()).toEqual([]);
  });

  test("narrows the list by severity, kind and words, and puts it in another order", async () => {
    const { page } = await openFile(browser, file);
    const high = found.incidents.filter(({ severity }) => severity === "high");
    const titles = () => page.locator(".incident .title").allInnerTexts();

    const chip = page.getByRole("button", { name: /^High/ }).first();
    await chip.click();
    expect(await chip.getAttribute("aria-pressed")).toBe("true");
    expect(await titles()).toEqual(high.map(({ title }) => title));
    expect(await page.getByRole("status").innerText()).toBe(
      `${high.length} of ${found.incidents.length} incidents`,
    );
    await chip.click();

    await page.getByLabel("Kind").selectOption("brute_force");
    expect(await titles()).toEqual(
      found.incidents
        .filter(({ categories }) => categories.includes("brute_force"))
        .map(({ title }) => title),
    );
    await page.getByLabel("Search incidents").fill("no such thing");
    expect(await page.locator(".incident").count()).toBe(0);
    await page.getByRole("button", { name: "Show all" }).click();
    expect(await titles()).toEqual(found.incidents.map(({ title }) => title));

    await page.getByLabel("Order").selectOption("earliest");
    const first = [...found.incidents].sort((a, b) => (a.first_seen < b.first_seen ? -1 : 1))[0];
    expect((await titles())[0]).toBe(first?.title);
  });

  test("leads to an incident by its address, filtered away or not", async () => {
    const incident = found.incidents.at(-1);
    const { page } = await openFile(browser, file, {}, `#${incident?.id}`);
    const item = page.locator(`[id="${incident?.id}"]`);
    expect(await item.locator(".row").getAttribute("aria-expanded")).toBe("true");
    expect(await item.locator(".detail").isVisible()).toBe(true);
    expect((await item.boundingBox())?.y).toBeLessThan(900);

    await page.getByLabel("Search incidents").fill("no such thing");
    await page.evaluate(`location.hash = "#${found.incidents[0]?.id}"`);
    await page.locator(`[id="${found.incidents[0]?.id}"] .detail`).waitFor();
    expect(await page.getByLabel("Search incidents").inputValue()).toBe("");
  });

  test("works by keyboard alone", async () => {
    const { page } = await openFile(browser, file);
    await page.keyboard.press("/");
    expect(await page.evaluate("document.activeElement.className")).toBe("search");
    await page.keyboard.type("login");
    const narrowed = await page.locator(".incident").count();
    expect(narrowed).toBeLessThan(found.incidents.length);
    await page.keyboard.press("Escape");
    expect(await page.locator(".incident").count()).toBe(Math.min(50, found.incidents.length));

    await page.locator(".row").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator(".detail").first().isVisible()).toBe(true);
    await page.keyboard.press("Space");
    expect(await page.locator(".detail").first().isVisible()).toBe(false);
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  });

  test("reads the chart out step by step, and under the pointer", async () => {
    const { page } = await openFile(browser, file);
    const field = page.getByRole("slider");
    await field.focus();
    await page.keyboard.press("Home");
    const first = (await field.getAttribute("aria-valuetext")) ?? "";
    expect(first).toMatch(
      /^2 Mar 2026 00:\d\d to 00:\d\d UTC: [\d,]+ requests?, \d+ refused, \d+ failed, \d+ attacks$/,
    );
    await page.keyboard.press("ArrowRight");
    expect(await field.getAttribute("aria-valuenow")).toBe("2");
    expect(await field.getAttribute("aria-valuetext")).not.toBe(first);

    const box = await field.boundingBox();
    if (box === null) throw new Error("the chart is not shown");
    await page.mouse.move(box.x + box.width / 2, box.y + 20);
    const tip = page.locator(".tip");
    expect(await tip.innerText()).toMatch(/UTC.*Requests.*\d.*Attacks/s);
    await page.getByText("The numbers as a table").click();
    const total = await page.evaluate<number>(SUM_OF_REQUESTS);
    expect(await page.locator(".lane-label.requests .total").innerText()).toBe(total.toLocaleString("en"));
  });

  test("sorts the endpoints", async () => {
    const { page } = await openFile(browser, file);
    await page.getByRole("button", { name: "Failed 5xx" }).click();
    expect(await page.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("descending");
    const shares = await page.locator(".sortable tbody td:nth-child(4)").allInnerTexts();
    const values = shares.map((text) => (text.startsWith("under") ? 0.05 : Number.parseFloat(text)));
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  test.each([360, 768, 1024, 1440, 2560, 3840])(
    "fits a window %d pixels wide, opened or not",
    async (width) => {
      const { page, misdeeds } = await openFile(browser, file, { viewport: { width, height: 900 } });
      expect(await overflow(page)).toBe(0);
      await page.getByRole("button", { name: "Expand all" }).click();
      await page.getByText("The numbers as a table").click();
      expect(await overflow(page)).toBe(0);
      expect(await misdeeds()).toEqual([]);
    },
  );

  test.each(["light", "dark"] as const)(
    "can be heard, reached and read in the %s scheme",
    async (colorScheme) => {
      for (const width of [1440, 360]) {
        const { page } = await openFile(browser, file, { colorScheme, viewport: { width, height: 900 } });
        await page.getByRole("button", { name: "Expand all" }).click();
        await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
        await page.getByRole("slider").focus();
        await page.waitForTimeout(50);
        expect(await page.evaluate(STRUCTURE)).toEqual([]);
      }
    },
  );

  test("prints everything opened, without controls, and is as before afterwards", async () => {
    const { page, misdeeds } = await openFile(browser, file);
    const open = () => page.locator(".detail:visible").count();
    await page.emulateMedia({ media: "print" });
    await expect.poll(open).toBe(found.incidents.length);
    expect(await page.locator(".seen[open]").count()).toBe(await page.locator(".seen").count());
    expect(
      await page.locator(".toolbar:visible, .copy:visible, .crosshair-field:visible, nav:visible").count(),
    ).toBe(0);
    await page.emulateMedia({ media: "screen" });
    await expect.poll(open).toBe(0);
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(50_000);
    expect(await misdeeds()).toEqual([]);
  });

  test("can be read where scripts are not allowed", async () => {
    const { page } = await openFile(browser, file, { javaScriptEnabled: false });
    const text = await page.locator("#report").innerText();
    for (const { title } of found.incidents) expect(text).toContain(title);
  });
});
