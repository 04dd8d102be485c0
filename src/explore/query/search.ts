/**
 * A text without a field: it may be a part of any column that people search. What looks like an id or an address is
 * looked for whole among those, and as a part only in what senders write themselves.
 */
import { parseAddress } from "./address-range.ts";
import { call, constant, read } from "./build.ts";
import type { Columns } from "./check-names.ts";
import type { PlanExpression } from "./plan.ts";

/** Ids are random and long; nobody remembers a part of one. */
const ID = /^(?=.*\d)[0-9A-Za-z_-]{12,}$/;

export function searchFor(text: string, columns: Columns): PlanExpression {
  const all = [...columns.values()];
  const isId = ID.test(text) || parseAddress(text) !== undefined;
  const searched = all.filter(({ source }) =>
    isId
      ? source?.searched === "whole" || source?.searched === "part"
      : source?.searched === "part" || source?.searched === "few",
  );
  const looked = searched.length > 0 ? searched : all.filter((column) => column.type === "string");
  return looked.length === 0 ? constant("bool", false) : call("search", "bool", looked.map(read), text);
}
