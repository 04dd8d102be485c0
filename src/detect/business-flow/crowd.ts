/** Fast runs of one flow from many addresses: too few at each to stand out there, too many together for chance. */

import type { DetectContext, Moment } from "../detector.ts";
import { templateOf } from "../endpoints.ts";
import { addMember, type Verdict } from "../verdict.ts";

export interface Crowd {
  hour: number;
  hourTime: number;
  runs: number;
  fast: number;
  /** Fast runs in an hour, as a mean that follows slowly and that one hour cannot lift far. */
  usual: number;
  readonly members: Map<string, number>;
  verdict: Verdict | undefined;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const WEIGHT = 0.1;
const FACTOR = 4;
/** Of all runs in the hour, and as a multiple of what is usual. */
const SHARE = 0.1;
const SHARE_FACTOR = 3;
const FEWEST_ADDRESSES = 3;
const MOST_MEMBERS = 200;

export function createCrowd(now: number, time: number): Crowd {
  return { hour: now, hourTime: time, runs: 0, fast: 0, usual: 0, members: new Map(), verdict: undefined };
}

/**
 * Counts a run that no single address is blamed for.
 * @param usualShare of runs that are fast
 */
export function countInCrowd(
  context: DetectContext,
  crowd: Crowd,
  moment: Moment,
  fast: boolean,
  usualShare: number,
): void {
  const { now, fact } = moment;
  if (now - crowd.hour > HOUR_MS) {
    if (crowd.verdict === undefined || crowd.verdict.closed) {
      crowd.usual += WEIGHT * (Math.min(crowd.fast, crowd.usual * 2 + 1) - crowd.usual);
    }
    crowd.hour = now;
    crowd.hourTime = fact.time;
    crowd.runs = 0;
    crowd.fast = 0;
    crowd.members.clear();
  }
  crowd.runs++;
  if (!fast) return;
  crowd.fast++;
  const name = context.clientName();
  if (crowd.members.size < MOST_MEMBERS || crowd.members.has(name)) {
    crowd.members.set(name, (crowd.members.get(name) ?? 0) + 1);
  }
  judge(context, crowd, moment, name, usualShare);
}

function judge(
  context: DetectContext,
  crowd: Crowd,
  { endpoint }: Moment,
  name: string,
  usualShare: number,
): void {
  if (crowd.verdict === undefined || crowd.verdict.closed) {
    const threshold = Math.max(context.floors.fast, crowd.usual * FACTOR);
    if (crowd.fast < threshold || crowd.fast < crowd.runs * Math.max(SHARE, usualShare * SHARE_FACTOR))
      return;
    if (crowd.members.size < FEWEST_ADDRESSES) return;
    crowd.verdict = context.open({
      severity: "medium",
      confidence: 0.8,
      outcome: "succeeded",
      entity: {
        type: "campaign",
        value: `many sources running through ${templateOf(context.endpoints, endpoint)}`,
      },
      observed: crowd.fast,
      expected: crowd.usual,
      threshold,
      line: "fast",
      unit: "runs within an hour, faster than a person",
      firstSeen: crowd.hourTime,
      events: crowd.fast - 1,
      notes: { accounts: 0 },
    });
    // The present run is added below.
    for (const [member, runs] of crowd.members)
      addMember(crowd.verdict, member, member === name ? runs - 1 : runs);
  }
  context.add(crowd.verdict);
  addMember(crowd.verdict, name);
  crowd.verdict.observed = Math.max(crowd.verdict.observed, crowd.fast);
  context.changed(crowd.verdict);
}

/** Whether a campaign goes on. What lasts longer than a day is how the flow is by now: a release, not an attack. */
export function isUnderway({ verdict }: Crowd, time: number): boolean {
  return verdict !== undefined && !verdict.closed && time - verdict.detectedAt < DAY_MS;
}
