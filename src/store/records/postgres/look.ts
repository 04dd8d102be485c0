/** How a PostgreSQL server stands to us, without changing anything. */
import pg from "pg";
import { POSTGRES_MIGRATIONS } from "../migrations.ts";
import { CONNECT_MS, LOCK, SCHEMA } from "./connections.ts";
import { failureOf } from "./failure.ts";
import { postgresPlace } from "./place.ts";

export interface RecordsLook {
  /** For people: without user and password. */
  readonly place: string;
  /** "15.18". */
  readonly version: string;
  /** A server has them. */
  readonly inUse: boolean;
  readonly writable: boolean;
  /** Their schema is of a newer program. */
  readonly newer: boolean;
}

const ASK = `SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
  NOT pg_is_in_recovery() AND CASE WHEN EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)
    THEN has_schema_privilege($1, 'CREATE') ELSE has_database_privilege(current_database(), 'CREATE') END AS writable,
  EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid::bigint = $2
    AND objid::bigint = $3 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS "inUse",
  to_regclass($1 || '.schema_steps') IS NOT NULL AS made`;

/** @throws VedetteError CONFIG_INVALID, RECORDS_UNAVAILABLE */
export async function lookAtRecords(url: string): Promise<RecordsLook> {
  const { shown: place, login } = postgresPlace(url);
  const client = new pg.Client({
    ...login,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CONNECT_MS,
    application_name: "vedette doctor",
  });
  // What breaks is told by the calls.
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query(ASK, [SCHEMA, ...LOCK]);
    const [{ made, ...look }] = rows;
    if (!made) return { place, ...look, newer: false };
    const { rows: steps } = await client.query(`SELECT max(step)::int AS done FROM ${SCHEMA}.schema_steps`);
    return { place, ...look, newer: (steps[0]?.done ?? 0) > POSTGRES_MIGRATIONS.length };
  } catch (cause) {
    throw failureOf(cause, place).error;
  } finally {
    await client.end().catch(() => {});
  }
}
