/**
 * The connections to PostgreSQL: one that writes, some that read. What is written goes one after the other, as SQLite
 * does it, so that a notice cannot change while it is being sent; and it goes over the connection that holds the lock of
 * these records, so that a server which has lost them cannot write.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import pg, { type ClientBase, type PoolClient, type PoolConfig } from "pg";
import { VedetteError } from "../../../errors.ts";
import { failureOf } from "./failure.ts";
import type { PostgresPlace } from "./place.ts";

export interface Connections extends PostgresPool {
  /** Why nobody can be asked; undefined while somebody answers. */
  readonly away: string | undefined;
}

export const SCHEMA = "vedette";
const READERS = 4;
/** Statements that may wait for a connection. */
const MOST_WAITING = 1_000;
/** Milliseconds. */
export const CONNECT_MS = 5_000;
const STATEMENT_MS = 20_000;
/** Past it the way to the server is broken: it ends the statement itself before. */
const ANSWER_MS = STATEMENT_MS + 5_000;
const REST_MS = 1_000;
/** A server that was killed lets go of the lock when PostgreSQL notices. */
const LOCK_PATIENCE_MS = 2_000;
const LOCK_AGAIN_MS = 250;
/** "vede" and "tte". */
export const LOCK = [0x76656465, 0x74746500];

/** Keepalives are PostgreSQL's: of a machine that has gone it lets go of the lock within a minute. */
const OPTIONS = [
  `search_path=${SCHEMA}`,
  "tcp_keepalives_idle=30",
  "tcp_keepalives_interval=10",
  "tcp_keepalives_count=3",
];
const optionsOf = (options: readonly string[]) => options.map((option) => `-c ${option}`).join(" ");

const types = new pg.TypeOverrides();
/** int8: times and counts, which are whole numbers of JavaScript's. */
types.setTypeParser(20, Number);

/** Nobody is asked yet. */
export function openConnections({ shown, login }: PostgresPlace): Connections {
  const common: PoolConfig = {
    ...login,
    types,
    application_name: "vedette",
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: CONNECT_MS,
    idle_in_transaction_session_timeout: ANSWER_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
  };
  const writer = new pg.Pool({
    ...common,
    options: optionsOf(OPTIONS),
    max: 1,
    idleTimeoutMillis: 0,
    onConnect: (client) => own(client, shown),
  });
  const readers = new pg.Pool({
    ...common,
    options: optionsOf([...OPTIONS, "default_transaction_read_only=on"]),
    max: READERS,
  });
  let failed: { readonly error: Error; readonly at: number } | undefined;
  let away: string | undefined;

  function note(cause: unknown): ReturnType<typeof failureOf> {
    const failure = failureOf(cause, shown);
    if (failure.gone) failed = { error: failure.error, at: performance.now() };
    if (failure.error instanceof VedetteError) away = failure.error.message;
    return failure;
  }
  // A connection at rest that breaks is told by the pool, which makes another; one that is held tells it itself.
  for (const pool of [writer, readers])
    pool.on("error", note).on("connect", (client) => client.on("error", note));

  async function take(pool: pg.Pool): Promise<PoolClient> {
    // Who comes while nobody answers need not wait until that is known again.
    if (failed !== undefined && performance.now() - failed.at < REST_MS) throw failed.error;
    if (pool.waitingCount >= MOST_WAITING)
      throw new VedetteError("STORE_BUSY", "Too many questions wait for the records", shown);
    try {
      return await pool.connect();
    } catch (cause) {
      throw note(cause).error;
    }
  }

  async function ask<R>(
    client: PoolClient,
    text: string,
    parameters: readonly unknown[],
  ): Promise<Answer<R> | Failed> {
    try {
      const { command, rowCount, rows } = await client.query(text, parameters.map(withoutNul));
      failed = undefined;
      away = undefined;
      return { command: command as Answer<R>["command"], rowCount: rowCount ?? 0, rows };
    } catch (cause) {
      return note(cause);
    }
  }

  return {
    get away() {
      return away;
    },
    async connect() {
      return leaseOf({ writer: () => take(writer), reader: () => take(readers), ask });
    },
    async end() {
      await Promise.all([writer.end(), readers.end()]);
    },
  };
}

type Answer<R> = PostgresQueryResult<R>;
type Failed = ReturnType<typeof failureOf>;

interface Ways {
  writer(): Promise<PoolClient>;
  reader(): Promise<PoolClient>;
  ask<R>(client: PoolClient, text: string, parameters: readonly unknown[]): Promise<Answer<R> | Failed>;
}

/** What Kysely takes for a connection: a question by itself goes to a reader, all else to the writer until the end. */
function leaseOf({ writer, reader, ask }: Ways): PostgresPoolClient {
  let held: PoolClient | undefined;
  let broken: Error | undefined;

  async function query<R>(text: string, parameters: readonly unknown[] = []): Promise<Answer<R>> {
    if (broken !== undefined) throw broken;
    const alone = held === undefined && text.startsWith("select ");
    const client = held ?? (await (alone ? reader() : writer()));
    if (!alone) held = client;
    const answer = await ask<R>(client, text, parameters);
    if ("error" in answer && answer.gone) broken = answer.error;
    if (alone) client.release(broken);
    if ("error" in answer) throw answer.error;
    return answer;
  }
  return {
    query: query as PostgresPoolClient["query"],
    release: () => held?.release(broken),
  };
}

/** Takes the lock, and the promise that what is committed is on disk. @throws VedetteError RECORDS_IN_USE */
async function own(client: ClientBase, place: string): Promise<void> {
  await client.query(
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
  );
  for (let waited = 0; ; waited += LOCK_AGAIN_MS) {
    const { rows } = await client.query("SELECT pg_try_advisory_lock($1, $2) AS mine", LOCK);
    if (rows[0]?.mine === true) return;
    if (waited >= LOCK_PATIENCE_MS)
      throw new VedetteError("RECORDS_IN_USE", `Another server uses the records in ${place}`, place);
    await sleep(LOCK_AGAIN_MS);
  }
}

/** PostgreSQL has no text with a NUL in it. */
function withoutNul(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;
}
