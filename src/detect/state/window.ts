/** Counts over the last stretch of event time, and buckets that leak. Plain data: state is checkpointed whole. */

/** A sliding window of equal slots; the count is exact to one slot. */
export interface Window {
  /** Milliseconds per slot. */
  readonly slotMs: number;
  readonly slots: number[];
  /** Index of the newest slot in time: floor(time / slotMs). */
  newest: number;
  sum: number;
}

/** @param widthMs the whole window; divided into `slots` */
export function createWindow(widthMs: number, slots: number): Window {
  return { slotMs: widthMs / slots, slots: Array.from({ length: slots }, () => 0), newest: 0, sum: 0 };
}

/** @returns the sum after adding. An event older than the window adds nothing. */
export function addToWindow(window: Window, time: number, amount: number): number {
  const index = slideTo(window, time);
  const { slots } = window;
  if (index <= window.newest - slots.length) return window.sum;
  slots[index % slots.length] += amount;
  window.sum += amount;
  return window.sum;
}

export function windowSum(window: Window, time: number): number {
  slideTo(window, time);
  return window.sum;
}

function slideTo(window: Window, time: number): number {
  const index = Math.floor(time / window.slotMs);
  const { slots } = window;
  if (index <= window.newest) return index;
  const steps = Math.min(index - window.newest, slots.length);
  for (let i = 1; i <= steps; i++) {
    const at = (window.newest + i) % slots.length;
    window.sum -= slots[at] ?? 0;
    slots[at] = 0;
  }
  if (steps === slots.length) {
    slots.fill(0);
    window.sum = 0;
  }
  window.newest = index;
  return index;
}

/** A bucket that leaks at a steady rate: what overflows it came faster than the leak for long enough. */
export interface Bucket {
  level: number;
  at: number;
}

/** @returns the level after pouring; over `capacity` it stands one above, so that a quiet spell empties it */
export function pour(
  bucket: Bucket,
  time: number,
  amount: number,
  leakPerSecond: number,
  capacity: number,
): number {
  const elapsed = Math.max(0, time - bucket.at) / 1000;
  bucket.level = Math.max(0, bucket.level - elapsed * leakPerSecond) + amount;
  bucket.at = Math.max(bucket.at, time);
  const level = bucket.level;
  if (bucket.level > capacity + 1) bucket.level = capacity + 1;
  return level;
}
