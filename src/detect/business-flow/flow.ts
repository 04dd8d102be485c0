/** What is usual before one step of a service, learned from those who make it: which steps, how often, and how fast. */

import {
  addToHistogram,
  createHistogram,
  decayHistogram,
  type Histogram,
  quantile,
} from "../state/histogram.ts";
import { type Keyed, peek } from "../state/keyed.ts";
import { createPeers, type Peers } from "../state/peers.ts";
import { eachStep, lastUse, type Recent } from "./recent.ts";

interface Before {
  /** Runs that had this step before them within a day. */
  seen: number;
  /** The same as a share that follows quickly: a release may drop a step from one minute to the next. */
  lately: number;
  /** Of runs that were not the first of the day, those that had it since the run before; and the quick share of them. */
  anew: number;
  anewLately: number;
}

export interface Flow {
  /** Successful uses, and those by somebody who had used it within the hour. */
  uses: number;
  repeats: number;
  /** Uses that the same one followed up with another step soon. */
  followed: number;
  /** Runs that taught which steps come before, and those of them that were not the first of the day. */
  runs: number;
  repeated: number;
  /** By endpoint. */
  readonly before: Map<number, Before>;
  /** Tenths of a second since the visit began, or since the run before: of those who may be people. */
  readonly pace: Histogram;
  /** How many runs told how many of them are too fast for people, and the share of late. */
  timed: number;
  usualFast: number;
  /** Runs within a day: of one account (or address without any), and of one address. */
  readonly ofOne: Peers;
  readonly ofAddress: Peers;
}

export const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Follow-up is soon. */
export const SOON_MS = 600_000;
const MOST_BEFORE = 24;
const MEMORY = 2000;
/** Fewer runs tell nothing of a flow. */
const ENOUGH_RUNS = 60;
const ENOUGH_USES = 10;
/** Heartbeats, telemetry and one address for everything are no steps. */
const CHATTY_SHARE = 0.7;
const GOES_ON_SHARE = 0.7;
/** "Nearly everybody": all but one in a hundred, or but two while there are few. */
const MISSES_SHARE = 0.01;
const MISSES = 2;
/** Ten runs in a row without a step, by different people, and it is no longer asked for. */
const LATELY_SHARE = 0.6;
const LATELY_WEIGHT = 0.05;
/** Fewer runs tell nothing of their pace. */
const ENOUGH_PACES = 20;
/** What half of all do in less than half a minute needs no person. */
const PERSON_TENTHS = 300;
/** Fast is a twentieth of the time of one in two, and three seconds at most: nobody gets to the end in that. */
const FASTER = 20;
const NO_PERSON_TENTHS = 30;
/** An application may take up a run where it was left yesterday: where many do, speed tells nothing. */
const FAST_IS_USUAL = 0.25;
const FAST_WEIGHT = 0.02;

export function createFlow(): Flow {
  return {
    uses: 0,
    repeats: 0,
    followed: 0,
    runs: 0,
    repeated: 0,
    before: new Map(),
    pace: createHistogram(),
    timed: 0,
    usualFast: 0,
    ofOne: createPeers(),
    ofAddress: createPeers(),
  };
}

export function isChatty({ uses, repeats }: Flow): boolean {
  return uses >= ENOUGH_USES && repeats >= uses * CHATTY_SHARE;
}

/** Whether people mostly stop here: the end of a flow, and not a step on the way. */
export function isGoal(flow: Flow): boolean {
  return flow.uses >= ENOUGH_USES && flow.followed < flow.uses * GOES_ON_SHARE;
}

export function isKnown({ runs }: Flow): boolean {
  return runs >= ENOUGH_RUNS;
}

/** Of the endpoints that came before, those that turned out to be called all the time are no steps. */
function isStep(flows: Keyed<Flow>, endpoint: number): boolean {
  const flow = peek(flows, endpoint + 2);
  return flow === undefined || !isChatty(flow);
}

