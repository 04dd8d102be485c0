/** What one source was refused: in quick succession, within an hour, and patiently over a day. */
import type { Fact } from "../../fact.ts";
import type { Moment } from "../detector.ts";
import { addDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { observePeer, type Peers } from "../state/peers.ts";
import { type Bucket, pour } from "../state/window.ts";
import type { Verdict } from "../verdict.ts";
import { BURST_LEAK_PER_SECOND } from "./descriptor.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** The same answer, to the byte, this many times in a row: a login that says no with 200. */
const SAME_ANSWER = 3;
/** How fast the usual time between tries is learned. */
const GAP_WEIGHT = 0.1;
/** In the place of an endpoint: none yet, and those of paths that lead nowhere. */
const NOWHERE_YET = -1;
export const UNKNOWN = -2;

export interface SourceState {
  bucket: Bucket;
  hour: number;
  failures: number;
  successes: number;
  hourFailures: number;
  /** Attempts and refusals lately, fading over an hour: a fixed hour would forget an office at each full hour. */
  attempts: number;
  refusals: number;
  /** The same, fading over a day. */
  dayAttempts: number;
  dayRefusals: number;
  /** Different hours with refusals, until a day without any. */
  hours: number;
  at: number;
  /** Milliseconds between refusals, and how far they are off that, both learned. */
  gap: number;
  gapError: number;
  refusedAt: number;
  /** Where most of its refusals come from (Boyer and Moore's vote), and its vote, fading over a day. */
  endpoint: number;
  votes: number;
  /** Endpoints that refused it, until a day without any. */
  endpoints: Distinct;
  sameSize: number;
  sameSizeRun: number;
  users: Distinct;
  firstTime: number;
  successAfter: number;
  verdict: Verdict | undefined;
}

export function newSourceState(moment: Moment): SourceState {
  return {
    bucket: { level: 0, at: moment.now },
    hour: Math.floor(moment.now / HOUR_MS),
    failures: 0,
    successes: 0,
    hourFailures: 0,
    attempts: 0,
    refusals: 0,
    dayAttempts: 0,
    dayRefusals: 0,
    hours: 0,
    at: moment.now,
    gap: 0,
    gapError: 0,
    refusedAt: moment.now,
    endpoint: NOWHERE_YET,
    votes: 0,
    endpoints: createDistinct(64),
    sameSize: Number.NaN,
    sameSizeRun: 0,
    users: createDistinct(64),
    firstTime: moment.fact.time,
    successAfter: 0,
    verdict: undefined,
  };
}

/** Moves a source on to the present. What it came to in an hour and in a day teaches what peers do. */
export function rollSource(state: SourceState, now: number, hourly: Peers, daily: Peers): void {
  const hour = Math.floor(now / HOUR_MS);
  if (hour !== state.hour) {
    if (state.verdict === undefined) {
      observePeer(hourly, state.hourFailures);
      if (Math.floor(hour / 24) !== Math.floor(state.hour / 24)) observePeer(daily, state.dayRefusals);
    }
    if (now - state.at > DAY_MS) {
      state.hours = 0;
      state.endpoints = createDistinct(64);
    }
    state.hour = hour;
    state.hourFailures = 0;
  }
  if (now <= state.at) return;
  const passed = state.at - now;
  const kept = Math.exp(passed / HOUR_MS);
  const keptOfDay = Math.exp(passed / DAY_MS);
  state.attempts *= kept;
  state.refusals *= kept;
  state.dayAttempts *= keptOfDay;
  state.dayRefusals *= keptOfDay;
  state.votes *= keptOfDay;
  state.at = now;
}

/**
 * @param certain whether the answer says no, rather than that it is only taken for a no
 * @param elsewhere not at a login: a session that ran out is refused all day
 */
export function countRefusal(state: SourceState, moment: Moment, certain: boolean, elsewhere: boolean): void {
  const { fact, now } = moment;
  state.failures++;
  state.refusals++;
  vote(state, moment);
  // An answer that is only guessed to be a refusal counts in a burst, not by the hour.
  if (certain) {
    if (state.hourFailures === 0) state.hours++;
    state.hourFailures++;
    if (!elsewhere) state.dayRefusals++;
    const gap = now - state.refusedAt;
    if (state.gap === 0) state.gap = gap;
    state.gapError += (Math.abs(gap - state.gap) - state.gapError) * GAP_WEIGHT;
    state.gap += (gap - state.gap) * GAP_WEIGHT;
    state.refusedAt = now;
  }
  if (fact.userKey !== 0) addDistinct(state.users, fact.userKey);
}

function vote(state: SourceState, { endpoint }: Moment): void {
  const at = endpoint.known ? endpoint.id : UNKNOWN;
  addDistinct(state.endpoints, at);
  if (at === state.endpoint) state.votes++;
  else if (state.votes >= 1) state.votes--;
  else {
    state.endpoint = at;
    state.votes = 1;
  }
}

/** Attempts whose answer does not tell, but is always the same, are failures after the first few. */
export function sameAnswer(state: SourceState, fact: Fact, burst: number): boolean {
  if (fact.status >= 300) return false;
  if (fact.bytesOut === state.sameSize) state.sameSizeRun++;
  else {
    state.sameSize = fact.bytesOut;
    state.sameSizeRun = 1;
  }
  if (state.sameSizeRun === SAME_ANSWER) {
    state.failures += SAME_ANSWER - 1;
    state.refusals += SAME_ANSWER - 1;
    pour(state.bucket, state.bucket.at, SAME_ANSWER - 1, BURST_LEAK_PER_SECOND, burst * 4);
  }
  return state.sameSizeRun >= SAME_ANSWER;
}
