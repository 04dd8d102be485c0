/**
 * Users' regular expressions: RE2 syntax, matched in linear time, both here (re2js) and in the store (RE2). The
 * dot stops at a line's end in both. Look-around and back-references do not exist.
 */
import { RE2JS } from "re2js";
import type { Expression } from "./ast.ts";
import type { ExpressionChecker } from "./check-expression.ts";
import { QUERY_LIMITS } from "./limits.ts";

/** @returns the expression, known to compile within its limits */
export function checkRegex(checker: ExpressionChecker, expression: Expression): string {
  if (expression.kind !== "string") {
    return checker.fail("QUERY_TYPE", "A regular expression is a text in quotes.", expression.range);
  }
  const { value, range } = expression;
  checker.countRegex(range);
  if (value.length > QUERY_LIMITS.regexLength) {
    const message = `A regular expression has at most ${QUERY_LIMITS.regexLength} characters.`;
    return checker.fail("QUERY_LIMIT", message, range);
  }
  const compiled = compiledOr(value, (reason) =>
    checker.fail("QUERY_SYNTAX", `This regular expression does not hold: ${reason}.`, range),
  );
  if (compiled.programSize() > QUERY_LIMITS.regexProgram) {
    return checker.fail(
      "QUERY_LIMIT",
      "This regular expression is too large once its repetitions are written out.",
      range,
    );
  }
  return value;
}

function compiledOr(value: string, otherwise: (reason: string) => never): RE2JS {
  try {
    return compileRegex(value);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return otherwise(reason.replace(/^error parsing regexp: /, ""));
  }
}

/** The expression as both sides run it. */
export function regexSource(value: string): string {
  return `(?-s:${value})`;
}

export function compileRegex(value: string): RE2JS {
  // Alone first: "a)(b" must not become whole inside of the group.
  RE2JS.compile(value);
  return RE2JS.compile(regexSource(value));
}
