/**
 * What values a number has had of late, and how unlikely another one is beside them. The answer comes from the
 * values themselves as long as they reach, and beyond them from a tail fitted to the largest 2 % (peaks over
 * threshold with a generalised Pareto distribution by moments: Hosking and Wallis, Technometrics 1987).
 */
export interface History {
  /** So many of the newest values are kept. */
  readonly limit: number;
  /** In order of arrival, `next` the oldest once all of them are in use. */
  arrived: Float64Array;
  /** The same, smallest first. */
  sorted: Float64Array;
  count: number;
  next: number;
}

const FIRST_ROOM = 64;
/** Fewer values say nothing about another one. */
export const ENOUGH_VALUES = 30;
const TAIL_SHARE = 0.02;
const TAIL_LEAST = 5;
/** A heavier tail than this has no variance, and moments no meaning. */
const HEAVIEST = 0.5;
/** The tail is at least so wide beside its beginning: a series that never moved is not infinitely sure. */
const NARROWEST = 0.02;

export function createHistory(limit: number): History {
  const room = Math.min(limit, FIRST_ROOM);
  return { limit, arrived: new Float64Array(room), sorted: new Float64Array(room), count: 0, next: 0 };
}

export function remember(history: History, value: number): void {
  if (history.count === history.limit) leave(history, history.arrived[history.next]);
  else if (history.count === history.arrived.length) grow(history);
  const { sorted, arrived, count } = history;
  const at = firstNotBelow(sorted, count, value);
  sorted.copyWithin(at + 1, at, count);
  sorted[at] = value;
  arrived[history.next] = value;
  history.count++;
  history.next = (history.next + 1) % history.limit;
}

function leave(history: History, value: number): void {
  const { sorted } = history;
  const at = firstNotBelow(sorted, history.count, value);
  sorted.copyWithin(at, at + 1, history.count);
  history.count--;
}

function grow(history: History): void {
  const room = Math.min(history.limit, history.count * 2);
  for (const name of ["arrived", "sorted"] as const) {
    const wider = new Float64Array(room);
    wider.set(history[name]);
    history[name] = wider;
  }
}

/** @returns −log10 of the chance of a value at least this high; 0 while too little is known */
export function surpriseAbove(history: History, value: number): number {
  const { sorted, count } = history;
  const atLeast = count - firstNotBelow(sorted, count, value);
  return tail(count, atLeast, value, (rank) => sorted[count - 1 - rank]);
}

/** The same for a value at most this high. */
export function surpriseBelow(history: History, value: number): number {
  const { sorted, count } = history;
  const atMost = firstAbove(sorted, count, value);
  return tail(count, atMost, -value, (rank) => -sorted[rank]);
}

/** @returns the value that a share `q` of the history lies below; NaN when it is empty */
export function quantileOf({ sorted, count }: History, q: number): number {
  if (count === 0) return Number.NaN;
  const at = q * (count - 1);
  const low = Math.floor(at);
  const high = Math.min(count - 1, low + 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** @param ranked the values, the most extreme at rank 0 */
function tail(count: number, beyond: number, value: number, ranked: (rank: number) => number): number {
  if (count < ENOUGH_VALUES) return 0;
  const largest = Math.max(TAIL_LEAST, Math.floor(count * TAIL_SHARE));
  const start = ranked(largest - 1);
  if (value <= start) return -Math.log10((beyond + 1) / (count + 1));
  let mean = 0;
  for (let rank = 0; rank < largest; rank++) mean += ranked(rank) - start;
  mean /= largest;
  let variance = 0;
  for (let rank = 0; rank < largest; rank++) variance += (ranked(rank) - start - mean) ** 2;
  variance /= largest;
  const ratio = (mean * mean) / Math.max(variance, Number.MIN_VALUE);
  const shape = Math.min(HEAVIEST, Math.max(0, (1 - ratio) / 2));
  const scale = shape === 0 ? mean : (mean * (1 + ratio)) / 2;
  const excess = (value - start) / Math.max(scale, NARROWEST * Math.abs(start), Number.MIN_VALUE);
  const exponent = shape < 1e-3 ? excess : Math.log1p(shape * excess) / shape;
  return Math.log10(count / largest) + exponent * Math.LOG10E;
}

function firstNotBelow(sorted: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Float64Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
