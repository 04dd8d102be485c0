/** Query text to tokens. */
import { QueryError, type TextRange } from "./error.ts";
import { QUERY_LIMITS } from "./limits.ts";
import { readDatetime, readString, readTimespan } from "./literals.ts";

export type Token =
  /** Letters, digits and underscores, joined by dots; `text` is the whole. */
  | { readonly kind: "name"; readonly text: string; readonly range: TextRange }
  | { readonly kind: "string"; readonly value: string; readonly range: TextRange }
  | { readonly kind: "number"; readonly value: number; readonly range: TextRange }
  /** Milliseconds. */
  | { readonly kind: "timespan"; readonly value: number; readonly range: TextRange }
  /** `datetime(…)` as a whole: milliseconds since the epoch. */
  | { readonly kind: "datetime"; readonly value: number; readonly range: TextRange }
  | { readonly kind: "symbol"; readonly text: string; readonly range: TextRange }
  | { readonly kind: "end"; readonly range: TextRange };

const SPACE = /(?:\s|\/\/[^\n]*)+/y;
const DATETIME = /datetime\s*\(\s*([0-9][^()"'\n]{0,40})\)/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const UNIT = /(?:ms|d|h|m|s)(?![A-Za-z0-9_])/y;
const SYMBOL = /\.\.|==|!=|=~|!~|<=|>=|[|,()[\]=<>+\-*/%:.!~]/y;

/** @throws QueryError QUERY_SYNTAX, QUERY_LIMIT */
export function tokenize(text: string): readonly Token[] {
  if (text.length > QUERY_LIMITS.length) {
    const range = { start: QUERY_LIMITS.length, end: text.length };
    throw new QueryError("QUERY_LIMIT", `The query is longer than ${QUERY_LIMITS.length} characters.`, range);
  }
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at = after(SPACE, text, at);
    if (at >= text.length) break;
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.range.end;
  }
  tokens.push({ kind: "end", range: { start: text.length, end: text.length } });
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  const first = text[start];
  if (first === '"' || first === "'" || (first === "@" && /["']/.test(text[start + 1] ?? ""))) {
    return readString(text, start);
  }
  DATETIME.lastIndex = start;
  const datetime = DATETIME.exec(text);
  if (datetime) {
    const range = { start, end: DATETIME.lastIndex };
    return { kind: "datetime", value: readDatetime(datetime[1] ?? "", range, text), range };
  }
  const nameEnd = after(NAME, text, start);
  if (nameEnd > start)
    return { kind: "name", text: text.slice(start, nameEnd), range: { start, end: nameEnd } };
  const numberEnd = after(NUMBER, text, start);
  if (numberEnd > start) return numberToken(text, start, numberEnd);
  const symbolEnd = after(SYMBOL, text, start);
  const range = { start, end: symbolEnd };
  if (symbolEnd > start) return { kind: "symbol", text: text.slice(start, symbolEnd), range };
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  throw new QueryError(
    "QUERY_SYNTAX",
    `${JSON.stringify(character)} has no meaning here.`,
    { start, end: start + character.length },
    text,
  );
}

function numberToken(text: string, start: number, end: number): Token {
  const value = Number(text.slice(start, end));
  const unitEnd = after(UNIT, text, end);
  const range = { start, end: unitEnd };
  if (!Number.isFinite(value)) throw new QueryError("QUERY_SYNTAX", "This number is too large.", range, text);
  if (unitEnd > end) {
    return { kind: "timespan", value: readTimespan(value, text.slice(end, unitEnd), range, text), range };
  }
  const tail = after(NAME, text, end);
  if (tail > end) {
    const message = `${text.slice(start, tail)} is neither a number nor a timespan (30s, 5m, 1h, 7d, 250ms).`;
    throw new QueryError("QUERY_SYNTAX", message, { start, end: tail }, text);
  }
  return { kind: "number", value, range };
}

/** @returns the end of what a sticky expression matches at `at`, or `at` */
function after(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
}
