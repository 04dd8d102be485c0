/** The records in PostgreSQL: waited for when the server starts before it, and brought up to date. */
import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, PostgresDialect, sql } from "kysely";
import { VedetteError } from "../../../errors.ts";
import { POSTGRES_MIGRATIONS } from "../migrations.ts";
import type { Tables } from "../tables.ts";
import { openConnections, SCHEMA } from "./connections.ts";
import { postgresPlace } from "./place.ts";

export interface PostgresOptions {
  readonly url: string;
  /** How long a server that does not answer is waited for, in milliseconds. */
  readonly patience: number;
  /** Is told once why it has to be waited for. */
  readonly onWait: (reason: string) => void;
}

export interface PostgresRecords {
  readonly db: Kysely<Tables>;
  /** Why it could not be used the last time; undefined while it can. */
  readonly away: string | undefined;
  /** Looks whether it is there. @throws VedetteError RECORDS_UNAVAILABLE, RECORDS_IN_USE */
  reach(): Promise<void>;
}

const AGAIN_MS = 1_000;

/** @throws VedetteError CONFIG_INVALID, RECORDS_UNAVAILABLE, RECORDS_IN_USE, STORE_TOO_NEW */
export async function openPostgres({ url, patience, onWait }: PostgresOptions): Promise<PostgresRecords> {
  const place = postgresPlace(url);
  const connections = openConnections(place);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: connections }) });
  for (const began = performance.now(); ; await sleep(AGAIN_MS)) {
    try {
      await prepare(db, place.shown);
      break;
    } catch (cause) {
      const isAway = cause instanceof VedetteError && cause.code === "RECORDS_UNAVAILABLE";
      if (!isAway || performance.now() - began >= patience) {
        await db.destroy();
        throw cause;
      }
      onWait(cause.message);
      onWait = () => {};
    }
  }
  return {
    db,
    get away() {
      return connections.away;
    },
    async reach() {
      // In a transaction, so that it goes the way of what is written.
      await db.transaction().execute((trx) => sql`select 1`.execute(trx));
    },
  };
}

async function prepare(db: Kysely<Tables>, place: string): Promise<void> {
  const from = await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ encoding: string; present: boolean }>`
      SELECT current_setting('server_encoding') AS encoding,
        EXISTS (SELECT FROM pg_namespace WHERE nspname = ${SCHEMA}) AS present`.execute(trx);
    const [{ encoding, present } = { encoding: "", present: false }] = rows;
    if (encoding !== "UTF8")
      throw new VedetteError(
        "RECORDS_UNAVAILABLE",
        `The database ${place} has the encoding ${encoding}, and records are UTF8`,
        place,
      );
    if (!present) await sql`CREATE SCHEMA ${sql.id(SCHEMA)}`.execute(trx);
    await sql`CREATE TABLE IF NOT EXISTS schema_steps (step BIGINT PRIMARY KEY)`.execute(trx);
    const steps = await sql<{
      done: number;
    }>`SELECT coalesce(max(step), 0) AS done FROM schema_steps`.execute(trx);
    return steps.rows[0]?.done ?? 0;
  });
  if (from > POSTGRES_MIGRATIONS.length) {
    const message = `The records have schema version ${from}; this program knows up to ${POSTGRES_MIGRATIONS.length}`;
    throw new VedetteError("STORE_TOO_NEW", message, place);
  }
  for (const [i, statements] of POSTGRES_MIGRATIONS.entries()) {
    if (i < from) continue;
    await db.transaction().execute(async (trx) => {
      for (const statement of statements) await sql.raw(statement).execute(trx);
      await sql`INSERT INTO schema_steps VALUES (${i + 1})`.execute(trx);
    });
  }
}
