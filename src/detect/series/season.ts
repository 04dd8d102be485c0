/**
 * What a number usually is at this time of day: the middle of its means in this half-hour, the one before and the
 * one after, on the last fourteen days that had any. A middle of days, so that one bad day moves it hardly at all.
 */
export interface Season {
  /** Means by half-hour of the day and place in its ring of days. */
  readonly means: Float64Array;
  /** Days seen by each half-hour. */
  readonly days: Uint32Array;
  /** The half-hour that is being added up, counted from the epoch; NaN before the first. */
  current: number;
  sum: number;
  count: number;
}

const HALF_HOUR_MS = 1_800_000;
const A_DAY = 48;
const DAYS = 14;
/** A time of day is known once so many days had it. */
const ENOUGH_DAYS = 3;

export function createSeason(): Season {
  return {
    means: new Float64Array(A_DAY * DAYS),
    days: new Uint32Array(A_DAY),
    current: Number.NaN,
    sum: 0,
    count: 0,
  };
}

/** @param time event time, milliseconds; times of a series run forward */
export function learnSeason(season: Season, time: number, value: number): void {
  const now = Math.floor(time / HALF_HOUR_MS);
  if (now !== season.current) {
    if (season.count > 0) keep(season, timeOfDay(season.current), season.sum / season.count);
    season.current = now;
    season.sum = 0;
    season.count = 0;
  }
  season.sum += value;
  season.count++;
}

/** @returns undefined while too few days are known */
export function usualAt({ means, days }: Season, time: number): number | undefined {
  const at = timeOfDay(Math.floor(time / HALF_HOUR_MS));
  if (days[at] < ENOUGH_DAYS) return undefined;
  const known: number[] = [];
  for (const near of [at, (at + 1) % A_DAY, (at + A_DAY - 1) % A_DAY]) {
    const from = near * DAYS;
    for (let day = 0; day < Math.min(days[near], DAYS); day++) known.push(means[from + day]);
  }
  known.sort((a, b) => a - b);
  return known[known.length >> 1];
}

function keep({ means, days }: Season, at: number, mean: number): void {
  means[at * DAYS + (days[at] % DAYS)] = mean;
  days[at]++;
}

function timeOfDay(halfHour: number): number {
  return ((halfHour % A_DAY) + A_DAY) % A_DAY;
}
