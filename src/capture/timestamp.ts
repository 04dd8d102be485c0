/**
 * Times as logs write them: text or number in, milliseconds since the epoch out, NaN for what is no time.
 * Never throws. The hot formats keep their own cache of the last minute in front of this.
 */
import { calendarMs } from "./formats/fields/calendar.ts";
import { readWrittenDate } from "./formats/fields/written-date.ts";

export interface TimeContext {
  /** Offset of times that carry no zone, minutes east of UTC. */
  readonly zoneMinutes: number;
  /** Newest time (ms) the log can speak of: gives a year to times without one. */
  readonly newest: number;
}

/** Longer text is no timestamp. */
const LONGEST = 80;
const ZERO = 48;

/** Epoch seconds, milliseconds, microseconds or nanoseconds, told apart by magnitude (valid from 1973 to 5138). */
export function epochMs(value: number): number {
  const size = Math.abs(value);
  if (size < 1e11) return value * 1000;
  if (size < 1e14) return value;
  if (size < 1e17) return value / 1000;
  if (size < 1e20) return value / 1e6;
  return Number.NaN;
}

/** @returns milliseconds since the epoch, with fractions where the text had them; NaN when it is no time */
export function parseTimestamp(text: string, context: TimeContext): number {
  if (text.length > LONGEST) return Number.NaN;
  const first = text.charCodeAt(0);
  if (first >= ZERO && first <= 57) {
    const iso = readIso(text, context);
    if (!Number.isNaN(iso)) return iso;
    if (isNumeric(text)) return numericMs(text, context);
    return readWrittenDate(text, context);
  }
  const trimmed = strip(text);
  if (trimmed === "") return Number.NaN;
  if (trimmed.length !== text.length) return parseTimestamp(trimmed, context);
  if (text.startsWith("/Date(") || text.startsWith("\\/Date(")) return dotNetMs(text);
  if (first === 45 && isNumeric(text.slice(1))) return epochMs(Number(text));
  return readWrittenDate(text, context);
}

/** `2023-10-10T13:55:36.123+02:00` and its near relations; anything else is NaN and left to the slow reader. */
function readIso(text: string, context: TimeContext): number {
  const separator = text.charCodeAt(4);
  if ((separator !== 45 && separator !== 47) || text.charCodeAt(7) !== separator) return Number.NaN;
  const between = text.charCodeAt(10);
  if (between !== 84 && between !== 32 && between !== 116) return Number.NaN;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return Number.NaN;
  const base = calendarMs(
    pair(text, 0) * 100 + pair(text, 2),
    pair(text, 5),
    pair(text, 8),
    pair(text, 11),
    pair(text, 14),
    pair(text, 17),
  );
  let at = 19;
  let fraction = 0;
  const mark = text.charCodeAt(at);
  if (mark === 46 || mark === 44) {
    at++;
    for (let unit = 100; at < text.length; at++, unit /= 10) {
      const digit = text.charCodeAt(at) - ZERO;
      if (digit < 0 || digit > 9) break;
      fraction += digit * unit;
    }
  }
  if (at < text.length && text.charCodeAt(at) === 32) at++;
  const offset = zoneOffset(text, at, context.zoneMinutes);
  return base + Math.round(fraction * 1e6) / 1e6 - offset * 60_000;
}

/** Minutes east of UTC of the zone that is the rest of the text; NaN when the rest is something else. */
function zoneOffset(text: string, at: number, none: number): number {
  if (at >= text.length) return none;
  const sign = text.charCodeAt(at);
  if (sign === 90 || sign === 122) return at + 1 === text.length ? 0 : Number.NaN;
  if (sign !== 43 && sign !== 45) return Number.NaN;
  const hours = pair(text, at + 1);
  const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
  const minutes = at + 3 >= text.length ? 0 : pair(text, at + 3 + colon);
  if (text.length > at + 5 + colon || minutes > 59 || hours > 18) return Number.NaN;
  return (sign === 45 ? -1 : 1) * (hours * 60 + minutes);
}

/** Two digits as a number; NaN when they are not. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function isNumeric(text: string): boolean {
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46 && i > 0) dots++;
    else if (code < ZERO || code > 57) return false;
  }
  return dots <= 1;
}

/** Digits: an epoch, unless they are fourteen that spell a date (`20231010135536`). */
function numericMs(text: string, context: TimeContext): number {
  if (text.length >= 14 && (text.length === 14 || text.charCodeAt(14) === 46)) {
    const year = pair(text, 0) * 100 + pair(text, 2);
    const spelled = calendarMs(
      year,
      pair(text, 4),
      pair(text, 6),
      pair(text, 8),
      pair(text, 10),
      pair(text, 12),
    );
    if (year >= 1970 && year < 2100 && !Number.isNaN(spelled)) {
      return spelled - context.zoneMinutes * 60_000 + Number(`0${text.slice(14)}`) * 1000;
    }
  }
  // Nanoseconds are more digits than a number holds.
  if (text.length >= 18 && text.length <= 20 && !text.includes(".")) {
    return Number(text.slice(0, -6)) + Number(text.slice(-6)) / 1e6;
  }
  return epochMs(Number(text));
}

/** `/Date(1696946136123+0200)/`: the number is UTC, the zone only says how to show it. */
function dotNetMs(text: string): number {
  const digits = /\(\s*(-?\d{1,16})/.exec(text)?.[1];
  return digits === undefined ? Number.NaN : Number(digits);
}

/** Without blanks, brackets and quotes around it. */
function strip(text: string): string {
  return text.replace(/^[\s"'[(@]+/, "").replace(/[\s"'\])]+$/, "");
}
