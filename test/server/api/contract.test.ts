/** The description of the API: a valid document, of all routes, and small things that it promises. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asker, asker } from "../../support/api-server.ts";
import { openTwoServices, type TwoServices } from "../../support/two-services.ts";

let two: TwoServices;
let admin: Asker;
beforeAll(async () => {
  two = await openTwoServices();
  admin = two.admin;
});
afterAll(() => two.server.stop());

describe("/api/v1/openapi.json", () => {
  it("is valid OpenAPI 3.1 and has every route, each under a name of its own", async () => {
    const { body } = await asker(two.server, "nobody").ask("GET", "/openapi.json");
    const checked = await new Validator().validate(body as Record<string, unknown>);
    expect(checked.errors ?? []).toEqual([]);
    expect(checked.valid).toBe(true);
    const { openapi, paths } = body as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    expect(openapi).toBe("3.1.0");
    const found = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const described = two.server.routes.filter(({ path }) => path !== "/openapi.json");
    expect(found.sort()).toEqual(described.map(({ method, path }) => `${method} /api/v1${path}`).sort());
    const ids = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain("getEventsByIdAround");
  });
});

it("answers a path that is none with a problem, as every error, and with the headers of every answer", async () => {
  const { status, body, headers } = await admin.ask("GET", "/incidents/%ff");
  expect([status, body]).toMatchObject([400, { code: "REQUEST_INVALID" }]);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

describe("incidents", () => {
  it("come page by page, latest first", async () => {
    const ids: string[] = [];
    let cursor = "";
    do {
      const { body } = await admin.ask("GET", `/incidents?limit=3${cursor}`);
      const { incidents, next } = body as { incidents: { id: string }[]; next: string | null };
      ids.push(...incidents.map(({ id }) => id));
      cursor = next === null ? "" : `&cursor=${next}`;
    } while (cursor !== "");
    expect(ids).toEqual(["i-1", "i-2", "i-3", "i-4"]);
  });

  it("take a change, and not one made of what is no longer so", async () => {
    const { headers } = await admin.ask("GET", "/incidents/i-1");
    const before = headers.get("etag") ?? "";
    const change = { state: "acknowledged", assignee: "root" };
    const changed = await admin.ask("PATCH", "/incidents/i-1", change, { "if-match": before });
    expect([changed.status, changed.body]).toMatchObject([200, change]);
    expect(changed.headers.get("etag")).not.toBe(before);
    const late = await admin.ask("PATCH", "/incidents/i-1", { state: "resolved" }, { "if-match": before });
    expect(late.body).toMatchObject({ status: 412, code: "CHANGED_MEANWHILE" });
    expect((await admin.ask("PATCH", "/incidents/i-1", { assignee: null })).body).toMatchObject({
      state: "acknowledged",
      assignee: null,
    });
    const unknown = await admin.ask("PATCH", "/incidents/i-1", { assignee: "whoever" });
    expect(unknown.body).toMatchObject({ status: 400, input: "body.assignee" });
  });

  it("keep one of two changes that come at once", async () => {
    const { headers } = await admin.ask("GET", "/incidents/i-2");
    const match = { "if-match": headers.get("etag") ?? "" };
    const both = await Promise.all(
      ["resolved", "false_positive"].map((state) => admin.ask("PATCH", "/incidents/i-2", { state }, match)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it("have comments and detections", async () => {
    await admin.ask("POST", "/incidents/i-1/comments", { text: "A customer's script." });
    const { body } = await admin.ask("GET", "/incidents/i-1");
    expect(body).toMatchObject({
      comments: [{ author: "user:root", text: "A customer's script." }],
      detections: [{ id: "d-1" }],
    });
  });
});

describe("what people set", () => {
  it("exceptions", async () => {
    const body = {
      detector: "probing",
      entity: { type: "client.address", value: "192.0.2.1" },
      reason: "scanner of ours",
    };
    const made = (await admin.ask("POST", "/exceptions", body)).body as { id: string };
    expect(made).toMatchObject({ ...body, service: null, expires: null });
    const change = { reason: "until spring", expires: "2026-04-01T00:00:00.000Z" };
    expect((await admin.ask("PUT", `/exceptions/${made.id}`, change)).body).toMatchObject(change);
    expect((await admin.ask("GET", "/exceptions")).body).toMatchObject({
      exceptions: expect.arrayContaining([expect.objectContaining(change)]),
    });
    expect((await admin.ask("DELETE", `/exceptions/${made.id}`)).status).toBe(204);
    expect((await admin.ask("DELETE", `/exceptions/${made.id}`)).status).toBe(404);
    const all = await admin.ask("POST", "/exceptions", { service: "alpha", reason: "everything" });
    expect(all.body).toMatchObject({ status: 400, code: "REQUEST_INVALID" });
    const broad = { category: "scraping", entity: { type: "client.address", value: "198.51.100.0/24" } };
    const listed = (await admin.ask("POST", "/exceptions", { ...broad, reason: "partners" })).body as {
      id: string;
    };
    expect(listed).toMatchObject({ ...broad, detector: null, hides: 0 });
    expect((await admin.ask("DELETE", `/exceptions/${listed.id}`)).status).toBe(204);
  });

  it("detectors", async () => {
    interface Shown {
      id: string;
      thresholds: { name: string; floor: number; set: number | null; in_force: number }[];
      setting: { enabled: boolean; origin: string };
    }
    const shown = async () =>
      ((await admin.ask("GET", "/detectors")).body as { detectors: Shown[] }).detectors.find(
        ({ id }) => id === "brute_force",
      );
    expect(await shown()).toMatchObject({ setting: { enabled: true, origin: "published" } });
    const thresholds = { burst: 9 };
    const set = await admin.ask("PUT", "/detectors/brute_force", { enabled: false, thresholds });
    expect(set.body).toMatchObject({
      setting: { enabled: false, thresholds, origin: "api", updated_by: "user:root" },
    });
    expect((await shown())?.thresholds).toMatchObject([
      { name: "burst", floor: 5, set: 9, in_force: 9 },
      { name: "hour", floor: 25, set: null, in_force: 25 },
      { name: "day", floor: 20, set: null, in_force: 20 },
      { name: "account", floor: 10, set: null, in_force: 10 },
    ]);
    expect(two.server.live.watch.engine.settings).toEqual({ brute_force: { enabled: false, thresholds } });
    for (const [wrong, input] of [
      [{ nothing: 1 }, "body.thresholds.nothing"],
      [{ burst: 1e9 }, "body.thresholds.burst"],
    ] as const) {
      const refused = await admin.ask("PUT", "/detectors/brute_force", { enabled: true, thresholds: wrong });
      expect(refused.body).toMatchObject({ status: 400, input });
    }
    const reset = await admin.ask("DELETE", "/detectors/brute_force/setting");
    expect(reset.body).toMatchObject({ setting: { enabled: true, thresholds: {}, origin: "published" } });
    expect(two.server.live.watch.engine.settings).toEqual({});
  });

  it("saved queries", async () => {
    const body = { name: "errors", query: "events | where status >= 500", shared: false };
    const made = (await admin.ask("POST", "/queries", body)).body as { id: string };
    expect(made).toMatchObject({ ...body, own: true, owner: "user:root" });
    expect((await admin.ask("POST", "/queries", body)).body).toMatchObject({
      status: 409,
      code: "NAME_TAKEN",
    });
    expect((await admin.ask("PUT", `/queries/${made.id}`, { ...body, shared: true })).body).toMatchObject({
      shared: true,
    });
    expect((await admin.ask("DELETE", `/queries/${made.id}`)).status).toBe(204);
  });
});

describe("the server", () => {
  it("says how it does", async () => {
    const { body } = await admin.ask("GET", "/health");
    expect(body).toMatchObject({
      status: "ok",
      metrics: { vedette_intake_events_total: 2, vedette_watch_events_total: 2 },
      store: { events: 2, days: [{ events: 2 }] },
    });
    expect((await admin.ask("GET", "/sources")).body).toMatchObject({ sources: [{ id: "s-1" }], live: [] });
  });

  it.each([
    ["not JSON", "{", 400, "REQUEST_INVALID"],
    ["a prototype", '{"__proto__":{"admin":true},"query":"events"}', 400, "REQUEST_INVALID"],
    ["too long", `{"query":"${"x".repeat(2 << 20)}"}`, 413, "PAYLOAD_TOO_LARGE"],
    ["of fields it does not know", '{"query":"events","admin":true}', 400, "REQUEST_INVALID"],
    ["too deep", `{"query":${"[".repeat(50_000)}`, 400, "REQUEST_INVALID"],
  ])("refuses a body that is %s", async (_, body, status, code) => {
    const key = (await admin.ask("POST", "/keys", { kind: "api", name: "k", scopes: ["events:read"] }))
      .body as {
      secret: string;
    };
    const answer = await fetch(`${two.server.url}/api/v1/query`, {
      method: "POST",
      headers: { authorization: `Bearer ${key.secret}`, "content-type": "application/json" },
      body,
    });
    expect(await answer.json()).toMatchObject({ status, code });
  });
});
