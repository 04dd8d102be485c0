/** One number of a service that is followed in spans of five minutes, and what it is heading for. */
import { MINUTE_MS } from "../minutes.ts";
import {
  createForecasting,
  type Forecast,
  type Forecasting,
  forecasts,
  learnPoint,
} from "../series/forecast.ts";
import { createHistory, type History, quantileOf, remember } from "../series/history.ts";
import type { Verdict } from "../verdict.ts";

export const SPAN_MS = 5 * MINUTE_MS;
/** Half an hour, an hour, two hours. */
const HORIZONS = [6, 12, 24];
/** Two days. */
const REMEMBERED = 576;
/** A missing span is taken for the one before, up to an hour of them. */
const CARRIED_SPANS = 12;
/** Three hours before anything is foretold, and a quarter of one in which it is foretold each time. */
const ENOUGH_SPANS = 36;
const TIMES = 3;
/** Growth that goes on shows in every quarter of the last hour; a step, as a release makes, in two of them at most. */
const QUARTERS = 4;
const QUARTER_SPANS = 3;
const SHARE_OF_GROWTH = 0.2;

export interface Track {
  readonly forecasting: Forecasting;
  readonly usual: History;
  span: number;
  last: number;
  /** Of the last hour, the newest last. */
  readonly hour: number[];
  /** Spans in a row that foretold a breach. */
  foretold: number;
  verdict: Verdict | undefined;
}

export interface Breach extends Forecast {
  readonly usual: number;
  readonly now: number;
}

export function createTrack(): Track {
  return {
    forecasting: createForecasting(SPAN_MS, HORIZONS),
    usual: createHistory(REMEMBERED),
    span: 0,
    last: Number.NaN,
    hour: [],
    foretold: 0,
    verdict: undefined,
  };
}

/**
 * @param span counted from the epoch, in order
 * @param lineOf what it must not reach, by what is usual
 * @returns the first forecast that reaches it with even its lower bound beyond halfway, when the last ones said so too
 */
export function follow(
  track: Track,
  span: number,
  value: number,
  lineOf: (usual: number) => number,
): Breach | undefined {
  const { forecasting, usual } = track;
  const missing = span - track.span - 1;
  if (missing <= CARRIED_SPANS && !Number.isNaN(track.last)) {
    for (let at = track.span + 1; at < span; at++) learnPoint(forecasting, at * SPAN_MS, track.last);
  }
  learnPoint(forecasting, span * SPAN_MS, value);
  remember(usual, value);
  track.span = span;
  track.last = value;
  track.hour.push(value);
  if (track.hour.length > QUARTERS * QUARTER_SPANS) track.hour.shift();
  const middle = quantileOf(usual, 0.5);
  const line = lineOf(middle);
  const halfway = (middle + line) / 2;
  const breach = forecasts(forecasting, span * SPAN_MS).find(
    (one) => one.value >= line && one.low >= halfway,
  );
  track.foretold = breach === undefined || value >= line || !grows(track.hour) ? 0 : track.foretold + 1;
  if (breach === undefined || track.foretold < TIMES || usual.count < ENOUGH_SPANS) return undefined;
  return { ...breach, usual: middle, now: value };
}

function grows(hour: readonly number[]): boolean {
  if (hour.length < QUARTERS * QUARTER_SPANS) return false;
  const means = Array.from({ length: QUARTERS }, (_, quarter) => {
    const spans = hour.slice(quarter * QUARTER_SPANS, (quarter + 1) * QUARTER_SPANS);
    return spans.reduce((sum, value) => sum + value, 0) / QUARTER_SPANS;
  });
  const growth = means[QUARTERS - 1] - means[0];
  return growth > 0 && means.slice(1).every((mean, i) => mean - means[i] >= SHARE_OF_GROWTH * growth);
}
