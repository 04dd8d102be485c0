/** How long to wait before the next attempt: twice as long each time, with jitter, as long as the receiver asks at least. */

const FIRST_MS = 5_000;
const MOST_MS = 3_600_000;

/**
 * @param attempt how many have failed, 1 or more
 * @param random 0 to 1: half of the delay is drawn, so that many senders do not come back at once
 * @returns milliseconds
 */
export function backoff(attempt: number, random: number, waitMs = 0): number {
  const full = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(30, attempt - 1));
  return Math.max(waitMs, Math.round(full / 2 + (full / 2) * random));
}
