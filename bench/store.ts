/**
 * The way into the store: encoding, the journal, inserting, bytes on disk. Of a fifth of a million simulated events;
 * `query` measures the way out.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "../eval/table.ts";
import { openJournal } from "../src/journal/journal.ts";
import { run } from "../src/simulate/run.ts";
import { openEmbedded } from "../src/store/clickhouse/embedded.ts";
import { DEFAULT_READ_LIMITS, type Engine } from "../src/store/clickhouse/engine.ts";
import { openEventStore } from "../src/store/event-store.ts";
import { ROLLUPS } from "../src/store/schema/rollups.ts";
import { judged, told } from "./row.ts";
import { type EncodedTraffic, encodeTraffic } from "./stored-events.ts";

const SIMULATED = 200_000;
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
  const store = await openEventStore({ place: { folder } });
  let number = 0;
  const size = 120;
  const insert = await spent(traffic.events, async () => {
    for (let from = 0; from < traffic.batches.length; from += size)
      await store.insert(++number, traffic.batches.slice(from, from + size), false);
  });
  await store.close();

  const engine = await openEmbedded({ folder, readers: 0, limits: DEFAULT_READ_LIMITS });
  for (const table of ["events", ...ROLLUPS.map((rollup) => rollup.table)])
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
  await engine.close();
  return rows;
}

async function bytesOf(engine: Engine): Promise<Record<string, number>> {
  const { rows } = await engine.ask(
    "SELECT table, sum(bytes_on_disk) FROM system.parts WHERE active AND database = currentDatabase() AND rows > 9 GROUP BY table",
  );
  return Object.fromEntries(rows.map(([table, bytes]) => [String(table), Number(bytes)]));
}

const sum = (bytes: Readonly<Record<string, number>>) => Object.values(bytes).reduce((a, b) => a + b, 0);