/**
 * A step that nearly everybody makes and this one did not: within a day, or since the run before where each run needs
 * its own. Undefined when there is none.
 */
export function missingStep(
  flows: Keyed<Flow>,
  flow: Flow,
  recent: Recent,
  now: number,
  last: number,
): number | undefined {
  const { runs, repeated } = flow;
  const again = !Number.isNaN(last) && repeated >= ENOUGH_RUNS;
  for (const [endpoint, { seen, lately, anew, anewLately }] of flow.before) {
    if (!nearlyAll(seen, runs, lately)) continue;
    const used = lastUse(recent, endpoint, now);
    const stale = again && used <= last && nearlyAll(anew, repeated, anewLately);
    if ((Number.isNaN(used) || stale) && isStep(flows, endpoint)) return endpoint;
  }
  return undefined;
}

function nearlyAll(seen: number, runs: number, lately: number): boolean {
  return runs - seen <= Math.max(MISSES, runs * MISSES_SHARE) && lately >= LATELY_SHARE;
}

/** Tenths of a second below which a run is no person's; undefined where that is not known, or nothing strange. */
export function fastLine({ pace, usualFast }: Flow): number | undefined {
  if (pace.total < ENOUGH_PACES || usualFast > FAST_IS_USUAL) return undefined;
  const median = quantile(pace, 0.5);
  return median < PERSON_TENTHS ? undefined : Math.min(NO_PERSON_TENTHS, median / FASTER);
}

/** Of a hundred runs, how many had that step before them. */
export function shareOf({ before, runs }: Flow, endpoint: number): number {
  return Math.floor((100 * (before.get(endpoint)?.seen ?? 0)) / runs);
}

/** The pace of one in two. */
export function usualPace({ pace }: Flow): number {
  return quantile(pace, 0.5) / 10;
}

/** One more run from which to learn which steps come before. @param last when the one before was, NaN when not within a day */
export function learnSteps(flow: Flow, recent: Recent, now: number, endpoint: number, last: number): void {
  const again = !Number.isNaN(last);
  flow.runs++;
  if (again) flow.repeated++;
  for (const before of flow.before.values()) {
    before.lately *= 1 - LATELY_WEIGHT;
    if (again) before.anewLately *= 1 - LATELY_WEIGHT;
  }
  eachStep(recent, now, DAY_MS, (step, time) => {
    if (step === endpoint) return;
    const anew = again && time > last;
    const before = flow.before.get(step);
    if (before !== undefined) {
      before.seen++;
      before.lately += LATELY_WEIGHT;
      if (!anew) return;
      before.anew++;
      before.anewLately += LATELY_WEIGHT;
    } else if (flow.before.size < MOST_BEFORE) {
      flow.before.set(step, { seen: 1, lately: 1, anew: anew ? 1 : 0, anewLately: 1 });
    }
  });
  if (flow.runs >= MEMORY) forgetHalf(flow);
}

/** One more run from which to learn how long it takes. */
export function learnPace(flow: Flow, pace: number): void {
  const fast = pace < NO_PERSON_TENTHS;
  flow.timed++;
  flow.usualFast += Math.max(FAST_WEIGHT, 1 / flow.timed) * ((fast ? 1 : 0) - flow.usualFast);
  if (!fast) addToHistogram(flow.pace, pace);
}

/** What was long ago weighs less; steps that hardly anyone made make room. */
function forgetHalf(flow: Flow): void {
  flow.runs /= 2;
  flow.repeated /= 2;
  decayHistogram(flow.pace, 0.5);
  for (const [endpoint, before] of flow.before) {
    before.seen /= 2;
    before.anew /= 2;
    if (before.seen < flow.runs * 0.05) flow.before.delete(endpoint);
  }
}

/** Counts a use. @param again the same one used it within the hour */
export function countUse(flow: Flow, again: boolean): void {
  flow.uses++;
  if (again) flow.repeats++;
  if (flow.uses < MEMORY) return;
  flow.uses /= 2;
  flow.repeats /= 2;
  flow.followed /= 2;
}
