/**
 * How fast events are taken: a rate, and how long senders waited. Figures of the last half to whole minute, counted in
 * a fixed number of steps, so that they cost the same whatever comes.
 */
export interface Pace {
  /** A batch was acknowledged after so many milliseconds. */
  note(events: number, milliseconds: number): void;
  readonly eventsPerSecond: number;
  /** Milliseconds within which this share of batches was acknowledged, to 12 % too high at most; NaN without any. */
  acknowledgedIn(share: number): number;
}

const WINDOW_MS = 30_000;
/** From a tenth of a millisecond to beyond a minute. */
const STEPS = 128;
const FIRST_MS = 0.1;
const GROWTH = 1.12;

interface Window {
  readonly began: number;
  events: number;
  batches: number;
  readonly steps: Uint32Array;
}

/** @param clock milliseconds that only grow */
export function createPace(clock: () => number = () => performance.now()): Pace {
  let now = fresh(clock());
  let before: Window | undefined;

  function turn(): void {
    const at = clock();
    if (at - now.began < WINDOW_MS) return;
    // What is older than two windows is over.
    before = at - now.began < 2 * WINDOW_MS ? now : undefined;
    now = fresh(at);
  }

  return {
    note(events, milliseconds) {
      turn();
      now.events += events;
      now.batches++;
      const step = stepOf(milliseconds);
      now.steps[step] = (now.steps[step] ?? 0) + 1;
    },
    get eventsPerSecond() {
      turn();
      const began = before?.began ?? now.began;
      const seconds = Math.max(1, (clock() - began) / 1000);
      return (now.events + (before?.events ?? 0)) / seconds;
    },
    acknowledgedIn(share) {
      turn();
      const batches = now.batches + (before?.batches ?? 0);
      if (batches === 0) return Number.NaN;
      let left = Math.ceil(batches * share);
      for (let step = 0; step < STEPS; step++) {
        left -= (now.steps[step] ?? 0) + (before?.steps[step] ?? 0);
        if (left <= 0) return FIRST_MS * GROWTH ** step;
      }
      return Number.POSITIVE_INFINITY;
    },
  };
}

function fresh(began: number): Window {
  return { began, events: 0, batches: 0, steps: new Uint32Array(STEPS) };
}

function stepOf(milliseconds: number): number {
  if (milliseconds <= FIRST_MS) return 0;
  return Math.min(STEPS - 1, Math.ceil(Math.log(milliseconds / FIRST_MS) / Math.log(GROWTH)));
}
