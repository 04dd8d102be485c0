/** Comparisons, text operators and arithmetic: which types go together, and what they become. */
import type { Binary, Expression } from "./ast.ts";
import { call, constant, not, typeWords } from "./build.ts";
import { checkArithmetic } from "./check-arithmetic.ts";
import type { ExpressionChecker } from "./check-expression.ts";
import { parseDatetime } from "./literals.ts";
import type { Operation, PlanExpression } from "./plan.ts";
import { checkRegex } from "./regex.ts";
import { didYouMean } from "./suggest.ts";

export function checkBinary(checker: ExpressionChecker, binary: Binary): PlanExpression {
  const { operator, left, right } = binary;
  switch (operator) {
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return checkArithmetic(checker, binary);
    case "==":
      return equality(checker, left, right);
    case "!=":
      return not(equality(checker, left, right));
    case "=~":
      return sameText(checker, left, right);
    case "!~":
      return not(sameText(checker, left, right));
    case "<":
    case "<=":
    case ">":
    case ">=":
      return order(checker, binary);
    case ":":
      return colon(checker, left, right);
    case "matches regex": {
      const value = checker.as(left, ["string"]);
      return call("matches", "bool", [value], checkRegex(checker, right));
    }
    default:
      return textOperator(checker, operator, left, right);
  }
}

function equality(checker: ExpressionChecker, left: Expression, right: Expression): PlanExpression {
  if (right.kind === "null") return call("missing", "bool", [checker.check(left)]);
  if (left.kind === "null") return call("missing", "bool", [checker.check(right)]);
  const [a, b] = matched(checker, left, right);
  return call("equal", "bool", [a, b]);
}

/** Two operands brought to one type, whichever side is JSON or a time written as text. */
export function matched(
  checker: ExpressionChecker,
  left: Expression,
  right: Expression,
): readonly [PlanExpression, PlanExpression] {
  const a = checker.check(left);
  const b = checker.check(right);
  requireKnownValue(checker, a, b, right);
  requireKnownValue(checker, b, a, left);
  const asLeft = towards(a, b);
  const asRight = towards(b, a);
  const comparable = asLeft.type === asRight.type || (isText(asLeft) && isText(asRight));
  if (!comparable || asLeft.type === "list" || asLeft.type === "map") {
    const hint = remedy(a, b) ?? remedy(b, a) ?? "";
    const message = `${typeWords(a.type)} and ${typeWords(b.type)} cannot be compared.${hint}`;
    checker.fail("QUERY_TYPE", capital(message), { start: left.range.start, end: right.range.end });
  }
  return [asLeft, asRight];
}

const isText = (value: PlanExpression): boolean => value.type === "string" || value.type === "json";

/** `value` as the type of `other`, where there is one way to read it so. */
function towards(value: PlanExpression, other: PlanExpression): PlanExpression {
  if (value.type === "json" && other.type === "number") return call("parse-number", "number", [value]);
  if (value.type === "bool" && other.type === "json") return call("bool-text", "string", [value]);
  if (value.kind === "constant" && typeof value.value === "string" && other.type === "datetime") {
    const time = parseDatetime(value.value);
    if (time !== undefined) return constant("datetime", time);
  }
  return value;
}

function remedy(a: PlanExpression, b: PlanExpression): string | undefined {
  if (a.type === "number" && b.type === "string") {
    return b.kind === "constant" ? " Write the number without quotes." : " Write the number in quotes.";
  }
  if (a.type === "datetime")
    return ' Write ago(1h), or a time such as datetime(2026-03-01) or "2026-03-01T10:00:00Z".';
  if (a.type === "list") return ' Use has: finding.class has "sqli".';
  if (a.type === "map") return ' Name a header: http.request.headers["host"].';
  return undefined;
}

/** A value that the column never has is a mistake worth telling. */
export function requireKnownValue(
  checker: ExpressionChecker,
  value: PlanExpression,
  wanted: PlanExpression,
  at: Expression,
): void {
  const values = value.kind === "column" ? value.column.source?.values : undefined;
  if (values === undefined || wanted.kind !== "constant" || typeof wanted.value !== "string") return;
  const { value: written } = wanted;
  if (written === "" || values.includes(written)) return;
  const name = value.kind === "column" ? value.column.name : "";
  const hint = didYouMean(written, values) || ` It is one of ${values.slice(0, 12).join(", ")}.`;
  checker.fail("QUERY_TYPE", `${name} is never ${JSON.stringify(written)}.${hint}`, at.range);
}

