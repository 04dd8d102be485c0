/** A value that is an SQL statement from its first word: injected where a query is taken whole, or simply SQL. */
import type { Context } from "../context.ts";
import type { Match, Reading } from "../detector.ts";
import { createLexer } from "./lexer.ts";
import { statementAt } from "./statement.ts";
import { walk } from "./walk.ts";

export function findStatement(reading: Reading, context: Context): Match | undefined {
  const { text, lower } = reading;
  let from = 0;
  while (text.charAt(from) === "(" || text.charCodeAt(from) <= 32) from++;
  const lexer = createLexer(text, lower, from);
  const statement = statementAt(lexer, 0);
  if (statement === undefined) return undefined;
  const seen = walk(createLexer(text, lower, from), lexer.token(0).word === "select");
  const select = lexer.token(0).word === "select";
  // "select a chair from the room" reads as SQL too; stars, lists, functions and conditions do not read as English.
  const marks =
    (seen.star ? 1 : 0) +
    (seen.commas > 0 ? 1 : 0) +
    (seen.functions > 0 ? 1 : 0) +
    (seen.comparisons > 0 ? 1 : 0) +
    (seen.subselects > 1 ? 1 : 0) +
    (seen.cut ? 1 : 0) +
    (text.charAt(0) === "(" || text.trimStart().charAt(0) === "(" ? 1 : 0);
  // Placeholders are what telemetry shows of prepared statements.
  const prepared = /[=(,]\s?(?:\?|\$\d|:\w+|%s)/.test(text) ? 0.3 : 0;
  const cut = seen.tail === "stuck" && !seen.where ? 0.15 : 0;
  const score = select ? (seen.from ? 0.4 : 0.2) + 0.15 * Math.min(3, marks) : 0.6 * statement.weight;
  return {
    rule: "sqli/statement",
    score: (context.role === "filter" ? Math.min(score, 0.6) : score) - prepared - cut,
    reason: "The value is an SQL statement.",
    start: from,
    end: Math.max(seen.end, lexer.token(statement.next).start),
  };
}
