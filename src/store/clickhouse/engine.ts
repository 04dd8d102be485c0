/**
 * ClickHouse as the store uses it, in this process (chDB) or behind a URL: the same client, the same SQL. One
 * connection writes; others read, each with limits on time, memory and rows and no right to write or to reach out.
 */
import type { ClickHouseClient, ClickHouseSettings } from "@clickhouse/client";
import { VedetteError } from "../../errors.ts";
import type { Answer } from "../contract.ts";
import { SEARCHED_INDEX } from "../schema/searched-text.ts";

export type Parameters = Readonly<Record<string, unknown>>;

export interface Engine {
  /** For messages: the folder or the URL without credentials. */
  readonly place: string;
  /**
   * Part of every insert's token. A server outlives us and knows our tokens; the embedded engine dies with us,
   * perhaps between its note of a token and its commit, so that its tokens must not be trusted by the next process.
   */
  readonly tokenSalt: string;
  /** A statement that answers nothing, on the writing connection. */
  command(sql: string, parameters?: Parameters): Promise<void>;
  /** A question on the writing connection, for the store's own use: without the readers' limits. */
  ask(sql: string, parameters?: Parameters): Promise<Answer>;
  /** Native blocks into a table, as one insert; the token makes a second try of the same insert do nothing. */
  insert(table: string, blocks: readonly Uint8Array[], token: string): Promise<void>;
  /** Each a connection of its own, for one question at a time; see readers.ts. */
  readonly readers: readonly Reader[];
  close(): Promise<void>;
}

export type Reader = (sql: string, parameters: Parameters) => Promise<Answer>;

export interface ReadLimits {
  readonly seconds: number;
  readonly memoryBytes: number;
  readonly resultRows: number;
  readonly resultBytes: number;
}

export const DEFAULT_READ_LIMITS: ReadLimits = {
  seconds: 10,
  memoryBytes: 1_000_000_000,
  resultRows: 100_000,
  resultBytes: 256 * 1024 * 1024,
};

export function limitSettings(limits: ReadLimits) {
  return {
    max_execution_time: limits.seconds,
    timeout_overflow_mode: "throw",
    max_memory_usage: String(limits.memoryBytes),
    max_result_rows: String(limits.resultRows),
    max_result_bytes: String(limits.resultBytes),
    result_overflow_mode: "throw",
    max_ast_depth: "500",
    max_ast_elements: "10000",
    max_query_size: "262144",
    allow_introspection_functions: 0,
    allow_ddl: 0,
  } as const satisfies ClickHouseSettings;
}

/** For an insert: one part, however many blocks, so that it is stored whole or not at all. */
export const INSERT_SETTINGS = {
  max_insert_threads: "1",
  max_threads: 1,
  min_insert_block_size_rows: "10000000",
  min_insert_block_size_bytes: "2000000000",
  input_format_native_allow_types_conversion: 1,
  input_format_defaults_for_omitted_fields: 1,
  async_insert: 0,
  // Half of an insert's CPU time, and merges make it too: the last seconds of events are searched without it.
  exclude_materialize_skip_indexes_on_insert: `\`${SEARCHED_INDEX}\``,
} as const satisfies ClickHouseSettings;

/** Of answers: 64-bit integers as JSON numbers, infinities as null. */
export const ANSWER_SETTINGS = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 0,
  output_format_json_named_tuples_as_objects: 1,
} as const;

/** Of readers: conditions are met in the order they stand in, and what an index answers stands first. */
export const READER_SETTINGS = { ...ANSWER_SETTINGS, allow_reorder_prewhere_conditions: 0 } as const;

export async function askWith(
  client: ClickHouseClient,
  sql: string,
  parameters: Parameters,
  settings: ClickHouseSettings,
): Promise<Answer> {
  const result = await client.query({
    query: sql,
    query_params: { ...parameters },
    clickhouse_settings: settings,
    format: "JSONCompact",
  });
  const answer = await result.json<readonly unknown[]>();
  return { columns: answer.meta ?? [], rows: answer.data };
}

/** `a = 1, b = 'c'`, for SET and SETTINGS. Names and values are the store's own, never a client's. */
export function writtenSettings(settings: Readonly<Record<string, string | number>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${typeof value === "string" ? `'${value}'` : value}`)
    .join(", ");
}

/** What a statement could not do, as an error of the catalogue. ClickHouse tells causes apart by number. */
export function storeError(cause: unknown, place: string): VedetteError {
  if (cause instanceof VedetteError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Error && "code" in cause ? Number(cause.code) : Number.NaN;
  const short = message.length > 400 ? `${message.slice(0, 399)}…` : message;
  if (TOO_EXPENSIVE.has(code)) return new VedetteError("QUERY_TOO_EXPENSIVE", short, "", { cause });
  if (REFUSED.has(code)) return new VedetteError("QUERY_REFUSED", short, "", { cause });
  return new VedetteError("STORE_UNAVAILABLE", `The store cannot do this: ${short}`, place, { cause });
}

/** TOO_MANY_ROWS, TIMEOUT_EXCEEDED, MEMORY_LIMIT_EXCEEDED, TOO_MANY_BYTES, TOO_MANY_ROWS_OR_BYTES. */
const TOO_EXPENSIVE: ReadonlySet<number> = new Set([158, 159, 241, 307, 396]);
/** READONLY, ACCESS_DENIED. */
const REFUSED: ReadonlySet<number> = new Set([164, 497]);
