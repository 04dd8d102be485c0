/** One source and what it was refused: in quick succession, within an hour, and patiently over a day. */
import { FACT_FLAG, type Fact } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { culprit } from "../culprit.ts";
import type { DetectContext, Moment } from "../detector.ts";
import { atLeast } from "../severity.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { observePeer, type Peers } from "../state/peers.ts";
import { type Bucket, pour } from "../state/window.ts";
import { type Verdict, withdraw } from "../verdict.ts";
import { BURST_LEAK_PER_SECOND, PATIENT_HOURS } from "./descriptor.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Below this share of refusals a source is a place where people log in. */
const FAILURE_SHARE = 0.5;
/** Over a day people get in, sooner or later. */
const DAY_FAILURE_SHARE = 0.85;
const MANY = 50;
/** Who is let in after fewer refusals than this is taken for the owner who remembered. */
export const OWNER_TRIES = 20;
/** The same answer, to the byte, this many times in a row: a login that says no with 200. */
const SAME_ANSWER = 3;
/** Different users one source may fail with and still be guessing a single secret. */
const FEW_USERS = 3;
/** A program whose tries come this evenly, as a share of the time between them, runs by the clock. */
const CLOCKWORK = 0.02;
/** Quicker than this is not a program that waits for its next turn. */
const CLOCKWORK_GAP_MS = 60_000;
/** Of the refusals of a day, this share must come from one endpoint: a suite of tests goes round. */
const ONE_ENDPOINT = 0.6;
/** In quick succession, so many refusals for each endpoint: the suite asks each for one wrong thing. */
const EACH_ENDPOINT = 2;
/** How fast the usual time between tries is learned. */
const GAP_WEIGHT = 0.1;
/** In the place of an endpoint: none yet, and those of paths that lead nowhere. */
const NOWHERE_YET = -1;
const UNKNOWN = -2;
const PROGRAMS: ReadonlySet<number> = new Set(
  (["none", "library", "bot"] as const).map((name) => AGENT_CLASSES.indexOf(name)),
);

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

export interface Lines {
  readonly hour: number;
  readonly day: number;
}

export function judgeSource(
  context: DetectContext,
  moment: Moment,
  state: SourceState,
  lines: () => Lines,
): void {
  const level = pour(state.bucket, moment.now, 1, BURST_LEAK_PER_SECOND, context.floors.burst * 4);
  if (state.verdict === undefined || state.verdict.closed) {
    const opened = openFor(context, moment, state, level, lines());
    if (opened === undefined) return;
    state.verdict = opened;
  } else if (state.refusals / state.attempts < FAILURE_SHARE) return;
  const { verdict } = state;
  context.add(verdict);
  const observed =
    verdict.line === "day" ? state.dayRefusals : Math.max(state.bucket.level, state.hourFailures);
  verdict.observed = Math.max(verdict.observed, observed);
  verdict.notes.failures = state.failures;
  verdict.notes.successes = state.successes;
  verdict.confidence = Math.min(0.99, verdict.confidence + 0.005);
  if (verdict.notes.clockwork === 1 && !isClockwork(state, moment.fact)) verdict.notes.clockwork = 0;
  const severity = severityOf(state, verdict);
  if (atLeast(verdict.severity, severity) !== verdict.severity) {
    verdict.severity = severity;
    context.changed(verdict);
  }
}

function severityOf(state: SourceState, verdict: Verdict): "info" | "low" | "medium" {
  if (verdict.notes.clockwork === 1) return "info";
  if (state.failures >= MANY) return "medium";
  return state.successAfter > 0 && state.refusals < OWNER_TRIES ? "info" : "low";
}

interface Reached {
  readonly line: "burst" | "hour" | "day";
  readonly observed: number;
  readonly threshold: number;
  readonly unit: string;
}

function openFor(
  context: DetectContext,
  moment: Moment,
  state: SourceState,
  level: number,
  lines: Lines,
): Verdict | undefined {
  const reached = lineReached(state, level, context.floors.burst, lines);
  if (reached === undefined) return undefined;
  const patient = reached.line === "day";
  const clockwork = reached.line !== "burst" && isClockwork(state, moment.fact);
  if (!patient && countDistinct(state.users) > FEW_USERS) return undefined;
  const source = culprit(moment);
  if (source === undefined) return undefined;
  return context.open({
    severity: clockwork ? "info" : "low",
    confidence: reached.line === "burst" || patient ? 0.75 : 0.85,
    outcome: "attempted",
    entity: { type: source.type, value: source.name },
    observed: reached.observed,
    threshold: reached.threshold,
    line: reached.line,
    unit: reached.unit,
    firstSeen: state.firstTime,
    events: state.failures - 1,
    notes: {
      code: (moment.fact.flags & FACT_FLAG.CODE) !== 0 ? 1 : 0,
      ...(clockwork ? { clockwork: 1 } : {}),
    },
  });
}

function lineReached(state: SourceState, level: number, burst: number, lines: Lines): Reached | undefined {
  if (state.refusals / state.attempts >= FAILURE_SHARE) {
    if (level > burst && level >= EACH_ENDPOINT * countDistinct(state.endpoints)) {
      return { line: "burst", observed: level, threshold: burst, unit: "refusals in quick succession" };
    }
    if (state.hourFailures >= lines.hour) {
      return {
        line: "hour",
        observed: state.hourFailures,
        threshold: lines.hour,
        unit: "refusals in an hour",
      };
    }
  }
  if (state.dayRefusals < lines.day || state.hours < PATIENT_HOURS) return undefined;
  if (state.dayRefusals / state.dayAttempts < DAY_FAILURE_SHARE) return undefined;
  if (state.votes < ONE_ENDPOINT * state.dayRefusals) return undefined;
  return { line: "day", observed: state.dayRefusals, threshold: lines.day, unit: "refusals in a day" };
}

/** A program with an old password that tries again by the clock, always as the same user. */
function isClockwork(state: SourceState, fact: Fact): boolean {
  return (
    PROGRAMS.has(fact.agentClass) &&
    state.gap >= CLOCKWORK_GAP_MS - state.gapError &&
    countDistinct(state.users) <= 1 &&
    state.gapError < Math.max(1000, CLOCKWORK * state.gap)
  );
}

/** A success by a source that is guessing, where it was guessing: the guess was right. */
export function noteSuccess(context: DetectContext, moment: Moment, state: SourceState): void {
  if (state.endpoint >= 0 && moment.endpoint.id !== state.endpoint) return;
  if (state.endpoint === UNKNOWN && (moment.fact.flags & FACT_FLAG.CODE) === 0) return;
  state.successes++;
  const { verdict } = state;
  if (verdict === undefined || verdict.closed || state.refusals / state.attempts < FAILURE_SHARE) return;
  state.successAfter++;
  context.add(verdict);
  verdict.notes.successes = state.successes;
  if (Math.max(state.refusals, state.dayRefusals) < OWNER_TRIES) {
    withdraw(verdict);
    verdict.notes.owner = 1;
  } else {
    verdict.outcome = "probably_succeeded";
    verdict.severity = atLeast(verdict.severity, "high");
    verdict.withdrawn = false;
    verdict.notes.owner = 0;
  }
  context.changed(verdict);
}
