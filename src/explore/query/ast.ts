/** A query as it was written. Every node has its range, so that whatever is found wrong later can be pointed at. */
import type { TextRange } from "./error.ts";

export interface Query {
  /** The table, or undefined where the query begins with a search. */
  readonly table: Name | undefined;
  readonly steps: readonly Step[];
  readonly range: TextRange;
}

export type Step =
  | { readonly kind: "where"; readonly condition: Expression; readonly range: TextRange }
  | { readonly kind: "search"; readonly condition: Expression; readonly range: TextRange }
  | { readonly kind: "project"; readonly columns: readonly Named[]; readonly range: TextRange }
  | { readonly kind: "project-away"; readonly patterns: readonly Name[]; readonly range: TextRange }
  | { readonly kind: "extend"; readonly columns: readonly Named[]; readonly range: TextRange }
  | { readonly kind: "distinct"; readonly columns: readonly Named[]; readonly range: TextRange }
  | {
      readonly kind: "summarize";
      readonly aggregates: readonly Named[];
      readonly by: readonly Named[];
      readonly range: TextRange;
    }
  | { readonly kind: "sort"; readonly keys: readonly SortKey[]; readonly range: TextRange }
  | { readonly kind: "take"; readonly rows: number; readonly range: TextRange }
  | { readonly kind: "top"; readonly rows: number; readonly key: SortKey; readonly range: TextRange }
  | { readonly kind: "count"; readonly range: TextRange };

/** `name = value`, or a value alone. */
export interface Named {
  readonly name: Name | undefined;
  readonly value: Expression;
  readonly range: TextRange;
}

export interface SortKey {
  readonly value: Expression;
  readonly descending: boolean;
  readonly range: TextRange;
}

export type Expression =
  | Name
  | { readonly kind: "string"; readonly value: string; readonly range: TextRange }
  | { readonly kind: "number"; readonly value: number; readonly range: TextRange }
  | { readonly kind: "bool"; readonly value: boolean; readonly range: TextRange }
  | { readonly kind: "null"; readonly range: TextRange }
  /** Milliseconds. */
  | { readonly kind: "timespan"; readonly value: number; readonly range: TextRange }
  /** Milliseconds since the epoch. */
  | { readonly kind: "datetime"; readonly value: number; readonly range: TextRange }
  | Call
  | Path
  | {
      readonly kind: "and" | "or";
      readonly terms: readonly Expression[];
      readonly range: TextRange;
    }
  | { readonly kind: "not" | "negative"; readonly value: Expression; readonly range: TextRange }
  | Binary
  | Membership
  | Between
  | { readonly kind: "star"; readonly range: TextRange };

/** A column, dots included. */
export interface Name {
  readonly kind: "name";
  readonly name: string;
  readonly range: TextRange;
}

export interface Call {
  readonly kind: "call";
  readonly name: Name;
  readonly args: readonly Expression[];
  readonly range: TextRange;
}

/** `value["key"]`, `value[0]`, `f(x).key`. */
export interface Path {
  readonly kind: "path";
  readonly value: Expression;
  readonly keys: readonly (string | number)[];
  readonly range: TextRange;
}

export const COMPARISONS = ["==", "!=", "=~", "!~", "<", "<=", ">", ">="] as const;
export const TEXT_OPERATORS = ["has", "contains", "startswith", "endswith"] as const;
type TextOperator = (typeof TEXT_OPERATORS)[number];

export type BinaryOperator =
  | (typeof COMPARISONS)[number]
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  /** What a search box writes: `path:"login"`, `status:500`. */
  | ":"
  | "matches regex"
  | TextOperator
  | `!${TextOperator}`
  | `${TextOperator}_cs`
  | `!${TextOperator}_cs`;

export interface Binary {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly operatorRange: TextRange;
  readonly left: Expression;
  readonly right: Expression;
  readonly range: TextRange;
}

export type MembershipOperator = "in" | "!in" | "in~" | "!in~" | "has_any" | "has_all";

export interface Membership {
  readonly kind: "membership";
  readonly operator: MembershipOperator;
  readonly value: Expression;
  readonly list: readonly Expression[];
  readonly range: TextRange;
}

export interface Between {
  readonly kind: "between";
  readonly negated: boolean;
  readonly value: Expression;
  readonly from: Expression;
  readonly to: Expression;
  readonly range: TextRange;
}
