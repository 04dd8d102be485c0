/** When a route is to be left in peace, in its own time zone, through changes to and from summer time. */
import type { AlertRoute, QuietHours } from "./settings.ts";

type Quiet = Pick<AlertRoute, "quiet_hours" | "time_zone">;

const MINUTE_MS = 60_000;
/** Zones change their offset at quarters of an hour, so a clock is even between two of them. */
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MINUTES = 1_440;
/** Windows repeat weekly. */
const MOST_MS = 8 * DAY_MINUTES * MINUTE_MS;
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const NUMBERS = new Map(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].map((name, i) => [name, i]));

export function isQuiet({ quiet_hours, time_zone }: Quiet, at: number): boolean {
  if (quiet_hours.length === 0) return false;
  const local = localTime(clockOf(time_zone), at);
  return quiet_hours.some((hours) => within(hours, local));
}

/**
 * @param at milliseconds since the epoch
 * @returns `at` when it is not quiet then, else the first moment after it that is not; undefined when there is none
 */
export function endOfQuiet({ quiet_hours, time_zone }: Quiet, at: number): number | undefined {
  if (quiet_hours.length === 0) return at;
  const clock = clockOf(time_zone);
  const first = floor(at, MINUTE_MS);
  for (let quarter = floor(at, QUARTER_MS); quarter <= at + MOST_MS; quarter += QUARTER_MS) {
    const { day, minute } = localTime(clock, quarter);
    for (let i = 0; i < QUARTER_MS / MINUTE_MS; i++) {
      const moment = quarter + i * MINUTE_MS;
      if (moment < first) continue;
      if (!quiet_hours.some((hours) => within(hours, { day, minute: minute + i })))
        return Math.max(at, moment);
    }
  }
  return undefined;
}

interface LocalTime {
  /** 0 is Sunday. */
  readonly day: number;
  readonly minute: number;
}

function within({ days, from, to }: QuietHours, { day, minute }: LocalTime): boolean {
  const on = (which: number) => days.some((name) => name === DAYS[(which + 7) % 7]);
  const begins = minutesOf(from);
  const ends = minutesOf(to);
  if (begins < ends) return on(day) && minute >= begins && minute < ends;
  return (on(day) && minute >= begins) || (on(day - 1) && minute < ends);
}

function minutesOf(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/** Making a formatter costs a thousand times as much as using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();
const MOST_CLOCKS = 100;

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("en-US", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    if (clocks.size >= MOST_CLOCKS) clocks.clear();
    clocks.set(timeZone, clock);
  }
  return clock;
}

function localTime(clock: Intl.DateTimeFormat, at: number): LocalTime {
  let day = 0;
  let minute = 0;
  for (const { type, value } of clock.formatToParts(at)) {
    if (type === "weekday") day = NUMBERS.get(value) ?? 0;
    else if (type === "hour") minute += Number(value) * 60;
    else if (type === "minute") minute += Number(value);
  }
  return { day, minute };
}

const floor = (at: number, step: number) => Math.floor(at / step) * step;
