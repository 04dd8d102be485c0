/**
 * Between what a count per minute is expected to lie, as learned: the season of working days and that of weekends, the
 * distance from it of late, and how far minutes usually lie from both. Counts are compared by their square roots,
 * whose spread is about the same at night and at noon (Anscombe, Biometrika 1948).
 *
 * A minute far outside teaches no more than one at twice the width of the band, and only the first minutes of a stretch
 * outside teach its width; the distance of late reaches no further than a quarter of the root. So a flood does not
 * become normal, and a slow ramp leaves the band instead of moving it.
 */
import { createHistory, ENOUGH_VALUES, type History, quantileOf, remember } from "./history.ts";
import { createSeason, learnSeason, type Season, usualAt } from "./season.ts";

export interface Band {
  readonly workdays: Season;
  readonly weekends: Season;
  /** Roots: the level while no season is known, and the distance from the season of late. */
  level: number;
  distance: number;
  /** Roots: how far minutes were from what was expected. */
  readonly off: History;
  /** Mean square of it: the square of a mean root falls short of the mean by so much. */
  square: number;
  /** End of the newest minute. */
  newest: number;
  minutes: number;
  /** Minutes that had a band, and the share of those of the last week that lay within. */
  judged: number;
  coverage: number;
  /** Minutes outside, up to now, without one within. */
  outside: number;
}

export interface Expected {
  readonly low: number;
  readonly usual: number;
  readonly high: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Two days of minutes. */
const REMEMBERED = 2880;
const WEEK_MINUTES = 10_080;
const LOW = 0.01;
const HIGH = 0.99;
/** A level is followed within about twenty minutes, and forgotten as fast when it is over. */
const WEIGHT = 0.05;
const FORGOTTEN_MS = 30 * MINUTE_MS;
const FARTHEST = 0.25;
const TEACHING_OUTSIDE = 15;

export function createBand(): Band {
  return {
    workdays: createSeason(),
    weekends: createSeason(),
    level: 0,
    distance: 0,
    off: createHistory(REMEMBERED),
    square: 0,
    newest: Number.NaN,
    minutes: 0,
    judged: 0,
    coverage: 0,
    outside: 0,
  };
}

/**
 * By the season alone, whatever the service did of late.
 * @param times how far above the usual, in distances that one minute in a hundred exceeds
 * @returns counts per minute; undefined while no season is known
 */
export function seasonalIn(
  band: Band,
  time: number,
  times: number,
): Pick<Expected, "usual" | "high"> | undefined {
  const root = seasonAt(band, time);
  if (root === undefined) return undefined;
  return {
    usual: root ** 2 + band.square,
    high: (root + times * Math.max(0, quantileOf(band.off, HIGH))) ** 2,
  };
}

/** @param time start of a minute that is over, milliseconds; they come in order, those without requests left out */
export function learnMinute(band: Band, time: number, count: number): void {
  // A pause is minutes of nothing; one that is longer than a day is no part of any season.
  const pause = time - band.newest;
  if (pause <= DAY_MS) for (let at = band.newest; at < time; at += MINUTE_MS) learnOne(band, at, 0);
  learnOne(band, time, count);
}

/** @returns counts per minute; undefined while too little is known */
export function expectedIn(band: Band, time: number): Expected | undefined {
  if (band.off.count < ENOUGH_VALUES) return undefined;
  const root = rootAt(band, time);
  const at = (share: number) => Math.max(0, root + quantileOf(band.off, share)) ** 2;
  return { low: at(LOW), usual: root ** 2 + band.square, high: at(HIGH) };
}

function learnOne(band: Band, time: number, count: number): void {
  const expected = expectedIn(band, time);
  if (expected !== undefined) {
    const within = count >= Math.floor(expected.low) && count <= Math.ceil(expected.high);
    band.judged++;
    band.coverage += ((within ? 1 : 0) - band.coverage) / Math.min(band.judged, WEEK_MINUTES);
    band.outside = within ? 0 : band.outside + 1;
  }
  const root = Math.sqrt(count);
  const seasonal = seasonAt(band, time);
  if (band.minutes > 0 && band.outside <= TEACHING_OUTSIDE) {
    const off = tamed(band, root - rootAt(band, time));
    remember(band.off, off);
    band.square += (off * off - band.square) / band.off.count;
  }
  if (seasonal !== undefined) {
    const most = FARTHEST * seasonal;
    const moved = band.distance + WEIGHT * (root - seasonal - band.distance);
    band.distance = Math.max(-most, Math.min(most, moved));
  }
  band.level += Math.max(WEIGHT, 1 / (band.minutes + 1)) * (root - band.level);
  learnSeason(seasonOf(band, time), time, root);
  band.newest = time + MINUTE_MS;
  band.minutes++;
}

function tamed({ off }: Band, distance: number): number {
  if (off.count < ENOUGH_VALUES) return distance;
  const low = quantileOf(off, LOW);
  const high = quantileOf(off, HIGH);
  return Math.max(2 * low - high, Math.min(2 * high - low, distance));
}

function rootAt(band: Band, time: number): number {
  const seasonal = seasonAt(band, time);
  if (seasonal === undefined) return band.level;
  return Math.max(0, seasonal + band.distance * 2 ** (-Math.abs(time - band.newest) / FORGOTTEN_MS));
}

function seasonAt(band: Band, time: number): number | undefined {
  return usualAt(seasonOf(band, time), time) ?? usualAt(band.workdays, time);
}

/** Days of UTC; the epoch was a Thursday. */
function seasonOf(band: Band, time: number): Season {
  const day = Math.floor(time / DAY_MS) % 7;
  return day === 2 || day === 3 ? band.weekends : band.workdays;
}
