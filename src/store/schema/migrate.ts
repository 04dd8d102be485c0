/** Brings the store's schema up to what this program writes. */
import { VedetteError } from "../../errors.ts";
import type { Engine } from "../clickhouse/engine.ts";
import { MIGRATIONS, type Migration } from "./migrations.ts";

const VERSION_TABLE = `CREATE TABLE IF NOT EXISTS schema_versions
  (version UInt32, name String, applied DateTime('UTC') DEFAULT now('UTC'))
  ENGINE = MergeTree ORDER BY version SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`;

/**
 * @returns the version after it
 * @throws VedetteError STORE_TOO_NEW when a newer program wrote the store
 */
export async function migrate(
  engine: Engine,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number> {
  await engine.command(VERSION_TABLE);
  const { rows } = await engine.ask("SELECT max(version) FROM schema_versions");
  const from = Number(rows[0]?.[0] ?? 0);
  const newest = migrations.at(-1)?.version ?? 0;
  if (from > newest) {
    const message = `The store has schema version ${from}; this program knows up to ${newest}`;
    throw new VedetteError("STORE_TOO_NEW", message, engine.place);
  }
  for (const migration of migrations) {
    if (migration.version <= from) continue;
    for (const statement of migration.statements) await engine.command(statement);
    await engine.command(
      "INSERT INTO schema_versions (version, name) SELECT {version:UInt32}, {name:String}",
      {
        version: migration.version,
        name: migration.name,
      },
    );
  }
  return newest;
}
