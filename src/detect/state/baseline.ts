/**
 * What a series of counts usually is: a mean and a spread that follow slowly, by hour of the week once there is
 * history for it. Spikes are clamped before they are learned, so that a slow ramp stays visible and an attack
 * does not become normal.
 */
export interface Baseline {
  /** Exponentially weighted; NaN before the first value. */
  mean: number;
  variance: number;
  count: number;
  /** By hour of the week (0 is Thursday 00:00 UTC, as the epoch): mean and how often it was seen. */
  readonly hours: Float64Array;
  readonly hourCounts: Uint32Array;
}

const HOURS = 168;
const HOUR_MS = 3_600_000;
/** Weight of a new value once enough are known; before that all weigh the same. */
const WEIGHT = 0.02;
/** The same for an hour of the week: a morning that is busy from nine on is known by ten. */
const HOUR_WEIGHT = 0.25;
/** A value teaches at most this many spreads above the mean, or this many times the mean. */
const CLAMP_SPREADS = 4;
const CLAMP_FACTOR = 2;

export interface Expectation {
  readonly mean: number;
  readonly spread: number;
  /** How many values stand behind it. */
  readonly count: number;
  /** True when this hour of the week, or this hour on other days, is known. */
  readonly seasonal: boolean;
}

export function createBaseline(): Baseline {
  return {
    mean: Number.NaN,
    variance: 0,
    count: 0,
    hours: new Float64Array(HOURS),
    hourCounts: new Uint32Array(HOURS),
  };
}

function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS) % HOURS;
}

/** @param time event time, milliseconds */
export function expectation(baseline: Baseline, time: number): Expectation {
  const { count } = baseline;
  if (count === 0) return { mean: 0, spread: 0, count: 0, seasonal: false };
  const hour = hourOf(time);
  const week = baseline.hourCounts[hour];
  let mean = baseline.mean;
  let seasonal = false;
  if (week > 0) {
    mean = baseline.hours[hour];
    seasonal = true;
  } else {
    const days = sameHourOnOtherDays(baseline, time);
    if (days !== undefined) {
      mean = days;
      seasonal = true;
    }
  }
  const spread = Math.sqrt(Math.max(baseline.variance, mean, 1));
  return { mean, spread, count, seasonal };
}

/** The mean of this hour on the other days of the week; undefined when none is known. */
export function sameHourOnOtherDays(baseline: Baseline, time: number): number | undefined {
  const hour = hourOf(time);
  let sum = 0;
  let seen = 0;
  for (let h = hour % 24; h < HOURS; h += 24) {
    if (h === hour || baseline.hourCounts[h] === 0) continue;
    sum += baseline.hours[h];
    seen++;
  }
  return seen === 0 ? undefined : sum / seen;
}

export function learn(baseline: Baseline, time: number, value: number): void {
  const expected = expectation(baseline, time);
  const enough = baseline.count >= 10;
  const high = Math.max(expected.mean + CLAMP_SPREADS * expected.spread, expected.mean * CLAMP_FACTOR);
  const most = enough ? high : value;
  const taught = Math.min(value, most);
  baseline.count++;
  const weight = Math.max(WEIGHT, 1 / baseline.count);
  if (Number.isNaN(baseline.mean)) baseline.mean = taught;
  else {
    const off = taught - (expected.seasonal ? expected.mean : baseline.mean);
    baseline.variance = (1 - weight) * (baseline.variance + weight * off * off);
    baseline.mean += weight * (taught - baseline.mean);
  }
  const hour = hourOf(time);
  const seen = ++baseline.hourCounts[hour];
  baseline.hours[hour] += (taught - baseline.hours[hour]) * Math.max(HOUR_WEIGHT, 1 / seen);
}
