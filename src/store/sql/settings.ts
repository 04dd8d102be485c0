/** How the store reads for a query: nothing but reading, within limits, and answers in one form. */
import { QUERY_LIMITS } from "../../explore/query/limits.ts";

export interface ReadLimits {
  readonly seconds: number;
  readonly bytesOfMemory: number;
  readonly rowsToRead: number;
}

export const READ_LIMITS: ReadLimits = {
  seconds: 30,
  bytesOfMemory: 1_000_000_000,
  rowsToRead: 2_000_000_000,
};

/** Settings of the connection, or of each request, that reads for queries. */
export function readSettings(limits: ReadLimits = READ_LIMITS): Readonly<Record<string, string | number>> {
  return {
    // 2: reading only, and settings may be given; the SQL itself has no SETTINGS clause.
    readonly: 2,
    allow_ddl: 0,
    allow_introspection_functions: 0,
    max_execution_time: limits.seconds,
    max_memory_usage: limits.bytesOfMemory,
    max_rows_to_read: limits.rowsToRead,
    max_result_rows: QUERY_LIMITS.rows + 1,
    result_overflow_mode: "throw",
    // A number in ORDER BY or GROUP BY is a number, not a position.
    enable_positional_arguments: 0,
    date_time_output_format: "iso",
    output_format_json_quote_64bit_integers: 0,
    output_format_json_quote_denormals: 0,
    precise_float_parsing: 1,
  };
}
