/**
 * The records: small, changing, and needed for trust (who may do what, what was decided, what must still be sent).
 * SQLite in one file beside the events; every change is on disk when its promise resolves (WAL, synchronous FULL).
 */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Kysely, SqliteDialect } from "kysely";
import Database from "libsql";
import { VedetteError } from "../../errors.ts";
import { type Access, accessRecords } from "./access.ts";
import { type AuditLog, auditLog } from "./audit.ts";
import { type Cases, caseRecords } from "./cases.ts";
import { RECORD_MIGRATIONS } from "./migrations.ts";
import { type Outbox, outboxRecords } from "./outbox.ts";
import { type Preferences, preferenceRecords } from "./preferences.ts";
import { type Sources, sourceRecords } from "./sources.ts";
import type { Tables } from "./tables.ts";

export interface Records {
  readonly access: Access;
  readonly audit: AuditLog;
  readonly cases: Cases;
  readonly outbox: Outbox;
  readonly preferences: Preferences;
  readonly sources: Sources;
  close(): Promise<void>;
}

/** @throws VedetteError STORE_UNAVAILABLE, STORE_TOO_NEW */
export async function openRecords(file: string): Promise<Records> {
  let database: Database.Database;
  try {
    await mkdir(dirname(file), { recursive: true });
    database = new Database(file);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    database.pragma("trusted_schema = OFF");
    migrateRecords(database, file);
  } catch (cause) {
    if (cause instanceof VedetteError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VedetteError("STORE_UNAVAILABLE", `Cannot open the records in ${file}: ${reason}`, file, {
      cause,
    });
  }
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  return {
    access: accessRecords(db),
    audit: auditLog(db),
    cases: caseRecords(db),
    outbox: outboxRecords(db),
    preferences: preferenceRecords(db),
    sources: sourceRecords(db),
    close: () => db.destroy(),
  };
}

export function migrateRecords(database: Database.Database, file: string): void {
  const [row] = database.prepare("PRAGMA user_version").all([]) as { user_version: number }[];
  const from = row?.user_version ?? 0;
  if (from > RECORD_MIGRATIONS.length) {
    const message = `The records have schema version ${from}; this program knows up to ${RECORD_MIGRATIONS.length}`;
    throw new VedetteError("STORE_TOO_NEW", message, file);
  }
  for (const [i, statements] of RECORD_MIGRATIONS.entries()) {
    if (i < from) continue;
    database.exec(["BEGIN IMMEDIATE", ...statements, `PRAGMA user_version = ${i + 1}`, "COMMIT"].join(";\n"));
  }
}
