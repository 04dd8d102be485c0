/** What every store of events does, whatever engine is behind it. */
import { describe, expect, it } from "vitest";
import type { ApiEvent, Detection, Finding, Incident } from "../../src/event.ts";
import type { EventStore, StoreBatch } from "../../src/store/contract.ts";
import { eventIdOf } from "../../src/store/events/batch-id.ts";
import { createEventEncoder } from "../../src/store/events/encode-events.ts";
import { DAY, eventAt, NOON } from "./event-store-suite-events.ts";

const FINDING: Finding = {
  class: "sqli",
  rule: "sqli/union-select",
  location: "query:q",
  evidence: "1%20UNION%20SELECT",
  decoded: "1 UNION SELECT",
  score: 0.9,
  reason: "It reads another table.",
};

export function batchOf(
  batch: bigint,
  events: readonly ApiEvent[],
  observed = NOON,
  findings: readonly Finding[] = [],
  file = "access.log",
): StoreBatch {
  const encoder = createEventEncoder();
  for (const [row, event] of events.entries())
    encoder.push(event, findings, { batch, row, observed, file, line: row + 1 });
  return { batch, ...encoder.finish() };
}

function numbered(count: number, fields: Partial<ApiEvent> = {}): ApiEvent[] {
  return Array.from({ length: count }, (_, i) => eventAt(NOON + i, fields));
}

async function number(
  store: EventStore,
  sql: string,
  parameters: Record<string, unknown> = {},
): Promise<number> {
  return Number((await store.query({ sql, parameters })).rows[0]?.[0]);
}

