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
  if (select && SENTENCE.test(lower)) return undefined;
  const whole = createLexer(text, lower, from);
  const seen = walk(whole, select);
  const telling = select && /@@\w|\bfrom\s{1,8}(?:dual|mysql\.|pg_|sqlite_|sys\.)/.test(lower) ? 0.35 : 0;
  const score = select ? telling + selectScore(seen, whole.inlineComments(), from) : 0.6 * statement.weight;
  // Query languages for clients (SOQL, SuiteQL, YQL) ask for named columns of one object, and say so in full.
  const asked =
    context.role === "filter" &&
    OBJECT_QUERY.test(text) &&
    OBJECT.test(text) &&
    isPlain(seen, whole.inlineComments())
      ? 0.45
      : 0.6;
  // Placeholders are what telemetry shows of prepared statements.
  const prepared = /[=(,]\s?(?:\?|\$\d|:\w+|%s)/.test(text) ? 0.3 : 0;
  // A file of several lines, sent in base64 as files are.
  const file = context.trail.at(-1) === "base64" && isFile(text) ? 0.25 : 0;
  return {
    rule: "sqli/statement",
    score: (context.role === "filter" ? Math.min(score, asked) : score) - prepared - file,
    reason: "The value is an SQL statement.",
    start: from,
    end: Math.max(seen.end, lexer.token(statement.next).start),
  };
}

/** "Select * from the list", "Select * -- The Best Of": an article names no table, and no comment is a title. */
const SENTENCE =
  /^\s{0,4}select\s{1,4}(?:\*|all|one|any|\d{1,3})\s{1,4}(?:from\s{1,4}(?:the|a|an|my|our|your|each|every|this|these|those)\s{1,4}[a-z]{2,}|--\s{1,4}(?:[a-z'&]{1,20}\s{1,4}){1,8}[a-z'&]{1,20}\s{0,4}$)/;

/** Three lines or more, the last one ended. */
function isFile(text: string): boolean {
  return text.endsWith("\n") && text.split("\n", 4).length === 4;
}

/** Named columns of one object, in the spelling of its schema: `SELECT Id, Owner.Name, COUNT(Id) FROM Account`. */
const OBJECT_QUERY =
  /^\s{0,4}select\s{1,4}(?:(?:count|sum|avg|min|max|format|tolabel|convertcurrency)\([\w.]{0,60}\)|(?!\w*password)[a-z][\w.]{0,60})(?:\s{0,4},\s{0,4}(?:\w{3,16}\([\w.]{0,60}\)|[a-z][\w.]{0,60})){0,80}\s{1,4}from\s{1,4}/i;
/** The object's name begins with a capital, or ends as those of Salesforce's own objects do. */
const OBJECT = /\b[Ff][Rr][Oo][Mm]\s{1,4}(?:[A-Z][a-z]\w{1,60}|\w{1,60}__c)\b/;

function isPlain(seen: Walk, comments: number): boolean {
  const tricks =
    comments > 0 || seen.cut || seen.union || seen.time || seen.system || seen.error || seen.into;
  return !tricks && seen.constantComparisons === 0;
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
    seen.comparisons > 0 && seen.having,
    seen.subselects > 0,
    seen.cut,
    bracketed > 0,
    comments > 1,
  ].filter(Boolean).length;
  const ongoing = seen.truncated && (seen.functions > 0 || seen.caseWhen);
  const broken = seen.tail === "stuck" && !seen.where && !ongoing ? 0.15 : 0;
  return (seen.from ? 0.4 : 0.2) + 0.15 * Math.min(3, marks) - broken;
}
