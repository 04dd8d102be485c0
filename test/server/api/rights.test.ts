/** Who may do what, on every route there is, and what is noted of it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCOPES, type Scope } from "../../../src/http/access/principal.ts";
import {
  type Asker,
  asker,
  invite,
  openServer,
  PASSWORD,
  setUp,
  type TestServer,
  withKey,
} from "../../support/api-server.ts";

type Least = "nobody" | "known" | "person" | "viewer" | "analyst" | "admin";

/** The least that somebody must be. A route that is not here fails; so does one that asks for less. */
const LEAST: Readonly<Record<string, Least>> = {
  "POST /setup": "nobody",
  "POST /session": "nobody",
  "GET /openapi.json": "nobody",
  "GET /session": "known",
  "DELETE /session": "person",
  "PUT /password": "person",
  "GET /sessions": "person",
  "DELETE /sessions/{id}": "person",
  "POST /query": "viewer",
  "POST /query/complete": "viewer",
  "GET /events/tail": "viewer",
  "GET /events/{id}": "viewer",
  "GET /events/{id}/around": "viewer",
  "GET /facets": "viewer",
  "GET /histogram": "viewer",
  "GET /expected": "viewer",
  "GET /entities/{type}/{value}": "viewer",
  "GET /incidents": "viewer",
  "GET /incidents/counts": "viewer",
  "GET /incidents/{id}": "viewer",
  "PATCH /incidents/{id}": "analyst",
  "POST /incidents/{id}/comments": "analyst",
  "GET /exceptions": "viewer",
  "POST /exceptions": "analyst",
  "POST /exceptions/preview": "viewer",
  "GET /incidents/{id}/proposals": "viewer",
  "PUT /exceptions/{id}": "analyst",
  "DELETE /exceptions/{id}": "analyst",
  "GET /detectors": "viewer",
  "PUT /detectors/{id}": "admin",
  "DELETE /detectors/{id}/setting": "admin",
  "POST /replays": "analyst",
  "POST /backtests": "analyst",
  "POST /backtests/sweep": "analyst",
  "GET /queries": "viewer",
  "POST /queries": "viewer",
  "PUT /queries/{id}": "viewer",
  "DELETE /queries/{id}": "viewer",
  "GET /views": "viewer",
  "PUT /views": "viewer",
  "DELETE /views/{id}": "viewer",
  "GET /links": "viewer",
  "POST /links": "viewer",
  "GET /links/{id}": "viewer",
  "DELETE /links/{id}": "viewer",
  "GET /health": "viewer",
  "GET /sources": "viewer",
  "GET /quarantine": "viewer",
  "DELETE /quarantine": "admin",
  "GET /alerts/dead": "viewer",
  "POST /alerts/dead/{id}/retry": "analyst",
  "POST /alerts/routes/{route}/test": "analyst",
  "GET /sample": "known",
  "DELETE /sample": "admin",
  "GET /audit": "admin",
  "GET /keys": "admin",
  "POST /keys": "admin",
  "DELETE /keys/{id}": "admin",
  "GET /users": "admin",
  "POST /users": "admin",
  "PATCH /users/{id}": "admin",
  "POST /users/{id}/link": "admin",
};

/** Neither changes anything nor shows what is about a person. */
const NOT_NOTED: readonly string[] = [
  "GET /openapi.json",
  "GET /session",
  "GET /sessions",
  "POST /query/complete",
  "GET /detectors",
  "GET /queries",
  "GET /views",
  "GET /links",
  "GET /health",
  "GET /sources",
  "GET /sample",
  "GET /incidents/counts",
  "GET /expected",
];

let server: TestServer;
let admin: Asker;
let people: Readonly<Record<"nobody" | "viewer" | "analyst" | "admin", Asker>>;

beforeAll(async () => {
  server = await openServer(Date.UTC(2026, 2, 3));
  admin = await setUp(server);
  people = {
    nobody: asker(server, "nobody"),
    viewer: await invite(server, admin, { name: "vera", role: "viewer", services: null }),
    analyst: await invite(server, admin, { name: "ana", role: "analyst", services: null }),
    admin,
  };
});
afterAll(() => server.stop());

/** A request that every route refuses for its form, once it is allowed at all: nothing happens. */
async function allows(who: Asker, method: string, path: string): Promise<boolean> {
  server.pass(10_000);
  const asked = path.replace("{type}", "user.id").replace(/\{\w+\}/g, "none");
  const { status } = await who.ask(method, `${asked}?nonsense=1`, method === "GET" ? undefined : {});
  expect([400, 401, 403], `${who.name}: ${method} ${path}`).toContain(status);
  return status === 400;
}

const ORDER: readonly Least[] = ["nobody", "viewer", "analyst", "admin"];

describe("rights", () => {
  it("are declared for every route, and every declaration is of a route", () => {
    expect(server.routes.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      Object.keys(LEAST).sort(),
    );
  });

  it.each(["nobody", "viewer", "analyst", "admin"] as const)(
    "of %s are what they should be",
    async (role) => {
      for (const { method, path } of server.routes) {
        const least = LEAST[`${method} ${path}`] ?? "admin";
        const needed = least === "known" || least === "person" ? "viewer" : least;
        const may = ORDER.indexOf(role) >= ORDER.indexOf(needed);
        expect(await allows(people[role], method, path), `${method} ${path}`).toBe(may);
      }
    },
  );

  it.each(SCOPES)("of a key with %s alone reach as far as that", async (scope: Scope) => {
    const key = await withKey(server, scope, [scope]);
    for (const { method, path, need } of server.routes) {
      const may = need === "open" || need === "known" || need === scope;
      expect(await allows(key, method, path), `${method} ${path}`).toBe(may);
    }
  });
});

describe("the audit log", () => {
  it("is told of every change and of every look at what is about a person", () => {
    const silent = server.routes.filter(({ audit }) => audit === null);
    expect(silent.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...NOT_NOTED].sort());
  });

  it("says who, what, when and from where, and what came to nothing", async () => {
    const viewer = people.viewer;
    await viewer.ask("POST", "/query", { query: "events | take 1" });
    await viewer.ask("GET", "/events/gone");
    const { body } = await admin.ask("GET", "/audit?actor=user:vera&limit=3");
    expect(body).toMatchObject({
      entries: [
        { action: "events.read.failed", object: "gone", detail: { code: "NOT_FOUND" } },
        { action: "events.read", object: "gone", detail: {} },
        { actor: "user:vera", action: "events.query", object: "events | take 1", address: "127.0.0.1" },
      ],
    });
  });

  it("is read page by page", async () => {
    const ids: number[] = [];
    for (let cursor = ""; ; ) {
      server.pass(1_000);
      const { body } = await admin.ask("GET", `/audit?actor=user:vera&limit=2${cursor}`);
      const { entries, next } = body as { entries: { id: number }[]; next: string | null };
      ids.push(...entries.map(({ id }) => id));
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(ids.length).toBeGreaterThan(3);
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect((await admin.ask("GET", "/audit?cursor=made-up")).body).toMatchObject({
      status: 400,
      input: "cursor",
    });
  });

  it("has no password and no token", async () => {
    const text = (await admin.ask("GET", "/audit?limit=500")).text;
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toMatch(/vdt_/);
  });
});
