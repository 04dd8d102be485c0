/** A text without a field: it may stand in any column that people search. */
import { any, call, constant, read } from "./build.ts";
import type { Columns } from "./check-names.ts";
import type { PlanExpression } from "./plan.ts";

export function searchFor(text: string, columns: Columns): PlanExpression {
  const all = [...columns.values()];
  const searched = all.filter((column) => column.source?.searched === true);
  const looked = searched.length > 0 ? searched : all.filter((column) => column.type === "string");
  return any(
    looked.map((column) =>
      column.type === "list" || column.type === "map"
        ? call("any-contains-fold", "bool", [read(column)], text)
        : call("contains-fold", "bool", [read(column), constant("string", text)]),
    ),
  );
}
