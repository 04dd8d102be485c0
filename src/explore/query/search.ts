/** A text without a field: it may be a part of any column that people search, or a whole id or address. */
import { parseAddress } from "./address-range.ts";
import { any, call, constant, read } from "./build.ts";
import type { Columns } from "./check-names.ts";
import type { PlanExpression } from "./plan.ts";

/** Ids are random and long; nobody remembers a part of one. */
const ID = /^(?=.*\d)[0-9A-Za-z_-]{12,}$/;

export function searchFor(text: string, columns: Columns): PlanExpression {
  const all = [...columns.values()];
  const searched = all.filter((column) => column.source?.searched === "part");
  const parts = searched.length > 0 ? searched : all.filter((column) => column.type === "string");
  const wholes =
    ID.test(text) || parseAddress(text) !== undefined
      ? all.filter((column) => column.source?.searched === "whole")
      : [];
  return any([
    ...(parts.length === 0 ? [] : [call("search", "bool", parts.map(read), text)]),
    ...wholes.map((column) => call("equal", "bool", [read(column), constant("string", text)])),
  ]);
}
