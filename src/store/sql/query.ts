/** A query from its text to its rows: what the API and the command line call. */
import { QUERY_LIMITS } from "../../explore/query/limits.ts";
import type { QueryPlan, ValueType } from "../../explore/query/plan.ts";
import { prepareQuery } from "../../explore/query/prepare.ts";
import { compileFacets, compileQuery } from "./compile.ts";
import { newestPart } from "./newest-first.ts";
import type { ParameterValue } from "./parameters.ts";
import type { QueryScope } from "./scope.ts";

/** The store's way to run one SELECT: EventStore.query. */
export type ReadRows = (query: {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}) => Promise<{ readonly rows: readonly (readonly unknown[])[] }>;

export interface QueryOptions {
  /** What `now()` and `ago()` count from: milliseconds since the epoch. */
  readonly now: number;
  readonly scope: QueryScope;
  /** Most rows of the answer; 10,000 unless said, and never more. */
  readonly rows?: number;
}

export interface QueryAnswer {
  readonly columns: readonly { readonly name: string; readonly type: ValueType }[];
  /** Texts, numbers, true or false; times as RFC 3339; timespans in milliseconds; null for what is missing. */
  readonly rows: readonly (readonly unknown[])[];
  /** There were more rows than asked for. */
  readonly truncated: boolean;
}

/**
 * @throws QueryError with the range of what is wrong in the text; and whatever `read` throws
 * @example await answerQuery("events | count", { now: Date.now(), scope: { services: "all" } }, read)
 */
export async function answerQuery(text: string, options: QueryOptions, read: ReadRows): Promise<QueryAnswer> {
  const plan = prepareQuery(text, options);
  const most = Math.min(options.rows ?? QUERY_LIMITS.rows, QUERY_LIMITS.rows);
  const rows = await rowsOf(plan, options, most, read);
  return {
    columns: plan.columns.map(({ name, type }) => ({ name, type })),
    rows: rows.slice(0, most),
    truncated: rows.length > most,
  };
}

async function rowsOf(
  plan: QueryPlan,
  { scope, now }: QueryOptions,
  most: number,
  read: ReadRows,
): Promise<readonly (readonly unknown[])[]> {
  const newest = newestPart(plan, scope, now, most + 1);
  if (newest !== undefined) {
    const { rows } = await read(compileQuery(plan, newest.scope, most));
    if (rows.length >= newest.rows) return rows;
  }
  return (await read(compileQuery(plan, scope, most))).rows;
}

export interface Facet {
  readonly field: string;
  /** Commonest first. */
  readonly values: readonly { readonly value: unknown; readonly events: number }[];
}

/**
 * The commonest values of fields among what a query answers.
 * @param fields names of columns, each once
 * @throws QueryError, and whatever `read` throws
 */
export async function answerFacets(
  text: string,
  fields: readonly string[],
  values: number,
  options: Omit<QueryOptions, "rows">,
  read: ReadRows,
): Promise<readonly Facet[]> {
  // On a line of its own: whatever the query ends with, this is another step.
  const plan = prepareQuery(`${text}\n| project ${fields.join(", ")}`, options);
  const { rows } = await read(compileFacets(plan, options.scope, values));
  return fields.map((field, i) => {
    const bits = 2 ** fields.length - 1 - 2 ** (fields.length - 1 - i);
    const own = rows.filter((row) => Number(row[fields.length]) === bits);
    return {
      field,
      values: own.map((row) => ({ value: row[i], events: Number(row[fields.length + 1]) })),
    };
  });
}
