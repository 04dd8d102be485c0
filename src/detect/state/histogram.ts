/**
 * A histogram of positive numbers, four buckets to the octave, so that every quantile is within 12 % (the idea of
 * DDSketch: Masson, Rim and Lee, VLDB 2019; octaves by `clz32` instead of logarithms, 3 ns instead of 20). Values
 * below 1 share bucket 0; values past 2^29 share the last.
 */
export interface Histogram {
  readonly counts: Float64Array;
  total: number;
}

export const HISTOGRAM_BUCKETS = 120;
const LARGEST = 2 ** 29;

export function createHistogram(): Histogram {
  return { counts: new Float64Array(HISTOGRAM_BUCKETS), total: 0 };
}

export function bucketOf(value: number): number {
  if (!(value >= 1)) return 0;
  const quarters = (value < LARGEST ? value * 4 : LARGEST * 4 - 1) >>> 0;
  const exponent = 31 - Math.clz32(quarters);
  return 1 + ((exponent - 2) << 2) + ((quarters >>> (exponent - 2)) & 3);
}

/** The middle of a bucket. */
export function bucketValue(bucket: number): number {
  if (bucket === 0) return 0.5;
  const octave = (bucket - 1) >> 2;
  return (2 ** octave * (4.5 + ((bucket - 1) & 3))) / 4;
}

export function addToHistogram(histogram: Histogram, value: number, amount = 1): void {
  histogram.counts[bucketOf(value)] += amount;
  histogram.total += amount;
}

/** @returns NaN when empty */
export function quantile(histogram: Histogram, q: number): number {
  if (histogram.total <= 0) return Number.NaN;
  const wanted = q * histogram.total;
  let seen = 0;
  for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
    seen += histogram.counts[bucket];
    if (seen >= wanted && seen > 0) return bucketValue(bucket);
  }
  return bucketValue(HISTOGRAM_BUCKETS - 1);
}

/** The share of values in the bucket of `value` and its two neighbours: how usual a value is. */
export function shareNear(histogram: Histogram, value: number): number {
  if (histogram.total <= 0) return 0;
  const bucket = bucketOf(value);
  const { counts } = histogram;
  const near = counts[bucket] + (counts[bucket - 1] ?? 0) + (counts[bucket + 1] ?? 0);
  return near / histogram.total;
}

export function mergeHistogram(from: Histogram, into: Histogram): void {
  for (let i = 0; i < HISTOGRAM_BUCKETS; i++) into.counts[i] += from.counts[i];
  into.total += from.total;
}

/** Forgets a share of the past, so that the newest traffic weighs most. */
export function decayHistogram(histogram: Histogram, keep: number): void {
  for (let i = 0; i < HISTOGRAM_BUCKETS; i++) histogram.counts[i] *= keep;
  histogram.total *= keep;
}
