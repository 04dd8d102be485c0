/** When what one source was refused is guessing: the lines it crosses, who is spared, and what came of it. */
import { FACT_FLAG, type Fact } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { culprit } from "../culprit.ts";
import type { DetectContext, Moment } from "../detector.ts";
import { atLeast } from "../severity.ts";
import { countDistinct } from "../state/distinct.ts";
import { pour } from "../state/window.ts";
import { type Verdict, withdraw } from "../verdict.ts";
import { BURST_LEAK_PER_SECOND, PATIENT_HOURS } from "./descriptor.ts";
import { type SourceState, UNKNOWN } from "./source.ts";

/** Below this share of refusals a source is a place where people log in. */
const FAILURE_SHARE = 0.5;
/** Over a day people get in, sooner or later. */
const DAY_FAILURE_SHARE = 0.85;
const MANY = 50;
/** Who is let in after fewer refusals than this is taken for the owner who remembered. */
export const OWNER_TRIES = 20;
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
const PROGRAMS: ReadonlySet<number> = new Set(
  (["none", "library", "bot"] as const).map((name) => AGENT_CLASSES.indexOf(name)),
);

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
