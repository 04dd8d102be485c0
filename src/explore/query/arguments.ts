/** Arguments that must be written out: known when the query is read, the same for every row. */
import type { Expression } from "./ast.ts";
import type { ExpressionChecker } from "./check-expression.ts";

export function literalText(
  checker: ExpressionChecker,
  argument: Expression | undefined,
  what: string,
): string {
  if (argument?.kind === "string") return argument.value;
  return checker.fail("QUERY_TYPE", `${what} is a text in quotes.`, argument?.range ?? END);
}

/** A whole number from `least` to `most`. */
export function literalInteger(
  checker: ExpressionChecker,
  argument: Expression | undefined,
  what: string,
  least: number,
  most: number,
): number {
  if (argument?.kind === "number" && Number.isInteger(argument.value)) {
    if (argument.value >= least && argument.value <= most) return argument.value;
  }
  return checker.fail(
    "QUERY_TYPE",
    `${what} is a whole number from ${least} to ${most}.`,
    argument?.range ?? END,
  );
}

const END = { start: 0, end: 0 };

/** The argument at a position that the arity promises. */
export function argument(args: readonly Expression[], index: number): Expression {
  const found = args[index];
  if (found === undefined) throw new RangeError(`argument ${index} is beyond the arity`);
  return found;
}
