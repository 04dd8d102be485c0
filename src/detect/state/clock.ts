/**
 * Stream time: event time made to run forward. Records come a little out of order, files are joined in the wrong
 * order, clocks are set back: an event that is much older than the newest starts a run of its own, which
 * is moved to the present as a whole, so that distances in time inside the run stay true and windows never see
 * time go back by more than the tolerance.
 */
export interface Clock {
  /** The newest stream time. */
  now: number;
  /** Added to the times of the current late run. */
  shift: number;
  late: number;
}

/** Older than this is a late run; younger is plain disorder. */
export const LATE_MS = 3_600_000;

export function createClock(): Clock {
  return { now: 0, shift: 0, late: 0 };
}

/** @returns the stream time of an event at `time`; an event without a time happens now */
export function tick(clock: Clock, time: number): number {
  if (Number.isNaN(time)) return clock.now;
  if (time >= clock.now - LATE_MS) {
    if (time > clock.now) clock.now = time;
    return time;
  }
  clock.late++;
  let moved = time + clock.shift;
  if (Math.abs(moved - clock.now) > LATE_MS) {
    clock.shift = clock.now - time;
    moved = clock.now;
  }
  if (moved > clock.now) clock.now = moved;
  return moved;
}
