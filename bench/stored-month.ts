/**
 * A store with a month of events, kept in the system's temporary folder from one run to the next: two hundred
 * thousand are simulated, the rest are these again at other times of the month, with random ids of their own.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../src/simulate/run.ts";
import { openEmbedded } from "../src/store/clickhouse/embedded.ts";
import { DEFAULT_READ_LIMITS, type Engine } from "../src/store/clickhouse/engine.ts";
import { openEventStore } from "../src/store/event-store.ts";
import { EVENT_TABLE_COLUMNS } from "../src/store/schema/event-table.ts";
import { MIGRATIONS } from "../src/store/schema/migrations.ts";
import { ROLLUPS } from "../src/store/schema/rollups.ts";
import { encodeTraffic } from "./stored-events.ts";

const SIMULATED = 200_000;
const SIMULATED_DAYS = 3;
const DAYS = 30;
const DAY_MS = 86_400_000;
/** Batches of one insert: 60,000 events, as a segment of the journal has. */
const SEGMENT = 120;
/** A batch's number begins with its milliseconds (store/events/batch-id.ts). */
const COUNT_BITS = 20n;

export const MONTH = { from: Date.UTC(2026, 2, 2), to: Date.UTC(2026, 2, 2) + DAYS * DAY_MS } as const;

/** @returns the folder of the store */
export async function storedMonth(events: number, geo: string): Promise<string> {
  const schema = JSON.stringify([MIGRATIONS, ROLLUPS, events]);
  const name = createHash("sha256").update(schema).digest("hex").slice(0, 12);
  const folder = join(tmpdir(), `vedette-bench-month-${events}-${name}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  await fill(making, events, geo);
  renameSync(making, folder);
  return folder;
}

async function fill(folder: string, events: number, geo: string): Promise<void> {
  const out = `${folder}.ndjson`;
  const traffic = { seed: 1, days: SIMULATED_DAYS, events: SIMULATED, attacks: "lab", logUsers: true };
  await run({ ...traffic, format: "vedette", out });
  const { batches, events: first } = await encodeTraffic(out, geo);
  rmSync(out);

  const place = { folder };
  const store = await openEventStore({ place });
  let segment = 0;
  for (let from = 0; from < batches.length; from += SEGMENT)
    await store.insert(++segment, batches.slice(from, from + SEGMENT), false);
  await store.close();

  const ids = batches.map(({ batch }) => batch);
  const engine = await openEmbedded({ ...place, readers: 0, limits: DEFAULT_READ_LIMITS });
  for (let copy = 1; copy * first < events; copy++) await repeat(engine, copy, ids, ++segment);
  for (const table of ["events", ...ROLLUPS.map((rollup) => rollup.table)])
    await engine.command(`OPTIMIZE TABLE ${table} FINAL`);
  await engine.close();
}

/** The simulated days once more: later in the month, or the same days some minutes later. */
async function repeat(engine: Engine, copy: number, ids: readonly bigint[], segment: number): Promise<void> {
  const windows = DAYS / SIMULATED_DAYS;
  const later = (copy % windows) * SIMULATED_DAYS * DAY_MS + Math.floor(copy / windows) * 37 * 60_000;
  const shift = BigInt(later) << COUNT_BITS;
  const lowest = ids.reduce((a, b) => (a < b ? a : b));
  const highest = ids.reduce((a, b) => (a > b ? a : b));
  const again: Readonly<Record<string, string>> = {
    timestamp: "timestamp + toIntervalMillisecond({later:UInt64})",
    observed_timestamp: "observed_timestamp + intDiv({later:UInt64}, 1000)",
    "event.batch": "`event.batch` + {shift:UInt64}",
    "event.supplied_id": otherId("event.supplied_id", "toString(reinterpretAsUUID({hash}))"),
    trace_id: otherId("trace_id", "lower(hex({hash}))"),
    span_id: otherId("span_id", "lower(substring(hex({hash}), 1, 16))"),
    "session.id": otherId("session.id", "lower(substring(hex({hash}), 1, length(`session.id`)))"),
  };
  const names = EVENT_TABLE_COLUMNS.map(([name]) => name);
  const written = names.map((name) => again[name] ?? `\`${name}\``).join(", ");
  const into = names.map((name) => `\`${name}\``).join(", ");
  await engine.command(
    `INSERT INTO events (${into}) SELECT ${written} FROM events
     WHERE \`event.batch\` BETWEEN {lowest:UInt64} AND {highest:UInt64}
       AND observed_timestamp < {end:DateTime('UTC')} AND has({ids:Array(UInt64)}, \`event.batch\`)
     SETTINGS max_insert_threads = 1, min_insert_block_size_rows = 10000000, min_insert_block_size_bytes = 2000000000`,
    { later, shift, lowest, highest, ids, copy, end: (MONTH.from + (SIMULATED_DAYS + 1) * DAY_MS) / 1000 },
  );
  const span = { first: lowest + shift, last: highest + shift, batches: ids.map((id) => id + shift) };
  for (const { fill: add } of ROLLUPS) await engine.command(add, { ...span, segment });
}

/** Another random id of the same form; none where there was none. */
function otherId(name: string, made: string): string {
  const hash = `sipHash128(\`${name}\`, {copy:UInt32})`;
  return `if(\`${name}\` = '', '', ${made.replace("{hash}", hash)})`;
}
