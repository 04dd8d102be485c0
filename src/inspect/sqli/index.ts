/** SQL injection: the value is tried as the rest of a query after a number, a `'` string and a `"` string. */

import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { isJson } from "../json-text.ts";
import { proseOf } from "../prose.ts";
import { isQuotedCode } from "../quoted-code.ts";
import { findAnywhere } from "./anywhere.ts";
import { judge, type Opening, type Verdict } from "./judge.ts";
import { createLexer } from "./lexer.ts";
import { isFunction } from "./lexicon.ts";
import { findShortForms } from "./short.ts";
import { walk } from "./walk.ts";
import { findStatement } from "./whole-statement.ts";

/** Quotes of one kind tried as the end of the application's string. */
const MOST_QUOTES = 3;

const BESIDE_LOGIC =
  shape.OPERATOR | shape.QUOTES | shape.PAREN | shape.PIPE | shape.AMP | shape.HASH | shape.DASHES;
const AFTER_QUOTE = BESIDE_LOGIC | shape.SEMI | shape.LOGIC_WORD;

export const sqli: Detector = {
  class: "sqli",
  id: "sqli",
  title: "SQL injection",
  meaning:
    "The value ends the literal it was put into and goes on as SQL: to read or change data, to pass a login, to run commands on the database host.",
  cwe: ["CWE-89", "CWE-564"],
  patterns: ["CAPEC-66", "CAPEC-7", "CAPEC-108", "T1190"],
  owasp: ["API8:2023", "API10:2023"],
  falsePositives: [
    "SQL in fields that hold SQL (reporting tools, code hosting, courses)",
    "Filter languages that read like SQL: OData, JQL, SOQL, Lucene",
  ],
  wants: (bits) =>
    (bits & (shape.SQL_WORD | shape.CALL)) !== 0 ||
    ((bits & shape.LOGIC_WORD) !== 0 && (bits & BESIDE_LOGIC) !== 0) ||
    ((bits & (shape.QUOTE | shape.DQUOTE)) !== 0 && (bits & AFTER_QUOTE) !== 0),
  find(reading, context) {
    const best = strongest(reading, context);
    if (best === undefined) return NO_MATCH;
    const score = soften(best, reading, context);
    return score < 0.1 ? NO_MATCH : [{ ...best, score }];
  },
};

function strongest(reading: Reading, context: Context): Match | undefined {
  let best: Match | undefined;
  // `uNiOn` is written by nobody but to pass a filter that knows `union`.
  if (QUOTES_ONLY.test(reading.text) || WELL_KNOWN_TEXT.test(reading.text)) return undefined;
  if (FORMULA.test(reading.text) && CELL.test(reading.text)) return undefined;
  const odd = ODD_CASE.test(reading.text) ? 0.2 : 0;
  const consider = (found: Verdict, start: number, end: number) => {
    const verdict =
      odd > 0 && found.score >= 0.3 ? { ...found, score: Math.min(0.98, found.score + odd) } : found;
    if (verdict.score > (best?.score ?? 0)) best = { ...verdict, start, end };
  };
  tryBare(reading, consider);
  // The strings of a JSON text are readings of their own.
  if (!isJson(reading.text) && !PHRASE.test(reading.text)) {
    tryQuote(reading, "'", consider);
    tryQuote(reading, '"', consider);
  }
  for (const match of findShortForms(reading)) consider(match, match.start, match.end);
  const open = openCall(reading, context);
  if (open !== undefined) consider(open, open.start, open.end);
  if ((reading.shape & shape.SQL_WORD) === 0) return best;
  for (const match of findAnywhere(reading)) consider(match, match.start, match.end);
  const statement = findStatement(reading, context);
  if (statement !== undefined) consider(statement, statement.start, statement.end);
  return best;
}

