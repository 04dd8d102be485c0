/** A syntax tree as canonical text: one step a line when there are several, brackets only where they are needed. */
import type { Expression, Named, Query, SortKey, Step } from "./ast.ts";

/** Parsing the result gives the same tree, but for ranges. */
export function formatQuery(query: Query): string {
  const parts = [query.table?.name ?? "events", ...query.steps.map(formatStep)];
  return parts.join(parts.length > 3 ? "\n| " : " | ");
}

function formatStep(step: Step): string {
  switch (step.kind) {
    case "where":
    case "search":
      return `${step.kind} ${write(step.condition, LOOSEST)}`;
    case "project":
    case "extend":
    case "distinct":
      return `${step.kind} ${list(step.columns)}`;
    case "project-away":
      return `project-away ${step.patterns.map((pattern) => pattern.name).join(", ")}`;
    case "summarize": {
      const by = step.by.length === 0 ? "" : `by ${list(step.by)}`;
      return ["summarize", list(step.aggregates), by].filter((part) => part !== "").join(" ");
    }
    case "sort":
      return `sort by ${step.keys.map(sortKey).join(", ")}`;
    case "take":
      return `take ${step.rows}`;
    case "top":
      return `top ${step.rows} by ${sortKey(step.key)}`;
    case "count":
      return "count";
  }
}

function list(columns: readonly Named[]): string {
  return columns.map(({ name, value }) => (name ? `${name.name} = ` : "") + write(value, LOOSEST)).join(", ");
}

function sortKey(key: SortKey): string {
  return `${write(key.value, LOOSEST)} ${key.descending ? "desc" : "asc"}`;
}

/** How tightly each binds; an operand that binds more loosely than its place stands in brackets. */
const LOOSEST = 0;
const AND = 1;
const NOT = 2;
const COMPARISON = 3;
const SUM = 4;
const PRODUCT = 5;
const SIGN = 6;
const PATH = 7;

function write(expression: Expression, place: number): string {
  const [text, binds] = written(expression);
  return binds < place ? `(${text})` : text;
}

function written(expression: Expression): readonly [string, number] {
  switch (expression.kind) {
    case "name":
      return [expression.name, PATH];
    case "string":
      return [formatString(expression.value), PATH];
    case "number":
      return [formatNumber(expression.value), expression.value < 0 ? SIGN : PATH];
    case "bool":
      return [String(expression.value), PATH];
    case "null":
      return ["null", PATH];
    case "star":
      return ["*", PATH];
    case "timespan":
      return [formatTimespan(expression.value), expression.value < 0 ? SIGN : PATH];
    case "datetime":
      return [`datetime(${new Date(expression.value).toISOString()})`, PATH];
    case "call":
      return [
        `${expression.name.name}(${expression.args.map((item) => write(item, LOOSEST)).join(", ")})`,
        PATH,
      ];
    case "path":
      return [write(expression.value, PATH) + expression.keys.map(key).join(""), PATH];
    case "or":
      return [expression.terms.map((term) => write(term, AND)).join(" or "), LOOSEST];
    case "and":
      return [expression.terms.map((term) => write(term, NOT)).join(" and "), AND];
    case "not":
      return [`not ${write(expression.value, NOT)}`, NOT];
    case "negative":
      return [`-${bracketed(expression.value)}`, SIGN];
    case "membership": {
      const values = expression.list.map((item) => write(item, LOOSEST)).join(", ");
      return [`${write(expression.value, SUM)} ${expression.operator} (${values})`, COMPARISON];
    }
    case "between": {
      const bounds = `${write(expression.from, LOOSEST)} .. ${write(expression.to, LOOSEST)}`;
      return [
        `${write(expression.value, SUM)} ${expression.negated ? "!" : ""}between (${bounds})`,
        COMPARISON,
      ];
    }
    case "binary":
      return binary(expression);
  }
}

function binary(expression: Expression & { kind: "binary" }): readonly [string, number] {
  const { operator, left, right } = expression;
  if (operator === "+" || operator === "-") {
    return [`${write(left, SUM)} ${operator} ${write(right, PRODUCT)}`, SUM];
  }
  if (operator === "*" || operator === "/" || operator === "%") {
    return [`${write(left, PRODUCT)} ${operator} ${write(right, SIGN)}`, PRODUCT];
  }
  const space = operator === ":" ? "" : " ";
  // After a colon a bare word is a text, so a name there stands in brackets.
  const wanted = write(right, operator === ":" ? PATH : SUM);
  const shown = operator === ":" && (right.kind === "name" || right.kind === "path") ? `(${wanted})` : wanted;
  return [`${write(left, SUM)}${space}${operator}${space}${shown}`, COMPARISON];
}

/** What follows a minus: a bare number would become a negative number instead. */
function bracketed(value: Expression): string {
  const isLiteral = value.kind === "number" || value.kind === "timespan";
  return isLiteral ? `(${write(value, LOOSEST)})` : write(value, SIGN);
}

function key(name: string | number): string {
  return `[${typeof name === "number" ? name : formatString(name)}]`;
}

/** In quotes, with escapes; with backslashes and nothing else to escape, as it is: @"\d+". */
export function formatString(text: string): string {
  if (text.includes("\\") && !/["\p{Cc}]/u.test(text)) return `@"${text}"`;
  const escaped = text.replace(/["\\\p{Cc}]/gu, (sign) => {
    const code = sign.charCodeAt(0).toString(16).padStart(4, "0");
    return ESCAPES[sign] ?? `\\u${code}`;
  });
  return `"${escaped}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** JavaScript's exponents are those of the language, which has no number that begins with a dot. */
function formatNumber(value: number): string {
  return String(value);
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

function formatTimespan(milliseconds: number): string {
  for (const [unit, size] of UNITS) {
    if (milliseconds !== 0 && milliseconds % size === 0) return `${milliseconds / size}${unit}`;
  }
  return `${milliseconds}ms`;
}
