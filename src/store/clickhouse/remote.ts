/** A ClickHouse server or cluster behind a URL: the same client and SQL as in the process. */
import { Readable } from "node:stream";
import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import {
  ANSWER_SETTINGS,
  askWith,
  type Engine,
  INSERT_SETTINGS,
  limitSettings,
  READER_SETTINGS,
  type ReadLimits,
  storeError,
} from "./engine.ts";

export interface RemoteOptions {
  /** http(s)://user:password@host:8123/database */
  readonly url: string;
  readonly readers: number;
  readonly limits: ReadLimits;
}

/** An insert of a segment may take a while on a busy cluster. */
const INSERT_TIMEOUT_MS = 120_000;
const CREATE_TIMEOUT_MS = 10_000;

export interface Remote {
  readonly engine: Engine;
  /** When there is none: the engine works in it. @throws VedetteError STORE_UNAVAILABLE */
  createDatabase(): Promise<void>;
}

/** Nobody is asked yet. */
export function openRemote(options: RemoteOptions): Remote {
  const url = new URL(options.url);
  const database = url.pathname.slice(1) || "vedette";
  const login = {
    username: decodeURIComponent(url.username) || "default",
    password: decodeURIComponent(url.password),
  };
  const place = `${url.protocol}//${url.host}/${database}`;
  const connect = (name: string | undefined, timeout: number) =>
    createClient({
      url: url.origin,
      ...login,
      ...(name === undefined ? {} : { database: name }),
      request_timeout: timeout,
      application: "vedette",
      compression: { response: true },
      // What fails is told by the calls; its own lines would stand between those of the server's log.
      log: { level: ClickHouseLogLevel.OFF },
    });

  const writer = connect(database, INSERT_TIMEOUT_MS);
  const timeout = (options.limits.seconds + 5) * 1000;
  const readers = Array.from({ length: options.readers }, () => connect(database, timeout));
  const failed = (cause: unknown): never => {
    throw storeError(cause, place);
  };

  const readSettings = { ...limitSettings(options.limits), ...READER_SETTINGS, readonly: "1" } as const;

  async function createDatabase(): Promise<void> {
    const first = connect(undefined, CREATE_TIMEOUT_MS);
    await first
      .command({ query: "CREATE DATABASE IF NOT EXISTS {database:Identifier}", query_params: { database } })
      .catch(failed)
      .finally(() => first.close());
  }

  const engine: Engine = {
    place,
    tokenSalt: "",
    readers: readers.map(
      (reader) => (sql, parameters) => askWith(reader, sql, parameters, readSettings).catch(failed),
    ),
    async command(sql, parameters = {}) {
      await writer.command({ query: sql, query_params: { ...parameters } }).catch(failed);
    },
    ask: (sql, parameters = {}) => askWith(writer, sql, parameters, ANSWER_SETTINGS).catch(failed),
    async insert(table, blocks, token) {
      const { stream } = await writer
        .exec({
          query: `INSERT INTO ${table} FORMAT Native`,
          values: Readable.from(blocks.map((block) => Buffer.from(block))),
          clickhouse_settings: { ...INSERT_SETTINGS, insert_deduplication_token: token },
        })
        .catch(failed);
      for await (const _ of stream) {
        // Read to its end, so that the connection can be used again.
      }
    },
    async close() {
      for (const reader of readers) await reader.close();
      await writer.close();
    },
  };
  return { engine, createDatabase };
}
