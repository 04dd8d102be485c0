/**
 * Reads dates in words and odd orders, one token at a time: `Thu Sep 30 13:27:06.009964 2021`,
 * `20/Sep/2018:15:44:23.285`, `Sep 20 15:42:59`, `Tue Oct 10 01:55:36 PM CEST 2023`, `06/10/2021:11:19:31 -0000`.
 */
import { calendarMs, monthNumber } from "./calendar.ts";

interface Context {
  readonly zoneMinutes: number;
  readonly newest: number;
}

/** Minutes east of UTC. Names are ambiguous the world over; these are the readings servers' libc gives. */
const ZONES: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  UT: 0,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  MET: 60,
  CEST: 120,
  MEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  SGT: 480,
  HKT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
};
const DAY_MS = 86_400_000;
const TOKEN = /([A-Za-z]+)\.?|(\d+)|([^A-Za-z\d])/g;
/** Words around a date that say nothing: weekdays, "T" between date and time, "at", "@". */
const FILLER = /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|t|at|of|on|st|nd|rd|th)$/i;

interface Parts {
  numbers: number[];
  wide: number[];
  month: number;
  hour: number;
  minute: number;
  second: number;
  fraction: number;
  timed: boolean;
  zone: number | undefined;
}

export function readWrittenDate(text: string, context: Context): number {
  const parts: Parts = {
    numbers: [],
    wide: [],
    month: 0,
    hour: 0,
    minute: 0,
    second: 0,
    fraction: 0,
    timed: false,
    zone: undefined,
  };
  const tokens = text.match(TOKEN) ?? [];
  for (let i = 0; i < tokens.length; ) {
    const taken = takeToken(tokens, i, parts);
    if (taken === 0) return Number.NaN;
    i += taken;
  }
  return assemble(parts, context);
}

/** @returns how many tokens were understood from `i` on; 0 when the text is no date */
function takeToken(tokens: readonly string[], i: number, parts: Parts): number {
  const token = tokens[i] ?? "";
  if (/\d/.test(token)) return takeNumber(tokens, i, parts);
  if (/[A-Za-z]/.test(token)) return takeWord(token, parts) ? 1 : 0;
  if ((token === "+" || token === "-") && parts.timed && parts.zone === undefined) {
    const digits = tokens[i + 1] ?? "";
    if (!/^\d{1,4}$/.test(digits)) return /[ -]/.test(token) ? 1 : 0;
    const colon = digits.length <= 2 && tokens[i + 2] === ":";
    const minutes = colon ? Number(tokens[i + 3]) : digits.length > 2 ? Number(digits.slice(-2)) : 0;
    const hours = Number(digits.length > 2 ? digits.slice(0, -2) : digits);
    if (!(hours <= 18 && minutes <= 59)) return 0;
    parts.zone = (token === "-" ? -1 : 1) * (hours * 60 + minutes);
    return colon ? 4 : 2;
  }
  return /[\s,:/.\-@()[\]]/.test(token) ? 1 : 0;
}

function takeNumber(tokens: readonly string[], i: number, parts: Parts): number {
  const digits = tokens[i] ?? "";
  const minutes = tokens[i + 2] ?? "";
  const isTime =
    !parts.timed &&
    digits.length <= 2 &&
    tokens[i + 1] === ":" &&
    /^\d\d$/.test(minutes) &&
    Number(digits) < 25;
  if (!isTime) {
    if (digits.length > 4 || parts.numbers.length === 3) return 0;
    parts.numbers.push(Number(digits));
    parts.wide.push(digits.length);
    return 1;
  }
  parts.timed = true;
  parts.hour = Number(digits);
  parts.minute = Number(minutes);
  if (tokens[i + 3] !== ":") return 3;
  const seconds = tokens[i + 4] ?? "";
  if (!/^\d\d$/.test(seconds)) return 0;
  parts.second = Number(seconds);
  const fraction = tokens[i + 6] ?? "";
  if (!/^[.,]$/.test(tokens[i + 5] ?? "") || !/^\d+$/.test(fraction)) return 5;
  parts.fraction = Math.round(Number(`0.${fraction}`) * 1e9) / 1e6;
  return 7;
}

function takeWord(token: string, parts: Parts): boolean {
  const word = token.replace(".", "");
  const meridiem = /^(am|pm)$/i.exec(word)?.[1]?.toLowerCase();
  if (meridiem !== undefined) {
    if (parts.hour > 12) return false;
    parts.hour = (parts.hour % 12) + (meridiem === "pm" ? 12 : 0);
    return true;
  }
  const month = monthNumber(word, 0);
  if (month > 0 && parts.month === 0 && word.length <= 9) {
    parts.month = month;
    return true;
  }
  if (FILLER.test(word)) return true;
  const zone = ZONES[word.toUpperCase()];
  if (zone === undefined || !parts.timed) return false;
  parts.zone ??= zone;
  return true;
}

function assemble(parts: Parts, context: Context): number {
  const { numbers, wide } = parts;
  if (!parts.timed && numbers.length < 3 && !(parts.month > 0 && numbers.length === 2)) return Number.NaN;
  const shift = parts.fraction - (parts.zone ?? context.zoneMinutes) * 60_000;
  const on = (year: number, month: number, day: number): number =>
    calendarMs(year, month, day, parts.hour, parts.minute, parts.second) + shift;
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = numbers;
  if (parts.month > 0) {
    if (numbers.length === 1) return newestYear((year) => on(year, parts.month, a), context);
    return wide[0] === 4 ? on(a, parts.month, b) : on(fullYear(b, wide[1]), parts.month, a);
  }
  if (numbers.length !== 3) return Number.NaN;
  if (wide[0] === 4) return on(a, b, c);
  // All-number dates with the year last are American unless the first number cannot be a month.
  return a > 12 ? on(fullYear(c, wide[2]), b, a) : on(fullYear(c, wide[2]), a, b);
}

function fullYear(year: number, digits: number | undefined): number {
  if (digits === 4) return year;
  return digits === 2 ? 2000 + year : Number.NaN;
}

/** The newest year in which the date exists and is not more than a day after the newest possible time. */
function newestYear(inYear: (year: number) => number, context: Context): number {
  const limit = context.newest + DAY_MS;
  const from = new Date(limit).getUTCFullYear();
  for (let year = from; year > from - 9; year--) {
    const time = inYear(year);
    if (time <= limit) return time;
  }
  return Number.NaN;
}
