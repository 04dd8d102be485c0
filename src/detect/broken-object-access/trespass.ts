/** What one principal does among objects of one kind that are not known to be its own. */
import { type Fact, METHOD } from "../../fact.ts";
import { addDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import type { Verdict } from "../verdict.ts";

/** One stretch of time. */
export interface Tally {
  since: number;
  /** Event time of its first event. */
  firstTime: number;
  requests: number;
  /** Different objects, in this stretch new to this principal. */
  objects: number;
  /** Those known to be used by others, and given. */
  others: number;
  /** Those that were refused or not found. */
  refused: number;
  /** Steps between numbers, those to a near one in the direction of the one before, and the numbers' range. */
  steps: number;
  orderly: number;
  lowest: number;
  highest: number;
}

export interface Trespass {
  /** Different objects since the longest stretch began. */
  seen: Distinct;
  /** Owners of what was given, as far as they are known. */
  owners: Distinct;
  readonly tallies: Tally[];
  /** Most objects of others by stretch, before, without giving cause for alarm. */
  readonly usual: number[];
  /** Most objects of any kind in a day before. */
  usualObjects: number;
  last: number;
  direction: number;
  /** How often it told something about whose objects these are. */
  votes: number;
  /** Answers that held as much as this endpoint's usually do. */
  substantial: number;
  bytes: number;
  /** Names of objects that were given, as far as they were noted. */
  readonly names: string[];
  verdict: Verdict | undefined;
}

const EXACT = 64;
/** A walk that leaves out what it knows still steps by a few. */
const NEAR = 16;

export function createTrespass(now: number, time: number, tallies: number): Trespass {
  return {
    seen: createDistinct(EXACT),
    owners: createDistinct(EXACT),
    tallies: Array.from({ length: tallies }, () => createTally(now, time)),
    usual: new Array<number>(tallies).fill(0),
    usualObjects: 0,
    last: Number.NaN,
    direction: 0,
    votes: 0,
    substantial: 0,
    bytes: 0,
    names: [],
    verdict: undefined,
  };
}

export function createTally(now: number, time: number): Tally {
  return {
    since: now,
    firstTime: time,
    requests: 0,
    objects: 0,
    others: 0,
    refused: 0,
    steps: 0,
    orderly: 0,
    lowest: Number.POSITIVE_INFINITY,
    highest: Number.NEGATIVE_INFINITY,
  };
}

export function isRefused({ status }: Fact): boolean {
  return status === 403 || status === 404 || status === 401 || status === 410;
}

/** @returns whether the object was new */
export function countObject(trespass: Trespass, fact: Fact, others: boolean): boolean {
  for (const tally of trespass.tallies) tally.requests++;
  if (!addDistinct(trespass.seen, fact.objectKey)) return false;
  const refused = isRefused(fact);
  const number = fact.objectNumber;
  const step = number - trespass.last;
  const direction = Math.sign(step);
  const orderly = Math.abs(step) <= NEAR && direction === trespass.direction;
  for (const tally of trespass.tallies) {
    tally.objects++;
    if (others) tally.others++;
    if (refused) tally.refused++;
    if (Number.isNaN(number)) continue;
    if (!Number.isNaN(step)) tally.steps++;
    if (orderly) tally.orderly++;
    if (number < tally.lowest) tally.lowest = number;
    if (number > tally.highest) tally.highest = number;
  }
  if (!Number.isNaN(number)) {
    trespass.last = number;
    if (direction !== 0) trespass.direction = direction;
  }
  return true;
}

/** Share of the steps that count up or down. */
export function orderShare(tally: Tally): number {
  return tally.steps === 0 ? 0 : tally.orderly / tally.steps;
}

export function refusedShare(tally: Tally): number {
  return tally.objects === 0 ? 0 : tally.refused / tally.objects;
}

/** Changing what is not one's own is worse than reading it. */
export function isChange({ method }: Fact): boolean {
  return (
    method === METHOD.PUT || method === METHOD.PATCH || method === METHOD.DELETE || method === METHOD.POST
  );
}
