/** Stored events over the API: queries, one event and what is around it, counts, entities. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asker, openServer, send, setUp, type TestServer, withKey } from "../../support/api-server.ts";

const START = Date.UTC(2026, 2, 3, 12);
let server: TestServer;
let admin: Asker;
let key: Asker;

beforeAll(async () => {
  server = await openServer(START);
  admin = await setUp(server);
  key = await withKey(server, "export", ["events:read"]);
  const events = Array.from({ length: 30 }, (_, i) => ({
    timestamp: new Date(START - 60_000 * (30 - i)).toISOString(),
    "event.id": `e-${i}`,
    "service.name": i % 3 === 0 ? "billing" : "shop",
    "url.path": `/orders/${i}`,
    "http.request.method": "GET",
    "http.response.status_code": i % 10 === 0 ? 500 : 200,
    "client.address": i % 2 === 0 ? "203.0.113.7" : "198.51.100.9",
    "user.id": "ann",
  }));
  await send(server, events);
});
afterAll(() => server.stop());

describe("POST /query", () => {
  it("answers in columns and rows", async () => {
    const { status, body } = await key.ask("POST", "/query", {
      query: "events | summarize n = count() by service.name | sort by n desc",
    });
    expect([status, body]).toEqual([
      200,
      {
        columns: [
          { name: "service.name", type: "string" },
          { name: "n", type: "number" },
        ],
        rows: [
          ["shop", 20],
          ["billing", 10],
        ],
        truncated: false,
      },
    ]);
  });

  it("keeps to the time and the rows asked for", async () => {
    const from = new Date(START - 10 * 60_000).toISOString();
    const { body } = await key.ask("POST", "/query", { query: "events | project url.path", from, rows: 4 });
    expect(body).toMatchObject({
      rows: [["/orders/29"], ["/orders/28"], ["/orders/27"], ["/orders/26"]],
      truncated: true,
    });
  });

  it("points at what is wrong", async () => {
    const { status, body } = await key.ask("POST", "/query", { query: "events | where colour == 1" });
    expect([status, body]).toMatchObject([400, { code: "QUERY_FIELD", range: { start: 15, end: 21 } }]);
  });

  it("completes", async () => {
    const { body } = await key.ask("POST", "/query/complete", { query: "events | where status", cursor: 21 });
    expect(body).toMatchObject({
      completions: [{ kind: "field", text: "http.response.status_code", replace: { start: 15, end: 21 } }],
    });
  });
});

describe("events", () => {
  it("are found by their id", async () => {
    expect((await admin.ask("GET", "/events/e-3")).body).toMatchObject({
      "event.id": "e-3",
      "url.path": "/orders/3",
      "service.name": "billing",
    });
    expect((await admin.ask("GET", "/events/nothing")).body).toMatchObject({
      status: 404,
      code: "NOT_FOUND",
    });
  });

  it("show what is around them", async () => {
    const { body } = await admin.ask("GET", "/events/e-10/around?minutes=5&limit=2");
    expect(body).toMatchObject({
      event: { "event.id": "e-10" },
      before: [{ "event.id": "e-6" }, { "event.id": "e-8" }],
      after: [{ "event.id": "e-12" }, { "event.id": "e-14" }],
    });
  });

  it("are counted by value and by time", async () => {
    const facets = await admin.ask("GET", "/facets?field=service.name&field=http.response.status_code");
    expect(facets.body).toEqual({
      facets: [
        {
          field: "service.name",
          values: [
            { value: "shop", events: 20 },
            { value: "billing", events: 10 },
          ],
        },
        {
          field: "http.response.status_code",
          values: [
            { value: 200, events: 27 },
            { value: 500, events: 3 },
          ],
        },
      ],
    });
    const from = new Date(START - 30 * 60_000).toISOString();
    const to = new Date(START).toISOString();
    const query = encodeURIComponent('events | where service.name == "billing"');
    const { body } = await admin.ask("GET", `/histogram?from=${from}&to=${to}&buckets=3&query=${query}`);
    expect(body).toEqual({
      from,
      to,
      step_seconds: 600,
      buckets: [
        { time: "2026-03-03T11:30:00.000Z", events: 4, server_errors: 1, attacks: 0 },
        { time: "2026-03-03T11:40:00.000Z", events: 3, server_errors: 0, attacks: 0 },
        { time: "2026-03-03T11:50:00.000Z", events: 3, server_errors: 0, attacks: 0 },
      ],
    });
  });

  it("are summed up by entity", async () => {
    const { body } = await admin.ask("GET", "/entities/client.address/203.0.113.7?buckets=5");
    expect(body).toMatchObject({
      total: { requests: 15, server_errors: 3 },
      first_seen: "2026-03-03T11:30:00.000Z",
      last_seen: "2026-03-03T11:58:00.000Z",
      services: [
        { service: "shop", requests: 10 },
        { service: "billing", requests: 5 },
      ],
      incidents: [],
    });
  });
});
