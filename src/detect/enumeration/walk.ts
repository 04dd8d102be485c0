/** How one actor goes through the objects of one endpoint: everything of the day, and tallies of stretches in it. */
import type { Fact } from "../../fact.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";

/** One stretch of time. */
export interface Walk {
  since: number;
  firstTime: number;
  requests: number;
  misses: number;
  /** Different objects of the day when the walk began, and since. */
  readonly base: number;
  objects: number;
  /** Steps between neighbouring numbers, and how many of them were small. */
  steps: number;
  smallSteps: number;
  lowest: number;
  highest: number;
}

export interface Trail {
  since: number;
  seen: Distinct;
  last: number;
  /** One for each window of the detector. */
  readonly walks: Walk[];
}

/** A walk by several hands at once still steps by a few. */
const SMALL_STEP = 5;
const DAY_MS = 86_400_000;
/** Exact up to here; a walk of a thousand is no different from one of a thousand and thirty. */
const EXACT = 64;

export function createTrail(now: number, time: number, windows: number): Trail {
  return {
    since: now,
    seen: createDistinct(EXACT),
    last: Number.NaN,
    walks: Array.from({ length: windows }, () => createWalk(now, time, 0)),
  };
}

export function createWalk(now: number, time: number, base: number): Walk {
  return {
    since: now,
    firstTime: time,
    requests: 0,
    misses: 0,
    base,
    objects: 0,
    steps: 0,
    smallSteps: 0,
    lowest: Number.POSITIVE_INFINITY,
    highest: Number.NEGATIVE_INFINITY,
  };
}

/** Begins the walk of one window anew; its objects are counted from what the day has seen so far. */
export function restartWalk(trail: Trail, index: number, now: number, time: number): void {
  trail.walks[index] = createWalk(now, time, countDistinct(trail.seen));
}

/** Brings the walks of a trail up to date. */
export function takeStep(trail: Trail, fact: Fact, now: number): void {
  if (now - trail.since > DAY_MS) {
    trail.since = now;
    trail.seen = createDistinct(EXACT);
    for (let index = 0; index < trail.walks.length; index++) restartWalk(trail, index, now, fact.time);
  }
  const isNew = addDistinct(trail.seen, fact.objectKey) || trail.seen.registers !== undefined;
  const seen = countDistinct(trail.seen);
  const missed = fact.status === 404 || fact.status === 403 || fact.status === 401 || fact.status === 400;
  const number = fact.objectNumber;
  const step = Math.abs(number - trail.last);
  for (const walk of trail.walks) {
    walk.requests++;
    if (missed) walk.misses++;
    if (!isNew) continue;
    walk.objects = Math.max(walk.objects, seen - walk.base);
    if (Number.isNaN(number)) continue;
    if (step > 0) {
      walk.steps++;
      if (step <= SMALL_STEP) walk.smallSteps++;
    }
    if (number < walk.lowest) walk.lowest = number;
    if (number > walk.highest) walk.highest = number;
  }
  if (isNew && !Number.isNaN(number)) trail.last = number;
}

export function stepShare(walk: Walk): number {
  return walk.steps === 0 ? 0 : walk.smallSteps / walk.steps;
}

export function missShare(walk: Walk): number {
  return walk.requests === 0 ? 0 : walk.misses / walk.requests;
}
