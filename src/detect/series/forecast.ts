/**
 * Where a series will be: its season, and a level with a damped trend beside it (Gardner and McKenzie, Management Science
 * 1985). How sure that is was measured, not assumed: each forecast is kept until its time comes, and the interval is where
 * nine in ten of the earlier ones for the same time ahead turned out (split conformal prediction, without a model of
 * the noise).
 */
import { createHistory, ENOUGH_VALUES, type History, quantileOf, remember } from "./history.ts";
import { createSeason, learnSeason, type Season, usualAt } from "./season.ts";

export interface Forecasting {
  /** Between points, milliseconds. */
  readonly stepMs: number;
  /** Of distances from `mean`, which follows within a day. */
  readonly season: Season;
  mean: number;
  /** Beside the season. */
  level: number;
  trend: number;
  count: number;
  /** Of single steps: a value teaches no more than an unusual one of them. */
  readonly missed: History;
  readonly horizons: readonly Horizon[];
}

interface Horizon {
  readonly steps: number;
  /** A ring of forecasts, the oldest about now. */
  readonly pending: Float64Array;
  /** By how much the value was above the forecast. */
  readonly errors: History;
  /** Forecasts that had an interval and came due, and the share of them that it held. */
  judged: number;
  coverage: number;
  readonly pendingLow: Float64Array;
  readonly pendingHigh: Float64Array;
}

export interface Forecast {
  /** Steps ahead. */
  readonly steps: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly judged: number;
  readonly coverage: number;
}

const MEAN_WEIGHT = 1 / 288;
const LEVEL_WEIGHT = 0.3;
const TREND_WEIGHT = 0.1;
const DAMPING = 0.97;
const REMEMBERED = 576;
const TAIL = 0.05;

export function createForecasting(stepMs: number, horizons: readonly number[]): Forecasting {
  return {
    stepMs,
    season: createSeason(),
    mean: 0,
    level: 0,
    trend: 0,
    count: 0,
    missed: createHistory(REMEMBERED),
    horizons: horizons.map((steps) => ({
      steps,
      pending: new Float64Array(steps).fill(Number.NaN),
      pendingLow: new Float64Array(steps).fill(Number.NaN),
      pendingHigh: new Float64Array(steps).fill(Number.NaN),
      errors: createHistory(REMEMBERED),
      judged: 0,
      coverage: 0,
    })),
  };
}

/** Learns a point, and what became of the forecasts for it. @param time milliseconds; points are a step apart */
export function learnPoint(forecasting: Forecasting, time: number, value: number): void {
  for (const horizon of forecasting.horizons) settle(horizon, forecasting.count, value);
  learnLevel(forecasting, value - seasonal(forecasting, time));
  const weight = Math.max(MEAN_WEIGHT, 1 / (forecasting.count + 1));
  forecasting.mean += weight * (value - forecasting.mean);
  learnSeason(forecasting.season, time, value - forecasting.mean);
  for (const horizon of forecasting.horizons) {
    const at = forecasting.count % horizon.steps;
    const forecast = forecastAt(forecasting, time, horizon);
    horizon.pending[at] = forecast.value;
    horizon.pendingLow[at] = forecast.low;
    horizon.pendingHigh[at] = forecast.high;
  }
  forecasting.count++;
}

/** @returns one for each horizon; bounds are NaN while too few have come due */
export function forecasts(forecasting: Forecasting, time: number): Forecast[] {
  return forecasting.horizons.map((horizon) => forecastAt(forecasting, time, horizon));
}

function forecastAt(forecasting: Forecasting, time: number, horizon: Horizon): Forecast {
  const { level, trend, stepMs } = forecasting;
  const { steps, errors, judged, coverage } = horizon;
  const grown = (trend * DAMPING * (1 - DAMPING ** steps)) / (1 - DAMPING);
  const value = seasonal(forecasting, time + steps * stepMs) + level + grown;
  const enough = errors.count >= ENOUGH_VALUES;
  const bound = (share: number) => (enough ? value + quantileOf(errors, share) : Number.NaN);
  return { steps, value, low: bound(TAIL), high: bound(1 - TAIL), judged, coverage };
}

function settle(horizon: Horizon, count: number, value: number): void {
  const at = count % horizon.steps;
  const forecast = horizon.pending[at];
  if (Number.isNaN(forecast)) return;
  remember(horizon.errors, value - forecast);
  if (Number.isNaN(horizon.pendingLow[at])) return;
  const held = value >= horizon.pendingLow[at] && value <= horizon.pendingHigh[at];
  horizon.judged++;
  horizon.coverage += ((held ? 1 : 0) - horizon.coverage) / Math.min(horizon.judged, REMEMBERED);
}

function learnLevel(forecasting: Forecasting, value: number): void {
  if (forecasting.count === 0) {
    forecasting.level = value;
    return;
  }
  const due = forecasting.level + DAMPING * forecasting.trend;
  const missed = tamed(forecasting.missed, value - due);
  remember(forecasting.missed, value - due);
  forecasting.level = due + LEVEL_WEIGHT * missed;
  forecasting.trend = DAMPING * forecasting.trend + LEVEL_WEIGHT * TREND_WEIGHT * missed;
}

function tamed(missed: History, by: number): number {
  if (missed.count < ENOUGH_VALUES) return by;
  const low = quantileOf(missed, TAIL);
  const high = quantileOf(missed, 1 - TAIL);
  return Math.max(2 * low - high, Math.min(2 * high - low, by));
}

/** 0 until there is a season. */
function seasonal({ season }: Forecasting, time: number): number {
  return usualAt(season, time) ?? 0;
}
