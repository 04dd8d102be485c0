/**
 * How long data stays and how much of it: whole days of events and whole months of minutes, oldest first, by
 * arrival. A day is dropped as one, which costs nothing, where deleting rows would rewrite all the others.
 */
import type { Engine } from "./clickhouse/engine.ts";
import type { Eviction, Retention, StoreUsage } from "./contract.ts";
import { ROLLUPS } from "./schema/rollups.ts";

interface Partition {
  readonly table: string;
  readonly id: string;
  /** First day of it, "2026-03-02". */
  readonly day: string;
  readonly rows: number;
  readonly bytes: number;
}

const DAY_MS = 86_400_000;
const MINUTE_TABLES: ReadonlySet<string> = new Set(ROLLUPS.map(({ table }) => table));

async function partitions(engine: Engine): Promise<readonly Partition[]> {
  const { rows } = await engine.ask(`SELECT table, partition_id, partition, sum(rows), sum(bytes_on_disk)
    FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table, partition_id, partition
    ORDER BY partition, table`);
  return rows.map(([table, id, day, count, bytes]) => ({
    table: String(table),
    id: String(id),
    day: String(day).replaceAll("'", ""),
    rows: Number(count),
    bytes: Number(bytes),
  }));
}

export async function usage(engine: Engine): Promise<StoreUsage> {
  const all = await partitions(engine);
  const events = all.filter(({ table }) => table === "events");
  return {
    events: events.reduce((sum, { rows }) => sum + rows, 0),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    days: events.map(({ day, rows, bytes }) => ({ day, events: rows, bytes })),
  };
}

export async function evict(
  engine: Engine,
  now: number,
  retention: Retention,
  budgetBytes: number,
): Promise<readonly Eviction[]> {
  const all = await partitions(engine);
  const done: Eviction[] = [];
  const gone = new Set<Partition>();
  async function drop(partition: Partition, reason: Eviction["reason"]): Promise<void> {
    await engine.command(`ALTER TABLE ${partition.table} DROP PARTITION ID {id:String}`, {
      id: partition.id,
    });
    gone.add(partition);
    const { table, day, rows, bytes } = partition;
    done.push({ table, partition: day, rows, bytes, reason });
  }

  for (const partition of all) {
    const minutes = MINUTE_TABLES.has(partition.table);
    if (!minutes && partition.table !== "events") continue;
    const days = minutes ? retention.minutes : retention.events;
    // A partition is too old when its last moment is: a month of minutes is counted as 31 days.
    const end = Date.parse(partition.day) + (minutes ? 31 : 1) * DAY_MS;
    if (end < now - days * DAY_MS) await drop(partition, "age");
  }

  const left = all.filter((partition) => !gone.has(partition));
  let bytes = left.reduce((sum, partition) => sum + partition.bytes, 0);
  const newest = left.filter(({ table }) => table === "events").at(-1);
  for (const partition of left) {
    if (bytes <= budgetBytes) break;
    // The day that is being written stays, whatever it weighs.
    if (partition.table !== "events" || partition === newest) continue;
    await drop(partition, "budget");
    bytes -= partition.bytes;
  }
  return done;
}
