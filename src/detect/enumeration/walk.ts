/** How one actor went through the objects of one endpoint within a stretch of time. */
import type { Fact } from "../../fact.ts";
import { addDistinct, createDistinct, type Distinct } from "../state/distinct.ts";

export interface Walk {
  since: number;
  firstTime: number;
  requests: number;
  misses: number;
  objects: Distinct;
  /** Steps between neighbouring numbers, and how many of them were small. */
  steps: number;
  smallSteps: number;
  last: number;
  lowest: number;
  highest: number;
}

/** A walk by several hands at once still steps by a few. */
const SMALL_STEP = 5;

export function createWalk(now: number, time: number): Walk {
  return {
    since: now,
    firstTime: time,
    requests: 0,
    misses: 0,
    objects: createDistinct(1024),
    steps: 0,
    smallSteps: 0,
    last: Number.NaN,
    lowest: Number.POSITIVE_INFINITY,
    highest: Number.NEGATIVE_INFINITY,
  };
}

/** @returns whether the object was new to this walk */
export function takeStep(walk: Walk, fact: Fact): boolean {
  walk.requests++;
  if (fact.status === 404 || fact.status === 403 || fact.status === 401 || fact.status === 400) walk.misses++;
  const isNew = addDistinct(walk.objects, fact.objectKey);
  const number = fact.objectNumber;
  if (!isNew || Number.isNaN(number)) return isNew;
  if (!Number.isNaN(walk.last)) {
    walk.steps++;
    if (Math.abs(number - walk.last) <= SMALL_STEP) walk.smallSteps++;
  }
  walk.last = number;
  if (number < walk.lowest) walk.lowest = number;
  if (number > walk.highest) walk.highest = number;
  return isNew;
}

export function stepShare(walk: Walk): number {
  return walk.steps === 0 ? 0 : walk.smallSteps / walk.steps;
}

export function missShare(walk: Walk): number {
  return walk.requests === 0 ? 0 : walk.misses / walk.requests;
}
