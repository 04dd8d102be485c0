/** What may stand at the cursor: steps, tables, fields, functions, operators and known values. */
import { AGGREGATES } from "./aggregates.ts";
import type { Columns } from "./check-names.ts";
import { type ColumnsBefore, columnsBefore } from "./complete-columns.ts";
import { type Place, placeAt } from "./complete-place.ts";
import type { TextRange } from "./error.ts";
import { formatString } from "./format.ts";
import { FUNCTIONS } from "./functions.ts";
import { QUERY_LIMITS } from "./limits.ts";
import { TABLES } from "./schema.ts";
import { STEP_HELP } from "./step-help.ts";

export type CompletionKind =
  | "table"
  | "step"
  | "field"
  | "function"
  | "aggregate"
  | "operator"
  | "keyword"
  | "value";

export interface Completion {
  readonly kind: CompletionKind;
  /** What to put in place of `replace`. */
  readonly text: string;
  /** What it is, in a few words. */
  readonly detail: string;
  readonly replace: TextRange;
}

/** Most completions of one answer. */
const MOST = 200;

/** @param cursor position in the text, in UTF-16 code units */
export function complete(text: string, cursor: number): readonly Completion[] {
  const at = Math.max(0, Math.min(cursor, text.length));
  if (text.length > QUERY_LIMITS.length) return [];
  const place = placeAt(text.slice(0, at));
  const replace = { start: at - place.written.length, end: at };
  const before = columnsBefore(place.earlier);
  const written = place.written.toLowerCase();
  return candidates(place, before)
    .filter((item) => matches(item.text.toLowerCase(), written))
    .sort((a, b) => rank(a.text, written) - rank(b.text, written))
    .slice(0, MOST)
    .map((item) => ({ ...item, replace }));
}

type Candidate = Omit<Completion, "replace">;

/** The words typed so far may begin any part of a name: "status" finds http.response.status_code. */
function matches(candidate: string, written: string): boolean {
  return written === "" || candidate.includes(written);
}

function rank(candidate: string, written: string): number {
  const at = candidate.toLowerCase().indexOf(written);
  return at === 0 ? 0 : /[._]/.test(candidate[at - 1] ?? "") ? 1 : 2;
}

function candidates(place: Place, before: ColumnsBefore): readonly Candidate[] {
  switch (place.kind) {
    case "table":
      return [...tables(), ...fields(before.columns)];
    case "step":
      return Object.entries(STEP_HELP).map(([text, detail]) => ({ kind: "step", text, detail }));
    case "name":
      return fields(before.columns);
    case "expression":
      return [...fields(before.columns), ...functions(place.step === "summarize")];
    case "operator":
      return operators(place, before.columns);
    case "value":
      return values(place.field, before.columns);
    case "text":
      return [];
  }
}

function tables(): readonly Candidate[] {
  return Object.values(TABLES).map((table) => ({
    kind: "table",
    text: table.name,
    detail: table.description,
  }));
}

function fields(columns: Columns): readonly Candidate[] {
  return [...columns.values()].map((column) => ({
    kind: "field",
    text: column.name,
    detail: column.source?.description ?? column.type,
  }));
}

function functions(aggregates: boolean): readonly Candidate[] {
  const scalar = [...FUNCTIONS.values()].map((entry) => functionItem("function", entry));
  return aggregates
    ? [...[...AGGREGATES.values()].map((entry) => functionItem("aggregate", entry)), ...scalar]
    : scalar;
}

function functionItem(
  kind: "function" | "aggregate",
  entry: { readonly name: string; readonly signature: string; readonly description: string },
): Candidate {
  return { kind, text: `${entry.name}(`, detail: `${entry.signature} ${entry.description}` };
}

const TEXT_OPERATORS = [
  "==",
  "!=",
  "has",
  "contains",
  "startswith",
  "endswith",
  "matches regex",
  "in (",
  "=~",
  "has_any (",
];
const NUMBER_OPERATORS = ["==", "!=", ">", ">=", "<", "<=", "between (", "in ("];
const LIST_OPERATORS = ["has", "contains", "has_any ("];

function operators(place: Place & { kind: "operator" }, columns: Columns): readonly Candidate[] {
  const column = columns.get(place.field);
  const type = column?.type ?? "string";
  const isText = type === "string" || type === "json" || type === "map";
  const texts = type === "list" ? LIST_OPERATORS : isText ? TEXT_OPERATORS : NUMBER_OPERATORS;
  const keywords =
    place.step === "summarize" ? ["by"] : place.step === "sort" ? ["desc", "asc"] : ["and", "or"];
  return [
    ...texts.map((text): Candidate => ({ kind: "operator", text, detail: "" })),
    ...keywords.map((text): Candidate => ({ kind: "keyword", text, detail: "" })),
  ];
}

function values(field: string, columns: Columns): readonly Candidate[] {
  const found = columns.get(field) ?? [...columns.values()].find((column) => column.source?.alias === field);
  const known = found?.source?.values ?? [];
  const literals = known.map(
    (value): Candidate => ({ kind: "value", text: formatString(value), detail: field }),
  );
  if (found?.type === "datetime") {
    literals.push({ kind: "function", text: "ago(", detail: "(timespan) before now" });
    literals.push({ kind: "function", text: "datetime(", detail: "(2026-03-01T10:30:00Z)" });
  }
  return literals;
}
