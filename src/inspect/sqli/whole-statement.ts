/** A value that is an SQL statement from its first word: injected where a query is taken whole, or simply SQL. */
import type { Context } from "../context.ts";
import type { Match, Reading } from "../detector.ts";
import { createLexer } from "./lexer.ts";
import type { Walk } from "./seen.ts";
import { statementAt } from "./statement.ts";
import { walk } from "./walk.ts";

export function findStatement(reading: Reading, context: Context): Match | undefined {
  const { text, lower } = reading;
  let from = 0;
  while (text.charAt(from) === "(" || text.charCodeAt(from) <= 32) from++;
  const lexer = createLexer(text, lower, from);
  const statement = statementAt(lexer, 0);
  if (statement === undefined) return undefined;
  const select = lexer.token(0).word === "select";
  const whole = createLexer(text, lower, from);
  const seen = walk(whole, select);
  const telling = select && /@@\w|\bfrom\s{1,8}(?:dual|mysql\.|pg_|sqlite_|sys\.)/.test(lower) ? 0.35 : 0;
  const score = select ? telling + selectScore(seen, whole.inlineComments(), from) : 0.6 * statement.weight;
  // Placeholders are what telemetry shows of prepared statements.
  const prepared = /[=(,]\s?(?:\?|\$\d|:\w+|%s)/.test(text) ? 0.3 : 0;
  return {
    rule: "sqli/statement",
    score: (context.role === "filter" ? Math.min(score, 0.6) : score) - prepared,
    reason: "The value is an SQL statement.",
    start: from,
    end: Math.max(seen.end, lexer.token(statement.next).start),
  };
}

/**
 * "select a chair from the room" reads as SQL too; stars, lists, functions, conditions and comments between the words
 * do not read as English.
 */
function selectScore(seen: Walk, comments: number, bracketed: number): number {
  const marks = [
    seen.star,
    seen.commas > 0,
    seen.functions > 0,
    seen.comparisons > 0,
    seen.subselects > 0,
    seen.cut,
    bracketed > 0,
    comments > 1,
  ].filter(Boolean).length;
  const ongoing = seen.truncated && (seen.functions > 0 || seen.caseWhen);
  const broken = seen.tail === "stuck" && !seen.where && !ongoing ? 0.15 : 0;
  return (seen.from ? 0.4 : 0.2) + 0.15 * Math.min(3, marks) - broken;
}
