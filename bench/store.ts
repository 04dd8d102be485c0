/**
 * The way into the store and out of it: encoding, the journal, inserting, bytes on disk, and the questions that
 * dashboards ask. A million events, or VEDETTE_BENCH_EVENTS of them: a fifth of a million are simulated, the rest
 * are these again in later weeks.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "../eval/table.ts";
import { openJournal } from "../src/journal/journal.ts";
import { run } from "../src/simulate/run.ts";
import { openEmbedded } from "../src/store/clickhouse/embedded.ts";
import { DEFAULT_READ_LIMITS, type Engine } from "../src/store/clickhouse/engine.ts";
import type { EventStore } from "../src/store/contract.ts";
import { openEventStore } from "../src/store/event-store.ts";
import { EVENT_TABLE_COLUMNS } from "../src/store/schema/event-table.ts";
import { answerQuery } from "../src/store/sql/query.ts";
import { judged, told } from "./row.ts";
import { type EncodedTraffic, encodeTraffic } from "./stored-events.ts";

const SIMULATED = 200_000;
const WANTED = Number(process.env.VEDETTE_BENCH_EVENTS ?? 1_000_000);
const START = Date.UTC(2026, 2, 2);
const DAYS = 3;
/** This is bundled to dist/dev/bench. */
const geo = join(import.meta.dirname, "../../geo");