/** A geometry as text (OGC 06-103r4, WKT): a name of MySQL's functions with nothing but numbers in it. */
const WELL_KNOWN_TEXT =
  /^\s{0,8}(?:srid=\d{1,6};)?(?:multi)?(?:point|linestring|polygon|geometrycollection|curve|surface|triangle|tin)\s{0,4}(?:zm?|m)?\s{0,4}\((?:[\d\s.,()eE+-]|point|linestring|polygon)*$/i;
/** "union select": words that a search box is to find together. */
const PHRASE = /^(["'])[a-z]{2,20}(?:\s{1,4}(?:[a-z]{2,20}|\*)){1,12}\1$/i;
/** A formula of a spreadsheet: its functions have the names of SQL's, and its cells are no columns. */
const FORMULA = /^\s{0,4}[=+-]\s?[A-Z][A-Z.]{1,20}\(/;
const CELL = /(?:^|[^\w$])\$?[A-Z]{1,3}\$?\d{1,7}(?![\w(])|(?:^|[^\w$])\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?!\w)/;
/** A keyboard's way of screaming. */
const QUOTES_ONLY = /'{8}/;

const OPEN_CALL = /^\s*([a-z_]\w{1,40}(?:\.\w{1,40}){0,2})\s*\(\s*$/;

/** A value that is nothing but the beginning of a call, `substring(`: the rest is the application's, or to come. */
function openCall({ lower, text }: Reading, context: Context): Match | undefined {
  const name = OPEN_CALL.exec(lower)?.[1];
  if (name === undefined || !isFunction(name)) return undefined;
  const score = context.role === "filter" ? 0.35 : 0.5;
  return {
    rule: "sqli/open-call",
    score,
    reason: `The value begins a call of the SQL function ${name}.`,
    start: 0,
    end: text.length,
  };
}

/** Capitals in the middle of a keyword, after a small letter. */
const ODD_CASE = oddCase(["union", "select", "from", "where", "sleep", "concat", "information_schema"]);

function oddCase(words: readonly string[]): RegExp {
  const odd = words.map((word) => {
    const any = [...word].map((letter) => `[${letter}${letter.toUpperCase()}]`).join("");
    const usual = [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)].join("|");
    return `(?!(?:${usual})\\b)${any}`;
  });
  return new RegExp(`\\b(?:${odd.join("|")})\\b`);
}

/** `1611/aGVsbG8--`, `9-rpoIw1Y--CQAFg`: identifiers, the second in base64url, that happen to have dashes. */
const TOKEN =
  /^(?:\d{1,20}\/[A-Za-z]\w{6,80}-*|(?=[\w-]{0,80}[A-Za-z])[\w-]{1,200}--[\w-]{0,100}[A-Za-z][\w-]{0,100})$/;

/** `10%3 == 1 && …`, `1+1=2 and …`: a calculation and its result come first, where a value would be over. */
const EQUALITY = /^[\d\s.]{1,20}(?:[+*/%^-][\d\s.+*/%^-]{1,40}==?|==)/;

/** `(1) or …`, `(select …`, `(@a)`, but not `(x>3) and (y<5)`: a filter in brackets begins with a name. */
const BRACKET = /^\s{0,8}\((?!\s{0,4}[a-z_]\w{0,40}\s{0,4}[<>=!])/;

type Consider = (verdict: Verdict, start: number, end: number) => void;

function tryBare({ text, lower }: Reading, consider: Consider): void {
  const first = createLexer(text, lower, 0).token(0);
  const number =
    first.kind === "number" || first.word === "-" || first.kind === "variable" || BRACKET.test(lower);
  const literal = first.kind === "string";
  const second = createLexer(text, lower, 0).token(1);
  const compared =
    first.kind === "number" && ((second.kind === "compare" && second.word !== "=") || EQUALITY.test(text));
  // With the operator first (`) or (1=1`) the operand is the application's own.
  for (const operandFirst of [true, false]) {
    const lexer = createLexer(text, lower, 0);
    const seen = walk(lexer, operandFirst);
    const opening: Opening = {
      quote: "",
      compared,
      literal,
      number,
      wordy: false,
      cutShort: number && isShort(text, seen.end) && !TOKEN.test(text),
    };
    consider(commented(judge(seen, opening), lexer.inlineComments()), 0, seen.end);
  }
}

function tryQuote(reading: Reading, quote: "'" | '"', consider: Consider): void {
  const { text, lower } = reading;
  let at = text.indexOf(quote);
  for (let tried = 0; at >= 0 && tried < MOST_QUOTES; tried++) {
    const lexer = createLexer(text, lower, at + 1);
    const seen = walk(lexer, false);
    const opening: Opening = {
      quote,
      compared: false,
      literal: false,
      number: false,
      wordy: isWordy(text, at) || isElision(text, at) || isMeasure(lower.slice(Math.max(0, at - 4))),
      cutShort: isShort(text, seen.end),
    };
    const verdict = commented(judge(seen, opening), lexer.inlineComments());
    // A later quote is the end of the string only if what follows can be nothing but SQL.
    if ((tried === 0 && !isAttribute(text, at)) || DECIDED.has(verdict.rule))
      consider(verdict, Math.max(0, at - 12), seen.end);
    at = text.indexOf(quote, at + 1);
  }
}

/** Verdicts that need no luck with the quote they begin at. */
const DECIDED = new Set([
  "sqli/union-select",
  "sqli/stacked-statement",
  "sqli/time-based",
  "sqli/error-based",
  "sqli/system-function",
  "sqli/tautology",
  "sqli/subquery",
  "sqli/into",
  "sqli/insert-row",
]);

/** `href="#"`: the quote opens an attribute's value, it ends nothing. */
function isAttribute(text: string, quote: number): boolean {
  return text.charCodeAt(quote - 1) === 61 && (text.charCodeAt(quote - 2) | 0x20) >= 97;
}

/** 1/2 -- 3/4: from one number to another. */
const NUMBERS = /^[\d\s./]{1,20}--\s[\d\s./]{1,20}$/;

/** The comment sign ends the text, or nearly: after "-- " people go on writing, attackers stop. */
function isShort(text: string, comment: number): boolean {
  const rest = text
    .slice(comment, comment + 40)
    .replace(/^[-#/*+\s]+/, "")
    .trim();
  // "C# is": a word after `# ` goes on.
  if (text.charCodeAt(comment) === 35 && /^#\s+[a-z]{3,}/i.test(text.slice(comment, comment + 12)))
    return false;
  // 10' -- 12': from one measure to another.
  if (/^\d{1,4}\s?['"]$/.test(rest) || NUMBERS.test(text)) return false;
  // 18 or older #adult
  if (/\s#[a-z]{3,8}$/i.test(text.slice(0, comment + 40))) return false;
  return rest.length <= 8 && !rest.includes(" ");
}

/** Comments between words serve to get past filters. */
function commented(verdict: Verdict, comments: number): Verdict {
  if (comments === 0 || verdict.score < 0.3) return verdict;
  // `1 or /*x*/ true`: without the comment it might be said by anybody.
  const hidden = verdict.rule === "sqli/bare-condition" ? 0.2 : 0.1;
  return { ...verdict, score: Math.min(0.98, verdict.score + hidden) };
}

/** "Collier d'or 18 carats": the apostrophe of French and Italian, a letter before it and a word right behind it. */
function isElision(text: string, at: number): boolean {
  return (
    /(?:^|[^\p{L}\d])[dl]$/iu.test(text.slice(Math.max(0, at - 3), at)) &&
    /^['’]or\s/i.test(text.slice(at, at + 5))
  );
}

/** "100' or more": a number of feet or inches and one word behind it. */
function isMeasure(lower: string): boolean {
  return /^[\d./\s]{1,4}['"]\s(?:and|or)\s(?!true$|false$|null$)[a-z]{3,20}$/.test(lower);
}

/** Only letters and spaces on both sides of the quoted word, as in "rock 'and' roll". */
function isWordy(text: string, at: number): boolean {
  let letters = 0;
  for (let i = 0; i < Math.min(text.length, at + 200); i++) {
    const code = text.charCodeAt(i);
    const letter = ((code | 0x20) >= 97 && (code | 0x20) <= 122) || code > 127;
    if (letter) letters++;
    else if (code !== 32 && code !== 39 && code !== 34 && code !== 46 && code !== 44 && code !== 58)
      return false;
  }
  return letters > 3 && text.includes(" ");
}

/** Sentences and source code quote SQL without injecting it. */
function soften({ rule, score: found }: Match, reading: Reading, context: Context): number {
  // `id=5 or id=6`: what is left when the first name is dropped is a filter as well as an injection.
  const filter = context.trail.at(-1) === "assignment" && /^\s*[\d"']/.test(reading.text);
  const score = rule === "sqli/condition" && filter ? found * 0.8 : found;
  if (context.role === "code" || isQuotedCode(reading.text, context)) return score * 0.5;
  if (score < 0.5 || reading.text.length < 40) return score;
  const prose = proseOf(reading.text);
  return prose > 0.4 ? score * (1 - prose * 0.6) : score;
}
