/** `label:value<TAB>label:value`, as http://ltsv.org has it. */
import type { JsonObject } from "../json/path.ts";

const FEWEST = 3;
const MOST = 200;

/** @returns undefined when not every column has a label */
export function ltsvRecord(line: string): JsonObject | undefined {
  if (!line.includes("\t")) return undefined;
  const columns = line.trimEnd().split("\t", MOST);
  if (columns.length < FEWEST) return undefined;
  const pairs: [string, string][] = [];
  for (const column of columns) {
    const colon = column.indexOf(":");
    const label = column.slice(0, colon);
    if (colon < 1 || colon > 64 || !/^[\w.-]+$/.test(label)) return undefined;
    pairs.push([label, column.slice(colon + 1)]);
  }
  return Object.fromEntries(pairs);
}