function sameText(checker: ExpressionChecker, left: Expression, right: Expression): PlanExpression {
  return call("equal-fold", "bool", [checker.as(left, ["string"]), checker.as(right, ["string"])]);
}

function order(checker: ExpressionChecker, binary: Binary): PlanExpression {
  const flipped = binary.operator === ">" || binary.operator === ">=";
  const operation: Operation = binary.operator.endsWith("=") ? "less-or-equal" : "less";
  const ranked = rank(checker, binary);
  if (ranked !== undefined) return ranked;
  const [a, b] = matched(checker, binary.left, binary.right);
  const { type } = a;
  if (type !== "number" && type !== "datetime" && type !== "timespan") {
    const message = `${typeWords(type)} has no order here; compare numbers, times or timespans, or use tolong().`;
    checker.fail("QUERY_TYPE", capital(message), binary.range);
  }
  return call(operation, "bool", flipped ? [b, a] : [a, b]);
}

/** `severity >= "high"`: the values from there on. */
function rank(checker: ExpressionChecker, binary: Binary): PlanExpression | undefined {
  const value = checker.check(binary.left);
  const source = value.kind === "column" ? value.column.source : undefined;
  if (source?.ordered !== true || source.values === undefined || binary.right.kind !== "string")
    return undefined;
  requireKnownValue(checker, value, checker.check(binary.right), binary.right);
  const at = source.values.indexOf(binary.right.value);
  const keeps: Readonly<Record<string, (index: number) => boolean>> = {
    "<": (index) => index < at,
    "<=": (index) => index <= at,
    ">": (index) => index > at,
    ">=": (index) => index >= at,
  };
  const kept = source.values.filter((_, index) => keeps[binary.operator]?.(index));
  return call("in", "bool", [value], kept);
}

/** What a search box writes: part of a text, or a number as it is. */
function colon(checker: ExpressionChecker, left: Expression, right: Expression): PlanExpression {
  const value = checker.check(left);
  if (value.type === "list" && right.kind === "string") {
    return hasWord(checker, value, right);
  }
  if (!isText(value)) return equality(checker, left, right);
  const wanted =
    right.kind === "number" ? constant("string", String(right.value)) : checker.as(right, ["string"]);
  return call("contains-fold", "bool", [value, wanted]);
}

const TEXT_OPERATIONS: Readonly<Record<string, Operation>> = {
  has: "has-fold",
  has_cs: "has",
  contains: "contains-fold",
  contains_cs: "contains",
  startswith: "starts-fold",
  startswith_cs: "starts",
  endswith: "ends-fold",
  endswith_cs: "ends",
};

function textOperator(
  checker: ExpressionChecker,
  operator: string,
  left: Expression,
  right: Expression,
): PlanExpression {
  const negated = operator.startsWith("!");
  const name = negated ? operator.slice(1) : operator;
  const result = positiveText(checker, name, left, right);
  return negated ? not(result) : result;
}

function positiveText(
  checker: ExpressionChecker,
  name: string,
  left: Expression,
  right: Expression,
): PlanExpression {
  const value = checker.as(left, ["string", "list"]);
  if (value.type === "list") {
    if (right.kind !== "string" || (name !== "has" && name !== "contains")) {
      checker.fail("QUERY_TYPE", "A list takes has and contains, with a text in quotes.", right.range);
    }
    if (name === "contains") return call("any-contains-fold", "bool", [value], right.value);
    return hasWord(checker, value, right);
  }
  if (name === "has" || name === "has_cs") return hasWord(checker, value, right, name === "has_cs");
  const operation = TEXT_OPERATIONS[name] ?? "contains";
  return call(operation, "bool", [value, checker.as(right, ["string"])]);
}

/** `has` with a text in quotes: a whole word of a text, or a whole text of a list. */
export function hasWord(
  checker: ExpressionChecker,
  value: PlanExpression,
  word: Expression,
  caseSensitive = false,
): PlanExpression {
  if (word.kind !== "string") checker.fail("QUERY_TYPE", "has takes a text in quotes.", word.range);
  if (value.type === "list") {
    requireKnownValue(checker, value, constant("string", word.value), word);
    return call(hasKnownValues(value) ? "any-equal" : "any-equal-fold", "bool", [value], word.value);
  }
  if (word.value === "") return constant("bool", true);
  return call(caseSensitive ? "has" : "has-fold", "bool", [value], word.value);
}

/** Known values are compared as they are: an index can find them. */
const hasKnownValues = (value: PlanExpression): boolean =>
  value.kind === "column" && value.column.source?.values !== undefined;

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
