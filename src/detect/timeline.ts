/** Traffic over time, in at most twice MAX_STEPS steps whatever the span: when it grows, neighbours are merged. */
export interface TimelineState {
  start: number;
  stepMs: number;
  requests: number[];
  refused: number[];
  failed: number[];
  attacks: number[];
}

const MAX_STEPS = 512;
const FIRST_STEP_MS = 10_000;
/** Events further before the first than the whole span are put into the first step. */

export function createTimeline(): TimelineState {
  return { start: Number.NaN, stepMs: FIRST_STEP_MS, requests: [], refused: [], failed: [], attacks: [] };
}

/** @param time event time; events without one are left out */
export function noteEvent(timeline: TimelineState, time: number, status: number, attack: boolean): void {
  if (Number.isNaN(time)) return;
  if (Number.isNaN(timeline.start)) timeline.start = Math.floor(time / FIRST_STEP_MS) * FIRST_STEP_MS;
  let step = Math.floor((time - timeline.start) / timeline.stepMs);
  if (step < 0) step = prepend(timeline, time);
  while (step >= MAX_STEPS * 2) {
    halve(timeline);
    step = Math.floor((time - timeline.start) / timeline.stepMs);
  }
  while (timeline.requests.length <= step) {
    timeline.requests.push(0);
    timeline.refused.push(0);
    timeline.failed.push(0);
    timeline.attacks.push(0);
  }
  timeline.requests[step]++;
  if (status >= 500) timeline.failed[step]++;
  else if (status >= 400) timeline.refused[step]++;
  if (attack) timeline.attacks[step]++;
}

function prepend(timeline: TimelineState, time: number): number {
  let missing = Math.ceil((timeline.start - time) / timeline.stepMs);
  while (timeline.requests.length + missing > MAX_STEPS * 2) {
    halve(timeline);
    missing = Math.ceil((timeline.start - time) / timeline.stepMs);
  }
  const zeros = new Array<number>(missing).fill(0);
  for (const series of [timeline.requests, timeline.refused, timeline.failed, timeline.attacks]) {
    series.unshift(...zeros);
  }
  timeline.start -= missing * timeline.stepMs;
  return Math.max(0, Math.floor((time - timeline.start) / timeline.stepMs));
}

function halve(timeline: TimelineState): void {
  const merge = (series: number[]) =>
    Array.from(
      { length: Math.ceil(series.length / 2) },
      (_, i) => (series[2 * i] ?? 0) + (series[2 * i + 1] ?? 0),
    );
  timeline.requests = merge(timeline.requests);
  timeline.refused = merge(timeline.refused);
  timeline.failed = merge(timeline.failed);
  timeline.attacks = merge(timeline.attacks);
  timeline.stepMs *= 2;
}
