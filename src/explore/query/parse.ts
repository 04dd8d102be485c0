/** Query text to a syntax tree. */
import type { Expression, Name, Named, Query, SortKey, Step } from "./ast.ts";
import { Cursor } from "./cursor.ts";
import { span } from "./error.ts";
import { QUERY_LIMITS } from "./limits.ts";
import { parseExpression } from "./parse-expression.ts";
import { TABLE_NAMES } from "./schema.ts";
import { STEP_NAMES } from "./step-help.ts";
import { didYouMean } from "./suggest.ts";

/**
 * A table and its steps (`events | where … | take 20`), or a search as typed in a search box
 * (`"union select" status >= 500`), which reads the events.
 *
 * @throws QueryError QUERY_SYNTAX, QUERY_LIMIT
 */
export function parseQuery(text: string): Query {
  const cursor = new Cursor(text);
  const table = parseTable(cursor);
  const steps: Step[] = [];
  if (table === undefined && cursor.token.kind !== "end" && !cursor.isSymbol("|")) {
    const condition = parseExpression(cursor, "search");
    steps.push({ kind: "search", condition, range: condition.range });
  }
  while (cursor.takeSymbol("|")) {
    if (steps.length === QUERY_LIMITS.steps) {
      cursor.fail("QUERY_LIMIT", `A query has at most ${QUERY_LIMITS.steps} steps.`, cursor.token.range);
    }
    steps.push(parseStep(cursor));
  }
  if (cursor.token.kind !== "end") cursor.unexpected("| and a step, or the end of the query");
  return { table, steps, range: { start: 0, end: text.length } };
}

function parseTable(cursor: Cursor): Name | undefined {
  const { token } = cursor;
  if (token.kind !== "name") return undefined;
  const alone = cursor.ahead(1).kind === "end" && TABLE_NAMES.some((name) => name === token.text);
  if (!alone && !cursor.isSymbol("|", 1)) return undefined;
  cursor.next();
  return { kind: "name", name: token.text, range: token.range };
}

/** The steps by the word that opens them. */
const STEPS: Readonly<Record<string, (cursor: Cursor) => Omit<Step, "range">>> = {
  where: (cursor) => ({ kind: "where", condition: parseExpression(cursor) }),
  filter: (cursor) => ({ kind: "where", condition: parseExpression(cursor) }),
  search: (cursor) => ({ kind: "search", condition: parseExpression(cursor, "search") }),
  project: (cursor) => ({ kind: "project", columns: parseColumns(cursor) }),
  "project-away": (cursor) => ({ kind: "project-away", patterns: parsePatterns(cursor) }),
  extend: (cursor) => ({ kind: "extend", columns: parseColumns(cursor) }),
  distinct: (cursor) => ({ kind: "distinct", columns: parseColumns(cursor) }),
  summarize: parseSummarize,
  sort: (cursor) => ({ kind: "sort", keys: parseSortKeys(cursor) }),
  order: (cursor) => ({ kind: "sort", keys: parseSortKeys(cursor) }),
  take: (cursor) => ({ kind: "take", rows: parseRows(cursor) }),
  limit: (cursor) => ({ kind: "take", rows: parseRows(cursor) }),
  top: parseTop,
  count: () => ({ kind: "count" }),
};

function parseStep(cursor: Cursor): Step {
  const { token } = cursor;
  if (token.kind !== "name") return cursor.unexpected(`a step (${STEP_NAMES.join(", ")})`);
  cursor.next();
  let word = token.text.toLowerCase();
  if (word === "project" && cursor.isSymbol("-") && cursor.isWord("away", 1)) {
    cursor.next();
    cursor.next();
    word = "project-away";
  }
  const parse = Object.hasOwn(STEPS, word) ? STEPS[word] : undefined;
  if (parse === undefined) {
    const message = `There is no step ${token.text}.${didYouMean(word, STEP_NAMES)}`;
    return cursor.fail("QUERY_SYNTAX", message, token.range);
  }
  const step = parse(cursor);
  return { ...step, range: span(token.range, cursor.before) } as Step;
}

function parseSummarize(cursor: Cursor): Omit<Step, "range"> {
  const aggregates = cursor.isWord("by") ? [] : parseColumns(cursor);
  const by = cursor.takeWord("by") ? parseColumns(cursor) : [];
  return { kind: "summarize", aggregates, by } as Omit<Step, "range">;
}

function parseTop(cursor: Cursor): Omit<Step, "range"> {
  const rows = parseRows(cursor);
  if (!cursor.takeWord("by")) cursor.unexpected("by and what to sort by");
  return { kind: "top", rows, key: parseSortKey(cursor) } as Omit<Step, "range">;
}

function parseSortKeys(cursor: Cursor): readonly SortKey[] {
  if (!cursor.takeWord("by")) cursor.unexpected("by and what to sort by");
  return parseMany(cursor, () => parseSortKey(cursor));
}

/** Largest and latest first, unless `asc` says otherwise. */
function parseSortKey(cursor: Cursor): SortKey {
  const value = parseExpression(cursor);
  const ascending = cursor.takeWord("asc");
  if (!ascending) cursor.takeWord("desc");
  return { value, descending: !ascending, range: span(value.range, cursor.before) };
}

function parseColumns(cursor: Cursor): readonly Named[] {
  return parseMany(cursor, () => parseNamed(cursor));
}

function parseMany<T>(cursor: Cursor, parse: () => T): readonly T[] {
  const items = [parse()];
  while (cursor.takeSymbol(",")) {
    if (items.length === QUERY_LIMITS.columns) {
      cursor.fail("QUERY_LIMIT", `A step has at most ${QUERY_LIMITS.columns} columns.`, cursor.token.range);
    }
    items.push(parse());
  }
  return items;
}

function parseNamed(cursor: Cursor): Named {
  const { token } = cursor;
  let name: Name | undefined;
  if (token.kind === "name" && cursor.isSymbol("=", 1)) {
    name = { kind: "name", name: token.text, range: token.range };
    cursor.next();
    cursor.next();
  }
  const value: Expression = parseExpression(cursor);
  return { name, value, range: span(token.range, value.range) };
}

/** Names, each perhaps ended by a star: `http.request.*`. */
function parsePatterns(cursor: Cursor): readonly Name[] {
  return parseMany(cursor, () => {
    const { token } = cursor;
    if (token.kind !== "name") return cursor.unexpected("a column");
    cursor.next();
    const dot = cursor.isSymbol(".") && cursor.isSymbol("*", 1);
    if (dot) cursor.next();
    const star = dot || (cursor.isSymbol("*") && cursor.before.end === cursor.token.range.start);
    if (star) cursor.next();
    const name = `${token.text}${dot ? "." : ""}${star ? "*" : ""}`;
    return { kind: "name", name, range: span(token.range, cursor.before) };
  });
}

function parseRows(cursor: Cursor): number {
  const { token } = cursor;
  if (token.kind !== "number" || !Number.isInteger(token.value)) return cursor.unexpected("a number of rows");
  cursor.next();
  if (token.value > QUERY_LIMITS.rows) {
    cursor.fail("QUERY_LIMIT", `An answer has at most ${QUERY_LIMITS.rows} rows.`, token.range);
  }
  return token.value;
}
