/** The records in a SQLite file: every change is on disk when its promise resolves (WAL, synchronous FULL). */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Kysely, SqliteDialect } from "kysely";
import Database from "libsql";
import { VedetteError } from "../../errors.ts";
import { SQLITE_MIGRATIONS } from "./migrations.ts";
import type { Tables } from "./tables.ts";

/** @throws VedetteError RECORDS_UNAVAILABLE, STORE_TOO_NEW */
export async function openSqlite(file: string): Promise<Kysely<Tables>> {
  let database: Database.Database;
  try {
    await mkdir(dirname(file), { recursive: true });
    database = new Database(file);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    database.pragma("trusted_schema = OFF");
    migrate(database, file);
  } catch (cause) {
    if (cause instanceof VedetteError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot open the records in ${file}: ${reason}`;
    throw new VedetteError("RECORDS_UNAVAILABLE", message, file, { cause });
  }
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

function migrate(database: Database.Database, file: string): void {
  const [row] = database.prepare("PRAGMA user_version").all([]) as { user_version: number }[];
  const from = row?.user_version ?? 0;
  if (from > SQLITE_MIGRATIONS.length) {
    const message = `The records have schema version ${from}; this program knows up to ${SQLITE_MIGRATIONS.length}`;
    throw new VedetteError("STORE_TOO_NEW", message, file);
  }
  for (const [i, statements] of SQLITE_MIGRATIONS.entries()) {
    if (i < from) continue;
    database.exec(["BEGIN IMMEDIATE", ...statements, `PRAGMA user_version = ${i + 1}`, "COMMIT"].join(";\n"));
  }
}
