/** Views of incidents that people keep, and links that end: whose they are, who may open them, until when. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Asker,
  invite,
  openServer,
  PASSWORD,
  setUp,
  type TestServer,
} from "../../support/api-server.ts";

const START = Date.UTC(2026, 2, 3, 12);
const DAY_MS = 86_400_000;
const LINK = {
  page: "explore",
  search: { q: 'events | where user.id == "anna"', from: "2026-03-03T00:00:00.000Z" },
  days: 2,
};
let server: TestServer;
let admin: Asker;
let viewer: Asker;
let shopOnly: Asker;
let shopAndBilling: Asker;

beforeAll(async () => {
  server = await openServer(START);
  admin = await setUp(server);
  viewer = await invite(server, admin, { name: "vera", role: "viewer", services: null });
  shopOnly = await invite(server, admin, { name: "sho", role: "analyst", services: ["shop"] });
  shopAndBilling = await invite(server, admin, {
    name: "bil",
    role: "viewer",
    services: ["shop", "billing"],
  });
});
afterAll(() => server.stop());

async function linkOf(maker: Asker): Promise<string> {
  const { status, body } = await maker.ask("POST", "/links", LINK);
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

describe("views of incidents", () => {
  it("are kept under a name, one for each, and shown to nobody else", async () => {
    await viewer.ask("PUT", "/views", {
      name: "mine, grave",
      search: { severity: "high", assignee: "vera" },
    });
    await viewer.ask("PUT", "/views", { name: "mine, grave", search: { severity: "critical" } });
    await viewer.ask("PUT", "/views", { name: "all", search: { state: "all" } });
    const { body } = await viewer.ask("GET", "/views");
    const { views } = body as { views: { id: string; name: string; search: object }[] };
    expect(views.map(({ name, search }) => [name, search])).toEqual([
      ["all", { state: "all" }],
      ["mine, grave", { severity: "critical" }],
    ]);
    expect((await admin.ask("GET", "/views")).body).toEqual({ views: [] });
    expect((await admin.ask("DELETE", `/views/${views[0]?.id}`)).status).toBe(404);
    expect((await viewer.ask("DELETE", `/views/${views[0]?.id}`)).status).toBe(204);
    expect((await viewer.ask("GET", "/views")).body).toMatchObject({ views: [{ name: "mine, grave" }] });
  });

  it("are a hundred at most, of which each can still be changed", async () => {
    for (let i = 0; i < 100; i++) {
      server.pass(1_000);
      await shopOnly.ask("PUT", "/views", { name: `view ${i}`, search: {} });
    }
    expect(await shopOnly.ask("PUT", "/views", { name: "one more", search: {} })).toMatchObject({
      status: 409,
      body: { code: "LIMIT_REACHED" },
    });
    expect((await shopOnly.ask("PUT", "/views", { name: "view 7", search: { find: "x" } })).status).toBe(204);
  });
});

describe("a link", () => {
  it("leads whoever sees as much to where its maker was, and is noted", async () => {
    const id = await linkOf(admin);
    const { status, body } = await viewer.ask("GET", `/links/${id}`);
    expect([status, body]).toMatchObject([200, { page: "explore", search: LINK.search, owner: "user:root" }]);
    const { body: audit } = await admin.ask("GET", "/audit");
    const { entries } = audit as { entries: { action: string; actor: string; object: string }[] };
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: "links.open",
        actor: "user:vera",
        object: expect.stringContaining(id),
      }),
    );
  });

  it("is none for who sees less than its maker saw", async () => {
    const ofAll = await linkOf(admin);
    const ofBoth = await linkOf(shopAndBilling);
    const ofShop = await linkOf(shopOnly);
    const status = async (who: Asker, id: string) => (await who.ask("GET", `/links/${id}`)).status;
    expect(await Promise.all([ofAll, ofBoth, ofShop].map((id) => status(shopOnly, id)))).toEqual([
      404, 404, 200,
    ]);
    expect(await Promise.all([ofAll, ofBoth, ofShop].map((id) => status(shopAndBilling, id)))).toEqual([
      404, 200, 200,
    ]);
    expect(await Promise.all([ofAll, ofBoth, ofShop].map((id) => status(viewer, id)))).toEqual([
      200, 200, 200,
    ]);
    const nobody = await fetch(`${server.url}/api/v1/links/${ofShop}`);
    expect(nobody.status).toBe(401);
  });

  it("is over when its maker ends it; nobody else can", async () => {
    const id = await linkOf(viewer);
    expect((await admin.ask("DELETE", `/links/${id}`)).status).toBe(404);
    expect((await viewer.ask("DELETE", `/links/${id}`)).status).toBe(204);
    expect((await viewer.ask("GET", `/links/${id}`)).status).toBe(404);
  });

  it("refuses what is no address of the console, and more days than there may be", async () => {
    for (const wrong of [
      { ...LINK, page: "//evil.example" },
      { ...LINK, search: { "q[]": "events" } },
      { ...LINK, days: 91 },
      { ...LINK, days: 0 },
    ])
      expect((await viewer.ask("POST", "/links", wrong)).status, JSON.stringify(wrong)).toBe(400);
  });

  it("is over after its days", async () => {
    const key = await linkOf(admin);
    server.pass(2 * DAY_MS - 60_000);
    // Sessions end sooner than links.
    const again = await signIn("root");
    expect((await again(`/links/${key}`)).status).toBe(200);
    server.pass(60_000);
    expect((await again(`/links/${key}`)).status).toBe(404);
    expect(await (await again("/links")).json()).toEqual({ links: [] });
  });
});

async function signIn(name: string): Promise<(path: string) => Promise<Response>> {
  const answer = await fetch(`${server.url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, password: PASSWORD }),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return (path) => fetch(`${server.url}/api/v1${path}`, { headers: { cookie } });
}
