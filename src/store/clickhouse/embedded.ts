/**
 * chDB: ClickHouse inside this process. Optional, because it weighs half a gigabyte and is not made for every
 * platform; loaded when a store is opened, never before. It must not be loaded in a worker thread (it crashes
 * there), and one process has one folder.
 */
import { randomBytes } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ClickHouseClient, ClickHouseClientConfigOptions } from "@clickhouse/client";
import { VedetteError } from "../../errors.ts";
import {
  ANSWER_SETTINGS,
  askWith,
  type Engine,
  INSERT_SETTINGS,
  limitSettings,
  type Parameters,
  READER_SETTINGS,
  type ReadLimits,
  storeError,
  writtenSettings,
} from "./engine.ts";

export interface EmbeddedOptions {
  readonly folder: string;
  readonly readers: number;
  readonly limits: ReadLimits;
}

const DATABASE = "vedette";

/** The index of words is looked through for parts of three letters too, and for those that many words have. */
const SEARCH_SETTINGS = {
  text_index_like_min_pattern_length: 3,
  text_index_like_max_postings_to_read: 1_000,
} as const;

export async function openEmbedded(options: EmbeddedOptions): Promise<Engine> {
  const { folder } = options;
  const { createClient } = await import("@clickhouse/client");
  const createChdbConnection = await loadChdb();
  const blocksFile = join(folder, "incoming.native");
  const path = join(folder, "clickhouse");

  function connect(): ClickHouseClient {
    const connection: unknown = createChdbConnection({ path });
    // The client carries a copy of its own of the package that describes connections.
    return createClient({
      connection: connection as NonNullable<ClickHouseClientConfigOptions["connection"]>,
    });
  }

  let writer: ClickHouseClient;
  const readers: ClickHouseClient[] = [];
  try {
    await mkdir(folder, { recursive: true });
    writer = connect();
    await writer.command({ query: `CREATE DATABASE IF NOT EXISTS ${DATABASE}` });
    await writer.command({ query: `USE ${DATABASE}` });
    await writer.command({ query: `SET ${writtenSettings(ANSWER_SETTINGS)}` });
    for (let i = 0; i < options.readers; i++) {
      const reader = connect();
      await reader.command({ query: `USE ${DATABASE}` });
      const settings = writtenSettings({
        ...limitSettings(options.limits),
        ...READER_SETTINGS,
        ...SEARCH_SETTINGS,
      });
      // The last word: nothing can be set on this connection any more, this neither.
      await reader.command({ query: `SET ${settings}, readonly = 1` });
      readers.push(reader);
    }
  } catch (cause) {
    throw storeError(cause, folder);
  }

  /** Runs on one connection; cleans up behind a failure. */
  async function on<T>(client: ClickHouseClient, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (cause) {
      await dropLeftovers(client);
      throw storeError(cause, folder);
    }
  }

  function command(sql: string, parameters: Parameters = {}): Promise<void> {
    return on(writer, async () => {
      await writer.command({ query: sql, query_params: { ...parameters } });
    });
  }

  return {
    place: folder,
    tokenSalt: randomBytes(8).toString("hex"),
    readers: readers.map(
      (reader) => (sql, parameters) => on(reader, () => askWith(reader, sql, parameters, {})),
    ),
    command,
    ask: (sql, parameters = {}) => on(writer, () => askWith(writer, sql, parameters, {})),
    // The client hands text to chDB; bytes go by way of a file, which the kernel keeps in memory.
    async insert(table, blocks, token) {
      try {
        const file = await open(blocksFile, "w");
        try {
          await file.writev([...blocks]);
        } finally {
          await file.close();
        }
        const settings = writtenSettings({ ...INSERT_SETTINGS, insert_deduplication_token: token });
        await command(
          `INSERT INTO ${table} FROM INFILE '${quoted(blocksFile)}' SETTINGS ${settings} FORMAT Native`,
        );
      } catch (cause) {
        throw storeError(cause, folder);
      } finally {
        await rm(blocksFile, { force: true });
      }
    },
    async close() {
      for (const reader of readers) await reader.close();
      await writer.close();
    },
  };
}

/**
 * chDB 26.7 keeps what a failed statement had begun to answer, and puts it before the connection's next answer
 * (measured; a limit met in the midst of a result does it). Nobody else may see that: a question of ours takes it.
 */
async function dropLeftovers(client: ClickHouseClient): Promise<void> {
  try {
    const { stream } = await client.exec({ query: "SELECT 1" });
    for await (const _ of stream) {
      // Thrown away.
    }
  } catch {
    // Closed; then there is no next answer.
  }
}

function quoted(path: string): string {
  return path.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
}

async function loadChdb() {
  try {
    const { createChdbConnection } = await import("chdb/connection");
    return createChdbConnection;
  } catch (cause) {
    const platform = `${process.platform} ${process.arch}`;
    const message = `The embedded store (the optional package chdb) is not installed, or not made for ${platform}`;
    throw new VedetteError("STORE_ENGINE_MISSING", message, platform, { cause });
  }
}
