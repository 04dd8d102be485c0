/** The store of events over either engine. */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { VedetteError } from "../errors.ts";
import { openEmbedded } from "./clickhouse/embedded.ts";
import { DEFAULT_READ_LIMITS, type Engine, type ReadLimits } from "./clickhouse/engine.ts";
import { type LateEngine, lateEngine } from "./clickhouse/late.ts";
import { shareReaders } from "./clickhouse/readers.ts";
import type { EventStore, StoreBatch } from "./contract.ts";
import { readEventId } from "./events/batch-id.ts";
import { removeSource } from "./remove-source.ts";
import { evict, usage } from "./retention.ts";
import { EVENT_TABLE_COLUMNS } from "./schema/event-table.ts";
import { migrate } from "./schema/migrate.ts";
import { ROLLUPS } from "./schema/rollups.ts";
import { putDetections, putIncidents } from "./verdicts.ts";

export interface EventStoreOptions {
  /** A folder for the embedded store, or the URL of a ClickHouse server. */
  readonly place: { readonly folder: string } | { readonly url: string };
  readonly limits?: Partial<ReadLimits>;
  /** Connections that read, and questions that may wait for one. */
  readonly readers?: number;
  readonly maxWaiting?: number;
  /** Opens also while nobody answers at the URL: the store says that it is away, and is there when somebody does. */
  readonly mayBeAway?: boolean;
}

/** @throws VedetteError STORE_ENGINE_MISSING, STORE_UNAVAILABLE, STORE_TOO_NEW */
export async function openEventStore(options: EventStoreOptions): Promise<EventStore> {
  const limits = { ...DEFAULT_READ_LIMITS, ...options.limits };
  const { engine, prepare } = await openEngine(options.place, options.readers ?? 2, limits);
  const late = lateEngine(engine, prepare);
  try {
    await late.reach();
  } catch (cause) {
    const isAway = cause instanceof VedetteError && cause.code === "STORE_UNAVAILABLE";
    if (options.mayBeAway !== true || !isAway) {
      await engine.close();
      throw cause;
    }
  }
  return overEngine(late, options.maxWaiting ?? 64);
}

interface Opened {
  readonly engine: Engine;
  prepare(): Promise<void>;
}

async function openEngine(
  place: EventStoreOptions["place"],
  readers: number,
  limits: ReadLimits,
): Promise<Opened> {
  if ("folder" in place) {
    const engine = await openEmbedded({ folder: place.folder, readers, limits });
    return { engine, prepare: async () => void (await migrate(engine)) };
  }
  const { openRemote } = await import("./clickhouse/remote.ts");
  const { engine, createDatabase } = openRemote({ url: place.url, readers, limits });
  return {
    engine,
    async prepare() {
      await createDatabase();
      await migrate(engine);
    },
  };
}

/** The id says the batch and the row, which are 64 bits and no number of JavaScript's. */
const SHOWN = [
  "event.id",
  ...EVENT_TABLE_COLUMNS.map(([name]) => name).filter(
    (name) => name !== "event.batch" && name !== "event.row",
  ),
];

function overEngine(engine: LateEngine, maxWaiting: number): EventStore {
  const readers = shareReaders(engine.readers, maxWaiting);

  async function addMinutes(segment: number, batches: readonly StoreBatch[], again: boolean): Promise<void> {
    const ids = batches.map(({ batch }) => batch);
    const span = {
      segment,
      batches: ids,
      first: ids.reduce((a, b) => (a < b ? a : b)),
      last: ids.reduce((a, b) => (a > b ? a : b)),
    };
    for (const rollup of ROLLUPS) {
      if (again && (await highestOrigin(rollup.table)) >= segment) continue;
      await engine.command(rollup.fill, span);
    }
  }

  async function highestOrigin(table: string): Promise<number> {
    const { rows } = await engine.ask(`SELECT max(origin) FROM ${table}`);
    return Number(rows[0]?.[0] ?? 0);
  }

  async function notYetStored(batches: readonly StoreBatch[]): Promise<readonly StoreBatch[]> {
    const ids = batches.map(({ batch }) => batch);
    const { rows } = await engine.ask(
      `SELECT DISTINCT toString(\`event.batch\`) FROM events WHERE \`event.batch\` IN {ids:Array(UInt64)}`,
      { ids },
    );
    const stored = new Set(rows.map(([id]) => String(id)));
    return batches.filter(({ batch }) => !stored.has(String(batch)));
  }

  return {
    place: engine.place,
    get away() {
      return engine.away;
    },
    reach: () => engine.reach(),
    async insert(segment, batches, again) {
      const filled = batches.filter(({ events }) => events > 0);
      if (filled.length === 0) return 0;
      const missing = again ? await notYetStored(filled) : filled;
      if (missing.length > 0) {
        const token = tokenOf(missing, engine.tokenSalt);
        await engine.insert(
          "events",
          missing.map(({ payload }) => payload),
          token,
        );
      }
      await addMinutes(segment, filled, again);
      return missing.reduce((sum, { events }) => sum + events, 0);
    },
    async lastSegment() {
      const origins = await Promise.all(ROLLUPS.map(({ table }) => highestOrigin(table)));
      return Math.min(...origins);
    },
    query: ({ sql, parameters }) => readers.ask(sql, parameters),
    async event(id) {
      const place = readEventId(id);
      const where =
        place === undefined
          ? "`event.supplied_id` = {id:String}"
          : "`event.batch` = {batch:UInt64} AND `event.row` = {row:UInt32}";
      const { rows } = await readers.ask(
        `SELECT ${SHOWN.map((name) => `\`${name}\``).join(", ")} FROM events WHERE ${where} LIMIT 1`,
        place === undefined ? { id } : { batch: place.batch, row: place.row },
      );
      const row = rows[0];
      if (row === undefined) return undefined;
      return Object.fromEntries(SHOWN.map((name, i) => [name, row[i]]));
    },
    putDetections: (detections, version) => putDetections(engine, detections, version),
    putIncidents: (incidents, version) => putIncidents(engine, incidents, version),
    removeSource: (file, verdicts) => removeSource(engine, file, verdicts),
    usage: () => usage(engine),
    evict: (now, retention, budget) => evict(engine, now, retention, budget),
    close: () => engine.close(),
  };
}

/**
 * From what is in the batches: a second try of the same insert has the same, another insert never. Their numbers tell
 * them apart, so that a checksum is enough of the rest: a hash of every byte costs a microsecond an event.
 */
function tokenOf(batches: readonly StoreBatch[], salt: string): string {
  const hash = createHash("sha256").update(salt);
  for (const { batch, payload } of batches) hash.update(`${batch} ${payload.length} ${crc32(payload)},`);
  return hash.digest("hex");
}
