/** Texts, times and timespans as a query writes them. */
import { QueryError, type TextRange } from "./error.ts";
import type { Token } from "./lexer.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  '"': '"',
  "'": "'",
  "\\": "\\",
};

/** Reads `"…"`, `'…'` with escapes, or `@"…"`, where a backslash is a backslash and `""` is a quote. */
export function readString(text: string, start: number): Token {
  const verbatim = text[start] === "@";
  const open = verbatim ? start + 1 : start;
  const quote = text[open];
  let value = "";
  let at = open + 1;
  while (at < text.length) {
    const character = text[at];
    if (character === quote) {
      if (verbatim && text[at + 1] === quote) {
        value += quote;
        at += 2;
        continue;
      }
      return { kind: "string", value: wellFormed(value), range: { start, end: at + 1 } };
    }
    if (character === "\\" && !verbatim) {
      const [escaped, length] = escapeAt(text, at);
      value += escaped;
      at += length;
      continue;
    }
    value += character;
    at++;
  }
  throw new QueryError("QUERY_SYNTAX", "This text has no closing quote.", { start, end: text.length }, text);
}

/** Half a surrogate pair cannot be written as UTF-8: the store would hold U+FFFD, so the query says that too. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

function escapeAt(text: string, at: number): [string, number] {
  const next = text[at + 1] ?? "";
  const simple = Object.hasOwn(ESCAPES, next) ? ESCAPES[next] : undefined;
  if (simple !== undefined) return [simple, 2];
  const unicode = /^u([0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6));
  if (unicode) return [String.fromCharCode(Number.parseInt(unicode[1] ?? "", 16)), 6];
  const message = `\\${next} is no escape; write \\\\ for a backslash, or @"…" for a text that takes them as they are.`;
  throw new QueryError("QUERY_SYNTAX", message, { start: at, end: Math.min(at + 2, text.length) }, text);
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A century: longer timespans say nothing about logs. */
const LONGEST_TIMESPAN = 36_525 * 86_400_000;

/** @returns milliseconds */
export function readTimespan(value: number, unit: string, range: TextRange, text: string): number {
  const milliseconds = value * (UNITS[unit] ?? 1);
  if (milliseconds > LONGEST_TIMESPAN) {
    throw new QueryError("QUERY_SYNTAX", "A timespan is at most 36525d.", range, text);
  }
  return milliseconds;
}

const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** @returns milliseconds since the epoch; a time without a zone is UTC */
export function readDatetime(written: string, range: TextRange, text: string): number {
  const value = parseDatetime(written.trim());
  if (value === undefined) {
    const message = `${written.trim()} is no time; write 2026-03-01 or 2026-03-01T10:30:00Z.`;
    throw new QueryError("QUERY_SYNTAX", message, range, text);
  }
  return value;
}

/** @returns milliseconds since the epoch, or undefined when the text is no time of 1970 to 2199 */
export function parseDatetime(written: string): number | undefined {
  const match = DATE.exec(written);
  if (!match) return undefined;
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] = match;
  const milliseconds = fraction.padEnd(3, "0").slice(0, 3);
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const value = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`);
  const fits = Number(year) >= 1970 && Number(year) < 2200 && !Number.isNaN(value) && value >= 0;
  // Date.parse takes the 31st of February for the 3rd of March.
  const sameDay =
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  return fits && sameDay ? value : undefined;
}
