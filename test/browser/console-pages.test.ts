/** Every page of the console over a day of simulated traffic: in both themes, on a phone and on a desk. */
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { INGEST_KEY, invite, openServer, PASSWORD, setUp, type TestServer } from "../support/api-server.ts";
import { openReceiver, type Receiver } from "../support/receiver.ts";
import { CHROMIUM, launch } from "./chromium.ts";
import { asSomebody, type Visitor, visit } from "./console.ts";
import { overflow } from "./watched-page.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const DAY_MS = 86_400_000;
const ATTACKS =
  "credential_stuffing:distributed,injection_sqli:loud,injection_log4shell,scanner_tool,scraping";

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe.skipIf(CHROMIUM === undefined)("the console's pages", () => {
  let browser: Browser;
  let server: TestServer;
  let receiver: Receiver;
  let incident: string;
  let event: string;
  let attacker: string;

  beforeAll(async () => {
    const now = Date.now();
    const start = new Date(now - DAY_MS).toISOString();
    const log = execFileSync(
      process.execPath,
      [
        join(root, "dist/vedette.js"),
        ...["simulate", "--days", "1", "--events", "5000", "--start", start],
        ...["--format", "vedette", "--attacks", ATTACKS, "--noise"],
      ],
      { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] },
    );
    receiver = await openReceiver();
    // Nothing that happens here is for it.
    const route = { name: "ops", sink: { kind: "slack", url: receiver.url }, services: ["another"] };
    server = await openServer(now, { alerts: { allow_hosts: ["127.0.0.1"], routes: [route] } });
    const admin = await setUp(server);
    await invite(server, admin, { name: "vera", role: "viewer", services: null });
    const lines = log.toString("utf8").split("\n");
    for (let at = 0; at < lines.length; at += 4_000) {
      const answer = await fetch(`${server.url}/v1/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${INGEST_KEY}` },
        body: lines.slice(at, at + 4_000).join("\n"),
      });
      expect(answer.status).toBe(202);
    }
    await server.live.settle();
    const found = await server.live.records.cases.list({ limit: 50 });
    const injection = found.find(({ incident: each }) => each.categories.includes("injection"))?.incident;
    incident = injection?.id ?? "";
    attacker = injection?.entity.value ?? "";
    const asked = await admin.ask("POST", "/query", {
      query: "events | where finding.score >= 0.5 | project event.id | take 1",
    });
    event = String((asked.body as { rows: unknown[][] }).rows[0]?.[0]);
    browser = await launch();
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await receiver?.close();
  });

  /** Address and heading of each page. */
  function pages(): readonly (readonly [path: string, heading: RegExp])[] {
    return [
      ["/?range=7d", /Overview/],
      ["/incidents", /Incidents/],
      [`/incidents/${incident}`, /by/],
      ["/explore?range=7d", /Explore/],
      [`/explore?range=7d&event=${event}`, /Explore/],
      ["/explore?range=7d&q=events+%7C+summarize+n+%3D+count()+by+http.route", /Explore/],
      ["/entities?range=7d", /Entities/],
      [`/entities/client.address/${attacker}?range=7d`, /./],
      ["/services?range=7d", /Services/],
      ["/detections", /Detections/],
      ...["sources", "keys", "users", "alerts", "health", "audit", "account"].map(
        (tab) => [`/settings?tab=${tab}`, /Set-up/] as const,
      ),
    ];
  }

  async function settled({ page }: Visitor): Promise<void> {
    // So many requests of one address need their time.
    server.pass(10_000);
    await page.waitForLoadState("load");
    await page.locator(".skeleton").first().waitFor({ state: "detached" });
    await page.waitForTimeout(150);
  }

  test.each([
    ["light", 1440],
    ["dark", 1440],
    ["light", 360],
    ["dark", 360],
  ] as const)(
    "%s at %i pixels: everything fits, can be read and is named",
    async (colorScheme, width) => {
      const visitor = await visit(browser, server, { colorScheme, viewport: { width, height: 900 } });
      await asSomebody(visitor, server, "root", PASSWORD);
      const found: string[] = [];
      for (const [path, heading] of pages()) {
        await visitor.open(path, heading);
        await settled(visitor);
        if ((await overflow(visitor.page)) > 0) found.push(`${path} is wider than its window`);
        await visitor.page.evaluate(axe.source);
        const violations = await visitor.page.evaluate<readonly Violation[]>(
          "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
        );
        found.push(
          ...violations.map(
            ({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
          ),
        );
      }
      expect(found).toEqual([]);
      expect(visitor.misdeeds()).toEqual([]);
      await visitor.context.close();
    },
    180_000,
  );

  test("traffic stands beside what is usual of it, and its marks lead to their incidents", async () => {
    const visitor = await visit(browser, server);
    await asSomebody(visitor, server, "root", PASSWORD);
    const { page } = visitor;
    await page.getByRole("button", { name: "Last 24 hours" }).waitFor();
    const traffic = page.getByRole("region", { name: "Traffic" });
    await traffic.getByText("Usual, as learned").waitFor();
    await traffic.getByRole("button", { name: "All services" }).click();
    await page.getByRole("menuitem").nth(1).click();
    await page.waitForURL(/service=/);
    await traffic.getByText("Usual, as learned").waitFor();
    const mark = traffic.getByRole("link", { name: /^Grave incident: / }).first();
    const title = (await mark.getAttribute("title")) ?? "";
    await mark.click();
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    expect(visitor.misdeeds()).toEqual([]);
    await visitor.context.close();
  });

  test("filters are kept under a name, and a link shows another person the same", async () => {
    const maker = await visit(browser, server, { permissions: ["clipboard-read", "clipboard-write"] });
    await asSomebody(maker, server, "root", PASSWORD);
    await maker.open("/incidents?severity=high&state=all", "Incidents");
    const { page } = maker;
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByLabel("Name of this view").fill("grave ones");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: /^grave ones high|^grave ones all/ }).waitFor();
    await page.getByRole("button", { name: "Make link" }).click();
    const link = await page
      .getByRole("figure", { name: /^For whoever sees/ })
      .locator("pre")
      .innerText();
    await maker.open("/incidents", "Incidents");
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("button", { name: /^grave ones (high|all)/ }).click();
    await page.waitForURL(/severity=high/);
    await page.getByRole("button", { name: "grave ones" }).waitFor();

    const reader = await visit(browser, server);
    await asSomebody(reader, server, "vera", PASSWORD);
    await reader.open(new URL(link).pathname, "Incidents");
    expect(new URL(reader.page.url()).search).toBe("?state=all&severity=high");
    await reader.page.getByRole("button", { name: "Views" }).waitFor();
    server.pass(8 * DAY_MS);
    const late = await visit(browser, server);
    await asSomebody(late, server, "vera", PASSWORD);
    await late.open(new URL(link).pathname, "A link");
    await late.page.getByText("This link leads nowhere").waitFor();
    expect([...maker.misdeeds(), ...reader.misdeeds()]).toEqual([]);
    for (const { context } of [maker, reader, late]) await context.close();
  });

  test("a route of alerts is tested with a button, which says how it went", async () => {
    const visitor = await visit(browser, server);
    await asSomebody(visitor, server, "root", PASSWORD);
    const { page } = visitor;
    await visitor.open("/settings?tab=alerts", /Set-up/);
    const send = page.getByRole("button", { name: "Send a test to ops" });
    await send.click();
    await page.getByText("It was taken.").waitFor();
    expect(receiver.received.map(({ body }) => JSON.parse(body).text)).toEqual([
      "INFO, test: `Test of the alert route ops`",
    ]);
    receiver.answer = { status: 404 };
    await send.click();
    await page.getByText("127.0.0.1 answered 404").waitFor();
    expect(visitor.misdeeds()).toEqual([]);
    await visitor.context.close();
  });

  test("a viewer sees everything and can change nothing", async () => {
    const visitor = await visit(browser, server);
    await asSomebody(visitor, server, "vera", PASSWORD);
    const { page } = visitor;
    await visitor.open("/incidents", "Incidents");
    const list = page.getByRole("list", { name: "Incidents" });
    await list.waitFor();
    expect(await list.getByRole("checkbox").count()).toBe(0);
    await page.keyboard.press("e");
    await page.keyboard.press("f");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "What happened" }).waitFor();
    for (const name of ["Set state", "Assign to me", "This is expected", "Comment"])
      expect(await page.getByRole("button", { name, exact: true }).count(), name).toBe(0);
    await visitor.open("/settings", "Set-up");
    expect(await page.getByRole("group", { name: "Part" }).getByRole("button").allInnerTexts()).toEqual([
      "Sources",
      "Alerts",
      "Health",
      "Your account",
    ]);
    const states = (await server.live.records.cases.list({ limit: 200 })).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(["open"]));
    expect(visitor.misdeeds()).toEqual([]);
    await visitor.context.close();
  });
});
