/** A first day with the console: from the set-up link to an incident that is dealt with, in a real browser. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { INGEST_KEY, openServer, PASSWORD, type TestServer } from "../support/api-server.ts";
import { CHROMIUM, launch } from "./chromium.ts";
import { type Visitor, visit } from "./console.ts";

const run = promisify(execFile);

describe.skipIf(CHROMIUM === undefined)("a first day", () => {
  let browser: Browser;
  let server: TestServer;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await openServer(Date.now());
    browser = await launch();
    visitor = await visit(browser, server);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("the set-up link leads to a name, a password and the first steps", async () => {
    const { page } = visitor;
    await page.goto(server.setupLink ?? "");
    await page.getByLabel("Name").fill("anna");
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Set up" }).click();
    expect(new URL(page.url()).pathname).toBe("/setup");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Set up" }).click();
    await page.getByRole("heading", { name: "First steps" }).waitFor();
    expect(new URL(page.url()).hash).toBe("");
  });

  test("the shown command, run in a shell, sends the first event, and the page says so by itself", async () => {
    const { page } = visitor;
    expect(await page.getByRole("status").innerText()).toContain("Waiting for the first event");
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByLabel("Keep it: it is not shown again").waitFor();
    const command = await page
      .getByRole("figure", { name: "One event, from a shell" })
      .locator("pre")
      .innerText();
    const { stdout } = await run("sh", ["-c", command.replace(/^curl /, "curl -sS ")]);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 1 });
    await server.live.settle();
    await page.getByRole("heading", { name: "Overview" }).waitFor();
  });

  test("the attack in it is an incident, told in words and shown as it was sent and as it is read", async () => {
    const { page } = visitor;
    const link = page.getByRole("region", { name: "Needs you" }).getByRole("link", { name: /SQL injection/ });
    await link.click();
    await page
      .getByRole("heading", { level: 1, name: /SQL injection at GET \/products by 203\.0\.113\.7/ })
      .waitFor();
    const card = page.getByRole("region", { name: "SQL injection" });
    expect(await card.getByRole("figure").innerText()).toMatch(/Observed\s+\d+ %\s+Line\s+80 %/);
    const evidence = card.getByRole("region", { name: "Evidence" });
    expect(await evidence.innerText()).toContain("1%27%20UNION%20SELECT");
    expect(await evidence.locator("dd mark").first().innerText()).toContain(
      "UNION SELECT password FROM users--",
    );
  });

  test("it is dealt with by keyboard alone, and taken back", async () => {
    const { page } = visitor;
    await page.getByRole("link", { name: "Incidents", exact: true }).first().click();
    const list = page.getByRole("list", { name: "Incidents" });
    await list.waitFor();
    const row = list.getByRole("listitem").first();
    await page.keyboard.press("a");
    await row.getByText("Acknowledged").waitFor();
    await page.keyboard.press("m");
    await row.getByText("anna").waitFor();
    await page.keyboard.press("e");
    await page.getByText("No incident here").waitFor();
    await page.keyboard.press("u");
    await row.getByText("Acknowledged").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("no such thing");
    await page.getByText("No incident here").waitFor();
    expect(new URL(page.url()).searchParams.get("find")).toBe("no such thing");
    await page.getByLabel("Find in these incidents").fill("");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /SQL injection/ }).waitFor();
    await page.keyboard.press("c");
    await page.keyboard.type("Ours: the scanner of the security team");
    await page.getByRole("button", { name: "Comment" }).click();
    await page.getByText("Ours: the scanner of the security team").first().waitFor();

    const stored = await server.live.records.cases.list({ limit: 10 });
    expect(stored.map(({ state, assignee }) => ({ state, assignee }))).toEqual([
      { state: "acknowledged", assignee: "anna" },
    ]);
  });

  test("a threshold is tried on what was stored before it is changed", async () => {
    const { page } = visitor;
    await server.live.settle();
    // The shell that sent the event has a clock of its own.
    server.pass(60_000);
    await visitor.open("/detections?detector=injection", "Detections");
    await page.getByRole("button", { name: "Try other values of certainty" }).click();
    const tried = page.getByRole("region", { name: "Try certainty" });
    await tried.getByText("1 detection about 1 entity").waitFor();
    await tried.getByRole("slider").press("End");
    await tried.getByText("0 detections about 0 entities").waitFor();
    await tried.getByRole("button", { name: /^Take/ }).click();
    await page.getByRole("button", { name: "Save" }).waitFor();
    expect(await server.live.records.preferences.detectors()).toEqual([]);
  });

  test("a query finds the event, a wrong one says where it is wrong, and a download is safe to open", async () => {
    const { page } = visitor;
    await visitor.open("/explore", "Explore");
    const query = page.getByLabel("Query");
    await query.fill("events | where statuss >= 500");
    await page.keyboard.press("Enter");
    const alert = page.getByRole("alert");
    expect(await alert.locator("span").innerText()).toBe("statuss");
    await query.fill('events | where url.path == "/products"');
    await page.keyboard.press("Enter");
    await page.getByRole("table").getByText("/products").waitFor();
    expect(new URL(page.url()).searchParams.get("q")).toBe('events | where url.path == "/products"');
    await page.getByRole("button", { name: /Open event/ }).click();
    const drawer = page.getByRole("complementary", { name: "Event" });
    await drawer.getByRole("button", { name: "This client" }).waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });

    await page.getByRole("button", { name: "Download" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "NDJSON" }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ "url.path": "/products" });
  });

  test("live tail shows an event that comes in, and holds still when paused", async () => {
    const { page } = visitor;
    await visitor.open("/explore?q=events&live=1", "Explore");
    await page.getByText("Waiting for events").waitFor();
    await page.waitForTimeout(300);
    await server.live.settle();
    await sendOne(server, "/first");
    await page.getByRole("table").getByText("/first").waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await sendOne(server, "/second");
    await page.waitForTimeout(700);
    expect(await page.getByRole("table").getByText("/second").count()).toBe(0);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("table").getByText("/second").waitFor();
  });

  test("a session that ends asks for the password in place, and goes on where one was", async () => {
    const { page } = visitor;
    await visitor.open("/services", "Services");
    const [user] = await server.live.records.access.users();
    await server.live.records.access.endSessionsOf(user?.id ?? "");
    // The page asks for news by itself.
    await page.getByText("Your session has ended").waitFor();
    expect(new URL(page.url()).pathname).toBe("/services");
    await page.getByLabel("Name").fill("anna");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1, name: "Services" }).waitFor();
  });

  test("signing out leaves nothing behind", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: /Account of anna/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.evaluate<string>("Object.keys(localStorage).join()")).toBe("");
    // The wrong query was answered as one.
    expect(visitor.misdeeds().filter((each) => !each.includes("400 (Bad Request)"))).toEqual([]);
  });
});

async function sendOne(server: TestServer, path: string): Promise<void> {
  await fetch(`${server.url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${INGEST_KEY}` },
    body: JSON.stringify({
      timestamp: new Date().toISOString(),
      "url.path": path,
      "http.request.method": "GET",
    }),
  });
}
