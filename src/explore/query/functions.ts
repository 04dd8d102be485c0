/** The functions of the language: what they take, what they give, and how they become plan expressions. */
import type { Call, Expression } from "./ast.ts";
import type { ExpressionChecker } from "./check-expression.ts";
import { ADDRESS_FUNCTIONS } from "./functions-address.ts";
import { TEXT_FUNCTIONS } from "./functions-text.ts";
import { VALUE_FUNCTIONS } from "./functions-values.ts";
import type { PlanExpression } from "./plan.ts";

export interface FunctionEntry {
  readonly name: string;
  /** Its arguments, as documentation and completion show them. */
  readonly signature: string;
  readonly description: string;
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  readonly check: (checker: ExpressionChecker, args: readonly Expression[], at: Call) => PlanExpression;
}

export const FUNCTIONS: ReadonlyMap<string, FunctionEntry> = new Map(
  [...TEXT_FUNCTIONS, ...VALUE_FUNCTIONS, ...ADDRESS_FUNCTIONS].map((entry) => [entry.name, entry]),
);

export function checkFunction(checker: ExpressionChecker, entry: FunctionEntry, at: Call): PlanExpression {
  const [fewest, most] = entry.arity;
  if (at.args.length < fewest || at.args.length > most) {
    const message = `${entry.name} takes ${entry.signature}; here are ${at.args.length} arguments.`;
    checker.fail("QUERY_TYPE", message, at.range);
  }
  return entry.check(checker, at.args, at);
}
