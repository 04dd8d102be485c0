/** SQL that betrays itself wherever it stands: UNION SELECT with a list, statements after `;`, telling functions. */
import { isFollowedByWords } from "../calls.ts";
import type { Match, Reading } from "../detector.ts";
import { createLexer } from "./lexer.ts";
import { CATALOGUE, ERROR_FUNCTIONS, SYSTEM_FUNCTIONS, TIME_FUNCTIONS } from "./lexicon.ts";
import { statementAt } from "./statement.ts";
import { walk } from "./walk.ts";

/** Occurrences of one word that are tried. */
const MOST = 4;

export function findAnywhere(reading: Reading): readonly Match[] {
  return [
    ...unions(reading),
    ...waits(reading),
    ...statements(reading),
    ...functions(reading),
    ...catalogues(reading),
  ];
}

function* unions({ text, lower }: Reading): Generator<Match> {
  let at = lower.indexOf("union");
  for (let tried = 0; at >= 0 && tried < MOST; tried++) {
    const seen = walk(createLexer(text, lower, at), false);
    if (
      seen.union &&
      (seen.unionItems > 1 || seen.from || seen.star || (seen.functions > 0 && seen.tail !== "stuck"))
    ) {
      yield {
        rule: "sqli/union-select",
        score: seen.tail === "stuck" && seen.unionItems < 3 && !seen.from ? 0.45 : 0.8,
        reason: "A UNION SELECT would add rows of the sender's choice to the query's answer.",
        start: at,
        end: seen.end,
      };
    }
    at = lower.indexOf("union", at + 5);
  }
}

/** WAITFOR DELAY and DECLARE @x are said by nothing but T-SQL. */
function* waits({ text, lower }: Reading): Generator<Match> {
  for (const verb of ["waitfor", "declare"]) {
    const at = lower.indexOf(verb);
    if (at < 0) continue;
    const lexer = createLexer(text, lower, at);
    const statement = statementAt(lexer, 0);
    // A variable is declared with its type.
    if (statement === undefined || lexer.token(statement.next).kind === "end") continue;
    yield {
      rule: verb === "waitfor" ? "sqli/time-based" : "sqli/stacked-statement",
      score: 0.75,
      reason: "A statement of SQL Server follows the value.",
      start: at,
      end: Math.min(text.length, at + 40),
    };
  }
}

function* statements({ text, lower }: Reading): Generator<Match> {
  let at = text.indexOf(";");
  for (let tried = 0; at >= 0 && tried < MOST; tried++) {
    const lexer = createLexer(text, lower, at + 1);
    const statement = statementAt(lexer, 0);
    if (statement !== undefined && statement.weight > 0.5) {
      yield {
        rule: "sqli/stacked-statement",
        score: 0.2 + 0.55 * statement.weight,
        reason: "A second SQL statement follows the value.",
        start: at,
        end: lexer.token(statement.next).start,
      };
    }
    at = text.indexOf(";", at + 1);
  }
}

const DOT = 46;
const NAME_END = /[^\w.$]/;

function* functions({ text, lower }: Reading): Generator<Match> {
  let at = text.indexOf("(");
  for (let tried = 0; at >= 0 && tried < 64; tried++) {
    let end = at;
    while (end > 0 && text.charCodeAt(end - 1) <= 32) end--;
    let start = end;
    while (start > 0 && end - start < 40 && !NAME_END.test(text.charAt(start - 1))) start--;
    while (lower.charCodeAt(start) === DOT) start++;
    const name = lower.slice(start, end);
    const score = TIME_FUNCTIONS.has(name)
      ? timeScore(lower, name, at) - (end < at ? 0.25 : 0)
      : SYSTEM_FUNCTIONS.has(name)
        ? 0.7
        : ERROR_FUNCTIONS.has(name)
          ? 0.5
          : 0;
    if (score > 0) {
      yield {
        rule: TIME_FUNCTIONS.has(name) ? "sqli/time-based" : "sqli/telling-function",
        score,
        reason: `The SQL function ${name}() has little use but injection in a request.`,
        start,
        end: at + 1,
      };
    }
    at = text.indexOf("(", at + 1);
  }
}

/** `sleep(5)` is also C, Perl, PHP and a note about babies: it needs a number and stays below the others. */
function timeScore(lower: string, name: string, paren: number): number {
  if (name !== "sleep" && name !== "benchmark" && name !== "generate_series" && name !== "randomblob")
    return 0.75;
  if (name === "generate_series" || name === "randomblob") return 0.4;
  let at = paren + 1;
  while (lower.charCodeAt(at) <= 32 || lower.charCodeAt(at) === 40 || lower.charCodeAt(at) === 39) at++;
  const code = lower.charCodeAt(at);
  const telling = (code >= 48 && code <= 57) || lower.startsWith("select", at);
  return telling && !isFollowedByWords(lower, paren) ? 0.6 : 0.3;
}

function* catalogues({ lower }: Reading): Generator<Match> {
  for (const name of CATALOGUE) {
    const at = lower.indexOf(name);
    if (at < 0) continue;
    yield {
      rule: "sqli/catalogue",
      score: 0.5,
      reason: `${name} is the database's own catalogue: injection reads it to learn tables and columns.`,
      start: at,
      end: at + name.length,
    };
    return;
  }
}
