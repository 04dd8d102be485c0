/**
 * Calendar arithmetic that refuses what is not a date instead of rolling it over, as `Date.UTC` would.
 */

const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const DAYS_IN = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const DAY_MS = 86_400_000;

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/**
 * Milliseconds since the epoch of a UTC date and time. Month 1 to 12; a leap second (60) counts as the next
 * second. NaN for anything that is not on the calendar.
 */
export function calendarMs(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  if (!(month >= 1 && month <= 12 && hour <= 23 && minute <= 59 && second <= 60)) return Number.NaN;
  const leap = isLeap(year);
  const last = (DAYS_IN[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0);
  if (!(day >= 1 && day <= last && year >= 1 && year <= 9999)) return Number.NaN;
  const before = year - 1;
  const days =
    before * 365 +
    Math.floor(before / 4) -
    Math.floor(before / 100) +
    Math.floor(before / 400) +
    (DAYS_BEFORE[month - 1] ?? 0) +
    (leap && month > 2 ? 1 : 0) +
    day -
    1 -
    719_162;
  return days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
}

const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

/** 1 to 12 from the first three letters of an English month name at `at`, whatever their case; 0 for none. */
export function monthNumber(text: string, at: number): number {
  const name = text.slice(at, at + 3).toLowerCase();
  if (name.length !== 3) return 0;
  const index = MONTHS.indexOf(name);
  return index >= 0 && index % 3 === 0 ? index / 3 + 1 : 0;
}
