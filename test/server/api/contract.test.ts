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
  });

  it("detectors", async () => {
    const { detectors } = (await admin.ask("GET", "/detectors")).body as {
      detectors: { id: string; thresholds: { name: string }[]; setting: { enabled: boolean } }[];
    };
    const first = detectors.find(({ thresholds }) => thresholds.length > 0);
    expect(first?.setting.enabled).toBe(true);
    const thresholds = { [first?.thresholds[0]?.name ?? ""]: 99 };
    const set = await admin.ask("PUT", `/detectors/${first?.id}`, { enabled: false, thresholds });
    expect(set.body).toMatchObject({ setting: { enabled: false, thresholds, updated_by: "user:root" } });
    const wrong = await admin.ask("PUT", `/detectors/${first?.id}`, {
      enabled: true,
      thresholds: { nothing: 1 },
    });
    expect(wrong.body).toMatchObject({ status: 400, input: "body.thresholds.nothing" });
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
