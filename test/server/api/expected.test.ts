/** What traffic is expected, over the API: learned from events, for those who may see the service. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asker, invite, openServer, send, setUp, type TestServer } from "../../support/api-server.ts";

const START = Date.UTC(2026, 2, 3, 12);
const MINUTE_MS = 60_000;
const HOUR = `from=${new Date(START - 60 * MINUTE_MS).toISOString()}&to=${new Date(START).toISOString()}&buckets=60`;
let server: TestServer;
let admin: Asker;
let limited: Asker;

beforeAll(async () => {
  server = await openServer(START);
  admin = await setUp(server);
  limited = await invite(server, admin, { name: "vera", role: "viewer", services: ["billing"] });
  const events = Array.from({ length: 720 }, (_, i) => ({
    timestamp: new Date(START - 60 * MINUTE_MS + i * 5_000).toISOString(),
    "event.id": `e-${i}`,
    "service.name": i % 3 === 0 ? "shop" : "auth",
    "url.path": "/orders",
    "http.request.method": "GET",
    "http.response.status_code": 200,
    "client.address": `203.0.113.${i % 50}`,
  }));
  await send(server, events);
});
afterAll(() => server.stop());

describe("GET /expected", () => {
  it("tells the band of a service, also ahead of time", async () => {
    const { status, body } = await admin.ask("GET", `/expected?service=shop&${HOUR}`);
    expect(status).toBe(200);
    const { points, ...about } = body as { points: { time: string; usual: number }[] };
    expect(about).toMatchObject({ step_seconds: 60, minutes: 59, coverage: 1 });
    expect(points).toHaveLength(60);
    expect(points[0]).toEqual({ time: "2026-03-03T11:00:30.000Z", low: 4, usual: 4, high: 4 });
    const later = `from=${new Date(START).toISOString()}&to=${new Date(START + 60 * MINUTE_MS).toISOString()}`;
    const ahead = await admin.ask("GET", `/expected?service=shop&${later}&buckets=2`);
    expect(ahead.body).toMatchObject({ step_seconds: 1800, points: [{ usual: 4 }, { usual: 4 }] });
  });

  it("tells one band of services together", async () => {
    const both = await admin.ask("GET", `/expected?service=shop&service=auth&${HOUR}`);
    const { points, ...about } = both.body as { points: object[] };
    expect(about).toMatchObject({ minutes: 59, coverage: 1 });
    expect(points[30]).toMatchObject({ low: 12, usual: 12, high: 12 });
    expect(await limited.ask("GET", `/expected?service=shop&service=auth&${HOUR}`)).toMatchObject({
      body: { minutes: 0, points: [], unknown: 2 },
    });
    const before = `from=${new Date(START - 90 * MINUTE_MS).toISOString()}&to=${new Date(START).toISOString()}&buckets=90`;
    const earlier = await admin.ask("GET", `/expected?service=shop&${before}`);
    expect((earlier.body as { points: object[] }).points).toHaveLength(60);
  });

  it("tells nothing of a service that nobody has seen, or that one may not see", async () => {
    const nothing = { minutes: 0, coverage: null, points: [] };
    expect((await admin.ask("GET", `/expected?service=nowhere&service=shop&${HOUR}`)).body).toMatchObject({
      minutes: 59,
      unknown: 1,
    });
    expect((await admin.ask("GET", `/expected?service=nowhere&${HOUR}`)).body).toMatchObject(nothing);
    expect((await limited.ask("GET", `/expected?service=shop&${HOUR}`)).body).toMatchObject(nothing);
  });

  it("refuses a time that ends before it begins", async () => {
    const time = new Date(START).toISOString();
    const { status, body } = await admin.ask("GET", `/expected?service=shop&from=${time}&to=${time}`);
    expect([status, body]).toMatchObject([400, { code: "REQUEST_INVALID" }]);
  });
});