/** @param open a fresh, empty store, or the same one again */
export function eventStoreSuite(open: (again?: "again") => Promise<EventStore>): void {
  describe("a store of events", () => {
    it("gives back an event as it was, by its id", async () => {
      const store = await open();
      const full = eventAt(NOON + 5, {
        "event.id": "given-1",
        "url.query": "q=ü&x=\u0000",
        "http.request.headers": { referer: "https://shop.example/", "x-a": "1" },
        "http.request.body": { a: [1, { b: null }] },
        "http.response.headers": { "content-type": "text/html" },
        "user.id": "anna",
        "client.as.number": 4_200_000_000,
        "server.port": 443,
      });
      await store.insert(1, [batchOf(77n, [eventAt(NOON), full], NOON + 9_000, [FINDING])], false);
      const stored = await store.event("given-1");
      expect(stored).toMatchObject({
        timestamp: "2026-03-02 12:00:00.005",
        observed_timestamp: "2026-03-02 12:00:09",
        "event.id": "given-1",
        "url.query": "q=ü&x=\u0000",
        request_headers: { referer: "https://shop.example/", "x-a": "1" },
        request_body: '{"a":[1,{"b":null}]}',
        "http.request.body.size": null,
        response_headers: { "content-type": "text/html" },
        "user.id": "anna",
        "client.as.number": 4_200_000_000,
        "server.port": 443,
        duration_ms: 12.5,
        "log.file.path": "access.log",
        "log.file.line": 2,
      });
      expect(stored?.findings).toEqual([{ ...FINDING, score: expect.closeTo(0.9, 6) }]);
      expect(await store.event(eventIdOf(77n, 0))).toMatchObject({ timestamp: "2026-03-02 12:00:00.000" });
      expect(await store.event(eventIdOf(77n, 2))).toBeUndefined();
      expect(await store.event("' OR 1=1 --")).toBeUndefined();
    });

    it("stores a segment once, however often it comes again", async () => {
      const store = await open();
      const batches = [batchOf(1n, numbered(100)), batchOf(2n, numbered(50)), batchOf(3n, [])];
      expect(await store.insert(1, batches, false)).toBe(150);
      expect(await store.insert(1, batches, true)).toBe(0);
      expect(await store.lastSegment()).toBe(1);
      // What a kill in the midst of it leaves: some batches in, none of the minutes.
      expect(await store.insert(2, [batchOf(4n, numbered(10))], false)).toBe(10);
      expect(await store.insert(3, [batchOf(4n, numbered(10)), batchOf(5n, numbered(20))], true)).toBe(20);
      expect(await number(store, "SELECT count() FROM events")).toBe(180);
      expect(await number(store, "SELECT uniqExact(`event.id`) FROM events")).toBe(180);
      expect(await store.lastSegment()).toBe(3);
    });

    it("adds up minutes by entity", async () => {
      const store = await open();
      const events = [
        ...numbered(3),
        eventAt(NOON + 1, { "http.response.status_code": 500, "user.id": "anna" }),
        eventAt(NOON + 60_000, { "http.response.status_code": 404, "user.id": "anna" }),
      ];
      await store.insert(1, [batchOf(1n, events)], false);
      await store.insert(2, [batchOf(2n, numbered(2), NOON, [FINDING])], false);
      const minutes = await store.query({
        sql: `SELECT toString(minute), sum(requests), sum(client_errors), sum(server_errors), sum(attacks),
          sum(response_bytes) FROM entity_minutes WHERE \`entity.type\` = 'client.address' GROUP BY minute ORDER BY minute`,
        parameters: {},
      });
      expect(minutes.rows).toEqual([
        ["2026-03-02 12:00:00", 6, 0, 1, 2, 600],
        ["2026-03-02 12:01:00", 1, 1, 0, 0, 100],
      ]);
      const entities = await store.query({
        sql: "SELECT `entity.type`, `entity.value`, sum(requests) FROM entity_minutes GROUP BY 1, 2 ORDER BY 1",
        parameters: {},
      });
      expect(entities.rows).toEqual([
        ["client.address", "203.0.113.9", 7],
        ["user.id", "anna", 2],
      ]);
    });

    it("keeps what it has when it is opened again", async () => {
      const store = await open();
      await store.insert(4, [batchOf(1n, numbered(10))], false);
      await store.close();
      const again = await open("again");
      expect(await number(again, "SELECT count() FROM events")).toBe(10);
      expect(await again.lastSegment()).toBe(4);
    });

    it("takes times that no clock has, and keeps them in partitions of arrival", async () => {
      const store = await open();
      const times = [
        Number.NaN,
        -1e15,
        1e18,
        Number.POSITIVE_INFINITY,
        ...Array.from({ length: 500 }, (_, i) => i * DAY),
      ];
      await store.insert(
        1,
        [
          batchOf(
            1n,
            times.map((time) => eventAt(time)),
          ),
        ],
        false,
      );
      const { days, events } = await store.usage();
      expect(events).toBe(504);
      expect(days.map(({ day }) => day)).toEqual(["2026-03-02"]);
      expect(await number(store, "SELECT countIf(timestamp = observed_timestamp) FROM events")).toBe(4);
    });

    it("drops old days, then the oldest over the budget, and says so", async () => {
      const store = await open();
      for (const day of [0, 1, 2, 3]) {
        await store.insert(day + 1, [batchOf(BigInt(day + 1), numbered(10), NOON + day * DAY)], false);
      }
      const now = NOON + 3 * DAY;
      const keep = { events: 2, minutes: 400 };
      expect(await store.evict(now, keep, Number.POSITIVE_INFINITY)).toEqual([
        { table: "events", partition: "2026-03-02", rows: 10, bytes: expect.any(Number), reason: "age" },
      ]);
      const evicted = await store.evict(now, keep, 1);
      expect(evicted.map(({ partition, reason }) => [partition, reason])).toEqual([
        ["2026-03-03", "budget"],
        ["2026-03-04", "budget"],
      ]);
      expect((await store.usage()).days.map(({ day, events }) => [day, events])).toEqual([
        ["2026-03-05", 10],
      ]);
      const clients = "SELECT sum(requests) FROM entity_minutes WHERE `entity.type` = 'client.address'";
      expect(await number(store, clients)).toBe(40);
      expect(
        (await store.evict(now + 500 * DAY, { events: 900, minutes: 400 }, 1e12)).map((one) => one.table),
      ).toEqual(["entity_minutes"]);
    });

    it("keeps the newest of a detection and of an incident", async () => {
      const store = await open();
      await store.putDetections([DETECTION], 1);
      await store.putDetections([{ ...DETECTION, events: 9, severity: "critical" }], 2);
      const later: Incident = { ...INCIDENT, id: "i-later", events: 7, stages: [] };
      await store.putIncidents([INCIDENT, { ...later, events: 8 }], [1, 5]);
      await store.putIncidents([later], 4);
      const ofIncidents = "SELECT id, version, events FROM incidents FINAL ORDER BY version";
      expect((await store.query({ sql: ofIncidents, parameters: {} })).rows).toEqual([
        [INCIDENT.id, 1, INCIDENT.events],
        ["i-later", 5, 8],
      ]);
      const { rows } = await store.query({
        sql: "SELECT severity, events, `target.endpoint`, expected, toString(first_seen), document FROM detections FINAL",
        parameters: {},
      });
      expect(rows.map((row) => row.slice(0, 5))).toEqual([
        ["critical", 9, "GET /items/{id}", null, "2026-03-02 12:00:00.123"],
      ]);
      expect(JSON.parse(String(rows[0]?.[5]))).toEqual({ ...DETECTION, events: 9, severity: "critical" });
      expect(await number(store, "SELECT count() FROM incidents WHERE has(stages, 'exploit')")).toBe(1);
    });

    it("removes what one source brought, and nothing of another", async () => {
      const store = await open();
      const received = [...numbered(3), ...numbered(2, { "service.name": "both" })];
      const made = [
        ...numbered(4, { "service.name": "made-up" }),
        ...numbered(1, { "service.name": "both" }),
      ];
      const batches = [batchOf(8n, received), batchOf(9n, made, NOON, [], "made")];
      await store.insert(1, batches, false);
      const verdicts = ["v-1", "v-2"].map((id) => ({ ...DETECTION, id }));
      const aimed = { id: "v-3", target: { service: "made-up", endpoint: "GET /" } };
      await store.putDetections([...verdicts, { ...DETECTION, ...aimed }], 1);
      await store.putIncidents(
        verdicts.map(({ id }) => ({ ...INCIDENT, id })),
        1,
      );
      expect(await store.removeSource("made", { incidents: ["v-1"], detections: ["v-2"] })).toBe(5);
      expect(await number(store, "SELECT count() FROM events")).toBe(5);
      expect(await number(store, "SELECT count() FROM events WHERE `log.file.path` = 'made'")).toBe(0);
      const minutes = "SELECT arraySort(groupUniqArray(`service.name`)), sum(requests) FROM entity_minutes";
      const { rows } = await store.query({ sql: minutes, parameters: {} });
      expect(rows).toEqual([[["both", "shop"], 6]]);
      expect(await number(store, "SELECT count() FROM incidents WHERE id = 'v-1'")).toBe(0);
      expect(await number(store, "SELECT count() FROM incidents WHERE id = 'v-2'")).toBe(1);
      expect(await number(store, "SELECT count() FROM detections WHERE id IN ('v-2', 'v-3')")).toBe(0);
      expect(await number(store, "SELECT count() FROM detections WHERE id = 'v-1'")).toBe(1);
      expect(await store.removeSource("made", { incidents: ["v-1"], detections: ["v-2"] })).toBe(0);
      const again = await open("again");
      expect(await again.lastSegment()).toBe(1);
      expect(await number(again, "SELECT count() FROM events")).toBe(5);
    });

    it("answers questions only", async () => {
      const store = await open();
      await store.insert(1, [batchOf(1n, numbered(10))], false);
      for (const sql of REFUSED) {
        await expect(store.query({ sql, parameters: {} }), sql).rejects.toMatchObject({
          code: "QUERY_REFUSED",
        });
      }
      expect(await number(store, "SELECT count() FROM events")).toBe(10);
    });

    it("stops a question at its limit and goes on", async () => {
      const store = await open();
      const rows = "SELECT number FROM numbers(1000000)";
      await expect(store.query({ sql: rows, parameters: {} })).rejects.toMatchObject({
        code: "QUERY_TOO_EXPENSIVE",
      });
      const time = "SELECT sum(cityHash64(number)) FROM numbers(1000000000000)";
      await expect(store.query({ sql: time, parameters: {} })).rejects.toMatchObject({
        code: "QUERY_TOO_EXPENSIVE",
      });
      await expect(store.query({ sql: "SELECT nothing FROM events", parameters: {} })).rejects.toMatchObject({
        code: "STORE_UNAVAILABLE",
      });
      expect(await number(store, "SELECT 1 FROM numbers(1)")).toBe(1);
    });
  });
}

