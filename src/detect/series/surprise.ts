/**
 * How surprising each new value of a series is, beside all that the series did before: by its height, its step, its
 * distance from the season, the change of level and the change of roughness. Each is held against its own
 * history, so that no scale, unit or distribution is assumed; the three greatest surprises are added up, as evidence
 * from several sides is worth more than from one.
 *
 * Bounded plain data, one pass, no randomness: the same values give the same scores.
 */
import { createHistory, type History, remember, surpriseAbove, surpriseBelow } from "./history.ts";
import { addRecent, changeOf, createRecent, type Recent, valueAgo } from "./recent.ts";
import { createSeason, learnSeason, type Season, usualAt } from "./season.ts";

export interface SurpriseSeries {
  readonly values: History;
  readonly steps: History;
  readonly offSeason: History;
  readonly levels: History;
  readonly roughness: History;
  readonly season: Season;
  readonly recent: Recent;
}

export const SIDES = ["high", "low", "step", "season", "level", "roughness"] as const;
export type Side = (typeof SIDES)[number];

export interface Surprise {
  /** In tenfold unlikelihoods: the sum of the three greatest sides. */
  readonly score: number;
  /** −log10 of the chance of each side, at most 8. */
  readonly sides: Readonly<Record<Side, number>>;
}

/** Past one in a hundred million no history of this length knows anything. */
const MOST = 8;
const COUNTED_SIDES = 3;

/** @param limit values that each side remembers: 8 bytes each, twice, five times */
export function createSurpriseSeries(limit: number): SurpriseSeries {
  return {
    values: createHistory(limit),
    steps: createHistory(limit),
    offSeason: createHistory(limit),
    levels: createHistory(limit),
    roughness: createHistory(limit),
    season: createSeason(),
    recent: createRecent(),
  };
}

/**
 * Judges a value, then learns it.
 * @param time event time, milliseconds; it runs forward
 */
export function surprise(series: SurpriseSeries, time: number, value: number): Surprise {
  const { values, recent } = series;
  const first = recent.count === 0;
  const before = first ? value : valueAgo(recent, 0);
  addRecent(recent, value);
  learnSeason(series.season, time, value);
  const usual = usualAt(series.season, time);
  const change = changeOf(recent);
  const sides: Record<Side, number> = {
    high: Math.min(MOST, surpriseAbove(values, value)),
    low: Math.min(MOST, surpriseBelow(values, value)),
    step: first ? 0 : judged(series.steps, Math.abs(value - before)),
    season: usual === undefined ? 0 : judged(series.offSeason, Math.abs(value - usual)),
    level: change === undefined ? 0 : judged(series.levels, change.level),
    roughness: change === undefined ? 0 : judged(series.roughness, change.roughness),
  };
  remember(values, value);
  const ranked = Object.values(sides).sort((a, b) => b - a);
  let score = 0;
  for (let i = 0; i < COUNTED_SIDES; i++) score += ranked[i] ?? 0;
  return { score, sides };
}

function judged(history: History, value: number): number {
  const surprising = Math.min(MOST, surpriseAbove(history, value));
  remember(history, value);
  return surprising;
}
