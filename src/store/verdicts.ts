/** Detections and incidents into their tables: few rows, so as JSON in a parameter. */
import type { Engine } from "./clickhouse/engine.ts";
import { insertVerdicts, type VerdictTable } from "./schema/verdict-tables.ts";

/** Rows of one statement. */
const MAX_ROWS = 200;

export async function putVerdicts(
  engine: Engine,
  table: VerdictTable,
  verdicts: readonly object[],
  version: number,
): Promise<void> {
  for (let from = 0; from < verdicts.length; from += MAX_ROWS) {
    const rows = verdicts.slice(from, from + MAX_ROWS).map((verdict) => JSON.stringify(verdict));
    await engine.command(insertVerdicts(table), { rows, version });
  }
}