const REFUSED = [
  "SELECT * FROM file('/etc/passwd', 'LineAsString')",
  "SELECT file('/etc/passwd') FROM events",
  "SELECT `file`('/etc/passwd') FROM events",
  "SELECT 1 FROM events, url('http://127.0.0.1/', 'CSV', 'a String')",
  "SELECT * FROM remote('127.0.0.1', 'system.one')",
  "SELECT * FROM system.tables",
  "SELECT * FROM schema_versions",
  "SELECT 1 FROM events INTO OUTFILE '/tmp/leak'",
  "SELECT 1 FROM events SETTINGS readonly = 0",
  "SELECT 1 FROM events; DROP TABLE events",
  "DROP TABLE events",
  "INSERT INTO events SELECT * FROM events",
  "DESCRIBE file('/etc/passwd', 'LineAsString')",
  "EXPLAIN SELECT * FROM events",
  "SELECT sleep(3) FROM events",
  "SELECT 'a' /* x */ FROM events",
  "WITH a AS (SELECT 1) SELECT * FROM s3('http://127.0.0.1/b/x', 'CSV', 'a String')",
];

const DETECTION: Detection = {
  id: "d-1",
  detector: "probing",
  category: "probing",
  severity: "low",
  confidence: 0.5,
  outcome: "attempted",
  entity: { type: "client.address", value: "203.0.113.9" },
  target: { service: "shop", endpoint: "GET /items/{id}" },
  first_seen: "2026-03-02T12:00:00.123Z",
  last_seen: "2026-03-02T12:05:00.000Z",
  detected_at: "2026-03-02T12:01:00.000Z",
  events: 5,
  observed: 5,
  expected: null,
  threshold: 4,
  threshold_name: "misses_burst",
  threshold_origin: "floor",
  unit: "missing paths",
  explanation: 'It\'s "five" \\ paths.',
  samples: [],
};

const INCIDENT: Incident = {
  id: "i-1",
  title: "Probing",
  severity: "low",
  risk: 20,
  entity: DETECTION.entity,
  stages: ["probing", "exploit"],
  categories: ["probing"],
  detections: ["d-1"],
  outcome: "attempted",
  first_seen: DETECTION.first_seen,
  last_seen: DETECTION.last_seen,
  detected_at: DETECTION.detected_at,
  events: 5,
  summary: "",
  recommendation: "",
};
