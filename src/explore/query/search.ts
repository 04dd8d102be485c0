/**
 * A text without a field: it may be a part of any column that people search. What looks like an id or an address is
 * looked for whole: as the value of such a column, or as a word of what senders write.
 */
import { parseAddress } from "./address-range.ts";
import { call, constant, read } from "./build.ts";
import type { Columns } from "./check-names.ts";
import type { PlanExpression } from "./plan.ts";

/** Ids are random and long; nobody remembers a part of one. */
const ID = /^(?=.*\d)[0-9A-Za-z_-]{12,}$/;

/** Whether a text is looked for whole: 192.0.2.1 is not in 192.0.2.15. */
export function isSearchedWhole(text: string): boolean {
  return ID.test(text) || parseAddress(text) !== undefined;
}

export function searchFor(text: string, columns: Columns): PlanExpression {
  const all = [...columns.values()];
  const isId = isSearchedWhole(text);
  const searched = all.filter(({ source }) =>
    isId
      ? source?.searched === "whole" || source?.searched === "part"
      : source?.searched === "part" || source?.searched === "few",
  );
  const looked = searched.length > 0 ? searched : all.filter((column) => column.type === "string");
  return looked.length === 0 ? constant("bool", false) : call("search", "bool", looked.map(read), text);
}
