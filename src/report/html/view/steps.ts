/** The traffic's steps folded to as many as a chart can show, and the round times under them. */
import type { PageTimeline } from "../page.ts";

export interface Steps {
  readonly start: number;
  readonly end: number;
  readonly stepMs: number;
  readonly length: number;
  readonly requests: readonly number[];
  readonly refused: readonly number[];
  readonly failed: readonly number[];
  readonly attacks: readonly number[];
}

/** Whole steps are joined, so that every bar stands for the same time. */
export function foldSteps(timeline: PageTimeline, most: number): Steps {
  const joined = Math.max(1, Math.ceil(timeline.requests.length / most));
  const fold = (series: readonly number[]) => {
    const folded = new Array<number>(Math.ceil(series.length / joined)).fill(0);
    for (const [index, value] of series.entries()) folded[Math.floor(index / joined)] += value;
    return folded;
  };
  const requests = fold(timeline.requests);
  const stepMs = timeline.stepMs * joined;
  return {
    start: timeline.start,
    end: timeline.start + stepMs * requests.length,
    stepMs,
    length: requests.length,
    requests,
    refused: fold(timeline.refused),
    failed: fold(timeline.failed),
    attacks: fold(timeline.attacks),
  };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ROUND = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 56, 112, 365, 730].map((n) => n * DAY),
];

interface Ticks {
  readonly stepMs: number;
  readonly times: readonly number[];
}

/** At most `most` round times within the span. */
export function ticks(start: number, end: number, most: number): Ticks {
  const span = end - start;
  const stepMs = ROUND.find((size) => span / size <= most) ?? Math.ceil(span / most / DAY) * DAY;
  const times: number[] = [];
  for (let time = Math.ceil(start / stepMs) * stepMs; time < end; time += stepMs) times.push(time);
  return { stepMs, times };
}
