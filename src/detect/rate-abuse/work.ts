/** Work or a loop: whether a busy source gets on with something, and whether it was as busy on a day before. */
import { METHOD } from "../../fact.ts";
import { pairKey } from "../../normalize/key.ts";
import type { Moment } from "../detector.ts";
import { hasOrdinaryUsers } from "../endpoints.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";

/** Of what a source asks for while it is busy. */
export interface Work {
  requests: number;
  /** By somebody who is signed in or has a key, or where only machines go. */
  known: number;
  objects: Distinct;
  /** What was written: each carries something of its own. */
  writes: number;
  /** Most requests a minute on days before that gave no cause for alarm, and on this one so far. */
  usual: number;
  peak: number;
}

const EXACT = 64;
const KNOWN_SHARE = 0.9;
/** A batch asks for each thing once or twice; a loop for the same one over and over. */
const NEW_SHARE = 0.5;
const OWN_GROWTH = 2;
const HOURS = 24;

export function createWork(): Work {
  return { requests: 0, known: 0, objects: createDistinct(EXACT), writes: 0, usual: 0, peak: 0 };
}

/** After a pause: what is asked for next is other work. */
export function restartWork(work: Work): void {
  if (work.requests === 0) return;
  work.requests = 0;
  work.known = 0;
  work.writes = 0;
  work.objects = createDistinct(EXACT);
}

export function countWork(work: Work, { fact, endpoint }: Moment): void {
  const { method, status } = fact;
  work.requests++;
  if (fact.userKey !== 0 || fact.credentialKey !== 0 || !hasOrdinaryUsers(endpoint)) work.known++;
  // What is refused is not done, however often it is asked for.
  if (status >= 400 && status !== 404) return;
  if (method >= METHOD.POST && method <= METHOD.DELETE) work.writes++;
  else addDistinct(work.objects, pairKey(fact.pathKey, fact.objectKey));
}

/**
 * @param peak most requests a minute in the hour that is over; 0 when there was cause for alarm
 * @param over that hour, and the present one, since the epoch
 */
export function endHour(work: Work, peak: number, over: number, hour: number): void {
  work.peak = Math.max(work.peak, peak);
  if (Math.floor(over / HOURS) === Math.floor(hour / HOURS)) return;
  work.usual = Math.max(work.usual, work.peak);
  work.peak = 0;
}

/** Whether a great share of the traffic is to be expected of it. */
export function isRegular(work: Work, rate: number): boolean {
  if (rate <= work.usual * OWN_GROWTH) return true;
  const done = countDistinct(work.objects) + work.writes;
  return work.known >= work.requests * KNOWN_SHARE && done >= work.requests * NEW_SHARE;
}
