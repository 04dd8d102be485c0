/** Sums and products of numbers, times and timespans. */
import type { Binary } from "./ast.ts";
import { call, typeWords } from "./build.ts";
import type { ExpressionChecker } from "./check-expression.ts";
import type { Operation, PlanExpression, ValueType } from "./plan.ts";

/** `left operator right` → operation and type. */
const RULES: Readonly<Record<string, readonly [Operation, ValueType]>> = {
  "number + number": ["add", "number"],
  "number - number": ["subtract", "number"],
  "number * number": ["multiply", "number"],
  "number / number": ["divide", "number"],
  "number % number": ["modulo", "number"],
  "timespan + timespan": ["add", "timespan"],
  "timespan - timespan": ["subtract", "timespan"],
  "timespan * number": ["multiply", "timespan"],
  "number * timespan": ["multiply", "timespan"],
  "timespan / number": ["divide", "timespan"],
  "timespan / timespan": ["divide", "number"],
  "timespan % timespan": ["modulo", "timespan"],
  "datetime - datetime": ["elapsed", "timespan"],
  "datetime + timespan": ["shift", "datetime"],
};

export function checkArithmetic(checker: ExpressionChecker, binary: Binary): PlanExpression {
  const left = numeric(checker.check(binary.left));
  const right = numeric(checker.check(binary.right));
  const { operator } = binary;
  if (left.type === "datetime" && operator === "-" && right.type === "timespan") {
    const zero: PlanExpression = { kind: "constant", type: "timespan", value: 0 };
    return call("shift", "datetime", [left, call("subtract", "timespan", [zero, right])]);
  }
  if (left.type === "timespan" && operator === "+" && right.type === "datetime") {
    return call("shift", "datetime", [right, left]);
  }
  const rule = RULES[`${left.type} ${operator} ${right.type}`];
  if (rule === undefined) {
    const hint =
      left.type === "string" || right.type === "string"
        ? " strcat() joins texts; toint() reads a number."
        : "";
    const message = `${operator} does not go with ${typeWords(left.type)} and ${typeWords(right.type)}.${hint}`;
    return checker.fail("QUERY_TYPE", message, binary.range);
  }
  return call(rule[0], rule[1], [left, right]);
}

/** A number inside JSON counts as one. */
function numeric(value: PlanExpression): PlanExpression {
  return value.type === "json" ? call("parse-number", "number", [value]) : value;
}
