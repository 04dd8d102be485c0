/** Plan expressions, made briefly. */
import type { Constant, Detail, Operation, PlanColumn, PlanExpression, ValueType } from "./plan.ts";

export function constant(type: ValueType, value: Constant): PlanExpression {
  return { kind: "constant", type, value };
}

export function read(column: PlanColumn): PlanExpression {
  return { kind: "column", type: column.type, column };
}

export function call(
  operation: Operation,
  type: ValueType,
  args: readonly PlanExpression[],
  detail?: Detail,
): PlanExpression {
  return { kind: "call", type, operation, args, detail };
}

export function not(condition: PlanExpression): PlanExpression {
  return call("not", "bool", [condition]);
}

/** True when any is; a single one is itself. */
export function any(conditions: readonly PlanExpression[]): PlanExpression {
  return joined("or", conditions, false);
}

export function all(conditions: readonly PlanExpression[]): PlanExpression {
  return joined("and", conditions, true);
}

function joined(
  operation: "and" | "or",
  conditions: readonly PlanExpression[],
  none: boolean,
): PlanExpression {
  const [first] = conditions;
  if (first === undefined) return constant("bool", none);
  return conditions.length === 1 ? first : call(operation, "bool", conditions);
}

/** The type as a person would say it. */
export function typeWords(type: ValueType): string {
  return TYPE_WORDS[type];
}

const TYPE_WORDS: Readonly<Record<ValueType, string>> = {
  string: "a text",
  number: "a number",
  bool: "a condition",
  datetime: "a time",
  timespan: "a timespan",
  json: "JSON",
  list: "a list",
  map: "headers by name",
};
