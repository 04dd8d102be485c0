/** The fields at hand after the steps before the cursor, as far as those can be read. */
import { checkQuery } from "./check.ts";
import type { Columns } from "./check-names.ts";
import { QueryError } from "./error.ts";
import { parseQuery } from "./parse.ts";

export interface ColumnsBefore {
  readonly columns: Columns;
}

/** @param earlier a query without its last step; when it does not hold, the fields of its table */
export function columnsBefore(earlier: string): ColumnsBefore {
  const table = /^\s*(detections|incidents)\b/.exec(earlier)?.[1] ?? "events";
  return { columns: columnsOf(earlier) ?? columnsOf(table) ?? new Map() };
}

function columnsOf(text: string): Columns | undefined {
  try {
    const { columns } = checkQuery(parseQuery(text), text, { now: 0 });
    return new Map(columns.map((column) => [column.name, column]));
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}
