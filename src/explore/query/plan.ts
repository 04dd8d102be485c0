/**
 * A checked query: columns resolved, types known, conversions explicit, `ago()` and `now()` turned into times.
 * Both back ends read it (store/sql/ and predicate.ts), so a query means the same in the store and in a live tail.
 *
 * Missing values: a text is never missing but empty; a number, time or timespan may be missing. A comparison
 * with what is missing is false, and a negation is exactly the opposite, so every condition is true or false.
 */
import type { Column, TableName } from "./schema.ts";

/** `json`: a text that holds JSON. `timespan`: milliseconds. `list`: texts. `map`: texts by name. */
export type ValueType = "string" | "number" | "bool" | "datetime" | "timespan" | "json" | "list" | "map";

/** A column at some step. Two steps that give the same name make two of them. */
export interface PlanColumn {
  readonly name: string;
  readonly type: ValueType;
  /** Where it comes straight from the table. */
  readonly source: Column | undefined;
}

export type PlanExpression =
  | { readonly kind: "constant"; readonly type: ValueType; readonly value: Constant }
  | { readonly kind: "column"; readonly type: ValueType; readonly column: PlanColumn }
  | {
      readonly kind: "call";
      readonly type: ValueType;
      readonly operation: Operation;
      readonly args: readonly PlanExpression[];
      /** What is known when the query is read: the needle, the keys of a path, the bounds of ranges. */
      readonly detail: Detail;
    };

/** null: missing. Times and timespans are milliseconds. */
export type Constant = string | number | boolean | null | readonly string[] | readonly number[];

export type Detail =
  | undefined
  | string
  | readonly string[]
  | readonly number[]
  | readonly (string | number)[]
  | readonly AddressRange[];

/** Both ends included; sixteen bytes as eight groups, IPv4 mapped (RFC 4291 section 2.5.5.2). */
export interface AddressRange {
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** What both back ends can compute. The comments give arguments → result; details in [ ]. */
export type Operation =
  /** bool… → bool */
  | "and"
  | "or"
  | "not"
  /** two of one type → bool */
  | "equal"
  | "less"
  | "less-or-equal"
  /** three of one type → bool; both bounds included */
  | "between"
  /** string, string → bool; case of A to Z and, where the second is a constant beyond ASCII, of all letters */
  | "equal-fold"
  /** string or number → bool [values] */
  | "in"
  | "in-fold"
  /** string, string → bool */
  | "contains"
  | "contains-fold"
  | "starts"
  | "starts-fold"
  | "ends"
  | "ends-fold"
  /** string → bool [needle], as a whole word */
  | "has"
  | "has-fold"
  /** string → bool [regular expression] */
  | "matches"
  /** columns → bool [needle]: a part of any, or a word of it, or equal to it: see search.ts */
  | "search"
  /** list → bool [needle]: any text of the list */
  | "any-equal"
  | "any-equal-fold"
  | "any-contains-fold"
  /** string → bool [address ranges] */
  | "in-address-ranges"
  /** number, number → number */
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "modulo"
  /** datetime, timespan → datetime */
  | "shift"
  /** datetime, datetime → timespan */
  | "elapsed"
  /** number, step → number */
  | "bin"
  /** datetime, step → datetime */
  | "bin-time"
  /** bool, a, a → a */
  | "if"
  /** any → bool */
  | "missing"
  /** a, a → a: the first unless it is missing */
  | "coalesce"
  /** number → number */
  | "floor"
  | "ceiling"
  | "truncate"
  | "absolute"
  /** datetime → number; Sunday is 0 */
  | "hour"
  | "weekday"
  /** string → number */
  | "length"
  /** string → string */
  | "lower"
  | "upper"
  /** string… → string */
  | "concatenate"
  /** string, number, number → string; by characters, from 0 */
  | "substring"
  /** string → string [expression, group] */
  | "extract"
  /** string → list [separator] */
  | "split"
  /** list → string [position] */
  | "item"
  /** list → number */
  | "count-items"
  /** map → string [name] */
  | "entry"
  /** json → json [keys] */
  | "path"
  /** string → number */
  | "parse-number"
  /** number, bool or datetime → string */
  | "number-text"
  | "bool-text"
  | "time-text";

export type Aggregate =
  | "count"
  | "sum"
  | "avg"
  | "min"
  | "max"
  | "dcount"
  | "percentile"
  | "stdev"
  | "make-set"
  | "make-list"
  | "take-any"
  | "arg-max"
  | "arg-min";

export interface PlanAggregate {
  readonly column: PlanColumn;
  readonly aggregate: Aggregate;
  readonly args: readonly PlanExpression[];
  /** Only rows that meet it count. */
  readonly condition: PlanExpression | undefined;
  /** The percentile, or the most values of a set. */
  readonly parameter: number | undefined;
}

export interface PlanAssignment {
  readonly column: PlanColumn;
  readonly value: PlanExpression;
}

export interface PlanSortKey {
  readonly value: PlanExpression;
  readonly descending: boolean;
}

export type PlanStep =
  | { readonly kind: "filter"; readonly condition: PlanExpression }
  | { readonly kind: "extend"; readonly assignments: readonly PlanAssignment[] }
  /** Only these columns go on, in this order. */
  | { readonly kind: "select"; readonly columns: readonly PlanColumn[] }
  | {
      readonly kind: "aggregate";
      readonly by: readonly PlanAssignment[];
      readonly aggregates: readonly PlanAggregate[];
    }
  | { readonly kind: "sort"; readonly keys: readonly PlanSortKey[] }
  | { readonly kind: "take"; readonly rows: number };

export interface QueryPlan {
  readonly table: TableName;
  readonly source: readonly PlanColumn[];
  readonly steps: readonly PlanStep[];
  /** What the answer has, in order. */
  readonly columns: readonly PlanColumn[];
}
