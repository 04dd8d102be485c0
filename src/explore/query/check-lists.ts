/** `in`, `has_any`, `has_all` and `between`. */
import type { Between, Expression, Membership } from "./ast.ts";
import { all, any, call, constant, not } from "./build.ts";
import type { ExpressionChecker } from "./check-expression.ts";
import { hasWord, matched, requireKnownValue } from "./check-operators.ts";
import type { PlanExpression } from "./plan.ts";

export function checkMembership(checker: ExpressionChecker, membership: Membership): PlanExpression {
  const { operator, list } = membership;
  const value = checker.check(membership.value);
  switch (operator) {
    case "has_any":
    case "has_all": {
      const searched = checker.converted(value, ["string", "list"], membership.value.range);
      const conditions = list.map((word) => hasWord(checker, searched, word));
      return operator === "has_any" ? any(conditions) : all(conditions);
    }
    case "in":
      return isIn(checker, value, membership);
    case "!in":
      return not(isIn(checker, value, membership));
    case "in~":
      return isInFolded(checker, value, membership);
    case "!in~":
      return not(isInFolded(checker, value, membership));
  }
}

function isIn(checker: ExpressionChecker, value: PlanExpression, membership: Membership): PlanExpression {
  const { list } = membership;
  if (list.some((item) => item.kind === "number")) {
    const number = checker.converted(value, ["number"], membership.value.range);
    return call(
      "in",
      "bool",
      [number],
      list.map((item) => numberIn(checker, item)),
    );
  }
  const text = checker.converted(value, ["string"], membership.value.range);
  for (const item of list) requireKnownValue(checker, value, constant("string", textIn(checker, item)), item);
  return call(
    "in",
    "bool",
    [text],
    list.map((item) => textIn(checker, item)),
  );
}

function isInFolded(
  checker: ExpressionChecker,
  value: PlanExpression,
  membership: Membership,
): PlanExpression {
  const text = checker.converted(value, ["string"], membership.value.range);
  return call(
    "in-fold",
    "bool",
    [text],
    membership.list.map((item) => textIn(checker, item)),
  );
}

function numberIn(checker: ExpressionChecker, item: Expression): number {
  if (item.kind === "number") return item.value;
  return checker.fail("QUERY_TYPE", "Every value of this list must be a number.", item.range);
}

function textIn(checker: ExpressionChecker, item: Expression): string {
  if (item.kind === "string") return item.value;
  return checker.fail("QUERY_TYPE", "Every value of this list must be a text in quotes.", item.range);
}

export function checkBetween(checker: ExpressionChecker, between: Between): PlanExpression {
  const [value, from] = matched(checker, between.value, between.from);
  const [again, to] = matched(checker, between.value, between.to);
  const { type } = value;
  if ((type !== "number" && type !== "datetime" && type !== "timespan") || again.type !== type) {
    checker.fail("QUERY_TYPE", "between takes numbers, times or timespans.", between.range);
  }
  const inside = call("between", "bool", [value, from, to]);
  return between.negated ? not(inside) : inside;
}
