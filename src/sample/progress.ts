/**
 * How far the sample has been sent, and in which pieces it is. The pieces are a function of what is kept, so that
 * after a crash the same pieces go out again under the same keys, and those that had arrived are known.
 */
import { HISTORY_MS } from "./traffic.ts";

export interface SampleProgress {
  /** Milliseconds since the epoch, as all of these. */
  readonly began: number;
  /** Everything before it has been sent. */
  readonly until: number;
  /** Up to here the pieces are coarse: the past is sent at once. */
  readonly coarseUntil: number;
}

const FINE_MS = 5_000;
/** One goes over into the other at the multiples of it. */
const COARSE_MS = 300_000;

export function beginning(now: number): SampleProgress {
  const today = floor(now);
  return { began: today - HISTORY_MS, until: today - HISTORY_MS, coarseUntil: today };
}

/** Where the next piece ends. */
export function endOfNext({ until, coarseUntil }: SampleProgress): number {
  const seam = floor(until) + COARSE_MS;
  return until < coarseUntil ? seam : Math.min(until + FINE_MS, seam);
}

/**
 * After a pause, what was missed is sent in coarse pieces too; what nobody would look back to is left out.
 * @param resumed where the progress was that this process took up: fine pieces from there on may have been sent by the
 *   one before it
 */
export function caughtUp(progress: SampleProgress, now: number, resumed: number): SampleProgress {
  const { until, coarseUntil } = progress;
  const today = floor(now);
  if (until < coarseUntil || until !== floor(until) || until >= today || until === resumed) return progress;
  return { ...progress, until: Math.max(until, today - HISTORY_MS), coarseUntil: today };
}

function floor(time: number): number {
  return Math.floor(time / COARSE_MS) * COARSE_MS;
}
