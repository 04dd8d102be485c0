/** Names in SQL: only those of the schema, as they are, and names made here. */
import { TABLES } from "../../explore/query/schema.ts";

const KNOWN: ReadonlySet<string> = new Set(
  Object.values(TABLES).flatMap((table) => [table.name, ...table.columns.map((column) => column.name)]),
);

/** @throws RangeError for a name that the schema does not have: nothing a user writes comes here */
export function identifier(name: string): string {
  if (!KNOWN.has(name)) throw new RangeError(`${name} is no name of the schema`);
  return `\`${name}\``;
}