export async function benchStore(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-bench-store-"));
  try {
    const lines = join(folder, "events.ndjson");
    await run({
      seed: 1,
      days: DAYS,
      events: SIMULATED,
      format: "vedette",
      attacks: "lab",
      logUsers: true,
      out: lines,
    });
    const traffic = await encodeTraffic(lines, geo);
    rmSync(lines);
    return [
      told("store", "line of NDJSON, bytes", String(Math.round(traffic.lineBytes / traffic.events))),
      told("store", "encoded block, bytes an event", String(Math.round(traffic.blockBytes / traffic.events))),
      // 6 µs for an event of 724 bytes; these have half as many again.
      judged("store", "encode", traffic.encode, { limit: 9, kind: "at most", unit: " µs" }),
      await benchJournal(traffic, join(folder, "journal")),
      ...(await benchTable(traffic, join(folder, "store"))),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** CPU microseconds an event, of everything that runs meanwhile in this process. */
async function spent(events: number, work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / events;
}

async function benchJournal(traffic: EncodedTraffic, folder: string): Promise<Row> {
  const journal = await openJournal({ folder });
  const cost = await spent(traffic.events, async () => {
    for (let from = 0; from < traffic.batches.length; from += 8) {
      const group = traffic.batches.slice(from, from + 8);
      await Promise.all(
        group.map((batch) =>
          journal.append({ ...batch, key: "", facts: new Uint8Array(0), minTime: 0, maxTime: 0 }),
        ),
      );
    }
  });
  await journal.close();
  return judged("store", "journal, synced", cost, { limit: 1.5, kind: "at most", unit: " µs" });
}

async function benchTable(traffic: EncodedTraffic, folder: string): Promise<Row[]> {
  let store = await openEventStore({ place: { folder } });
  let number = 0;
  const size = 120;
  const insert = await spent(traffic.events, async () => {
    for (let from = 0; from < traffic.batches.length; from += size)
      await store.insert(++number, traffic.batches.slice(from, from + size), false);
  });
  await store.close();

  const engine = await openEmbedded({ folder, readers: 0, limits: DEFAULT_READ_LIMITS });
  for (const table of ["events", "endpoint_minutes", "entity_minutes"])
    await engine.command(`OPTIMIZE TABLE ${table} FINAL`);
  const bytes = await bytesOf(engine);
  const rows = [
    judged("store", "insert, minutes and indexes included", insert, {
      limit: 12,
      kind: "at most",
      unit: " µs",
    }),
    ...Object.entries(bytes).map(([table, total]) =>
      told("store", `${table}, bytes an event`, (total / traffic.events).toFixed(1)),
    ),
    judged("store", "on disk, bytes an event", sum(bytes) / traffic.events, {
      limit: 100,
      kind: "at most",
      unit: "",
    }),
  ];
  const stored = await multiply(engine, traffic.events);
  await engine.close();
  store = await openEventStore({ place: { folder } });
  rows.push(...(await benchQueries(store, stored)));
  await store.close();
  return rows;
}

async function bytesOf(engine: Engine): Promise<Record<string, number>> {
  const { rows } = await engine.ask(
    "SELECT table, sum(bytes_on_disk) FROM system.parts WHERE active AND database = currentDatabase() AND rows > 9 GROUP BY table",
  );
  return Object.fromEntries(rows.map(([table, bytes]) => [String(table), Number(bytes)]));
}

const sum = (bytes: Readonly<Record<string, number>>) => Object.values(bytes).reduce((a, b) => a + b, 0);

/** The same events again, each time three days later, until there are as many as wanted. */
async function multiply(engine: Engine, events: number): Promise<number> {
  const columns = EVENT_TABLE_COLUMNS.map(([name]) => `\`${name}\``);
  const shifted = columns.map((name) => {
    if (name === "`timestamp`") return `timestamp + INTERVAL {days:UInt32} DAY`;
    if (name === "`event.batch`") return "`event.batch` + {shift:UInt64}";
    return name;
  });
  const last = START + DAYS * 86_400_000;
  let copies = 1;
  for (; copies * events < WANTED; copies++) {
    await engine.command(
      `INSERT INTO events (${columns.join(", ")}) SELECT ${shifted.join(", ")} FROM events
       WHERE timestamp < {last:DateTime64(3, 'UTC')} SETTINGS max_threads = 1`,
      {
        days: copies * DAYS,
        shift: copies * 1_000_000_000,
        last: new Date(last).toISOString().replace("T", " ").slice(0, 23),
      },
    );
  }
  return copies * events;
}

const QUESTIONS: readonly (readonly [name: string, text: string, limit: number])[] = [
  ["latest 100", "events | take 100", 1000],
  ["requests by hour", "events | summarize n = count() by bin(timestamp, 1h)", 1000],
  ["busiest paths", "events | summarize n = count() by url.path | top 10 by n", 1000],
  [
    "clients with most errors",
    "events | where http.response.status_code >= 400 | summarize n = count() by client.address | top 10 by n",
    1000,
  ],
  ["slowest services", "events | summarize p = percentile(duration_ms, 95) by service.name", 1000],
  [
    "attacks by class",
    'events | where finding.class has "sqli" | summarize n = count() by client.address | top 10 by n',
    1000,
  ],
  ["word in the path", 'events | where url.path has "wishlist" | take 100', 1000],
  ["part of the path", 'events | where url.path contains "ishlis" | count', 1000],
  ["one client", 'events | where client.address == "73.55.1.176" | take 100', 200],
  ["one trace", 'events | where trace_id == "70efbefabdb60c6b76ea616bb5dd0506"', 200],
];

/** Judged by CPU time over cores: what a question takes on a machine that does nothing else. */
async function benchQueries(store: EventStore, events: number): Promise<Row[]> {
  const scope = { from: START, to: START + 4000 * 86_400_000, services: "all" } as const;
  const rows: Row[] = [];
  const [[client, trace] = []] = (
    await store.query({
      sql: `SELECT client, trace FROM (SELECT \`client.address\` AS client, any(trace_id) AS trace, count() AS n
      FROM events GROUP BY client) ORDER BY abs(n - {middling:UInt32}), client LIMIT 1`,
      parameters: { middling: Math.round(events / 10_000) },
    })
  ).rows;
  const millions = `${(events / 1e6).toFixed(1)} M`;
  for (const [name, text, limit] of QUESTIONS) {
    const asked = text
      .replace("73.55.1.176", String(client))
      .replace("70efbefabdb60c6b76ea616bb5dd0506", String(trace));
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 5; i++) {
      const before = process.cpuUsage();
      await answerQuery(asked, { now: scope.to, scope }, store.query);
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, (user + system) / 1000 / availableParallelism());
    }
    rows.push(judged("query", `${name}, of ${millions}`, best, { limit, kind: "at most", unit: " ms" }));
  }
  return rows;
}
