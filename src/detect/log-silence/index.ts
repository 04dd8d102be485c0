/** No lines where there are always lines: the service, the network or the logging stopped, or somebody cut it out. */
import type { DetectContext, Detector, Floors, Moment } from "../detector.ts";
import type { Verdict } from "../verdict.ts";
import { logSilenceDescriptor } from "./descriptor.ts";

/** A gap is longer than any seen before by this factor. */
const LONGER = 4;
/** Half-life of the memory of the longest gap. */
const MEMORY_MS = 86_400_000;
/** So many events in order after the gap show that the clock did not just jump. */
const CONFIRM = 20;
const HISTORY_MS = 3_600_000;
const ENOUGH_EVENTS = 500;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** After a silence the lines come as before; when they stay rare, the day was over. */
const RESUMED = 6;

interface Suspect {
  readonly from: number;
  readonly to: number;
  /** The lines must be back by then. */
  readonly until: number;
  readonly expected: number;
  readonly threshold: number;
  confirmed: number;
}

interface State {
  first: number;
  last: number;
  events: number;
  longest: number;
  longestAt: number;
  /** Events by hour of the day, and hours seen: the rate that a gap is held against. */
  readonly hourEvents: Float64Array;
  readonly hourMs: Float64Array;
  meanGap: number;
  lastGaps: number;
  suspect: Suspect | undefined;
}

export const logSilence: Detector = {
  descriptor: logSilenceDescriptor,
  stateVersion: 1,
  start(context) {
    const state = context.state(newState);
    return {
      event(moment) {
        const { time } = moment.fact;
        if (Number.isNaN(time)) return;
        state.events++;
        if (Number.isNaN(state.first)) {
          state.first = time;
          state.last = time;
          return;
        }
        if (state.suspect !== undefined) confirm(context, state, state.suspect, moment);
        const gap = time - state.last;
        if (gap >= 0) noteGap(state, time, gap, context.floors);
      },
      explain,
    };
  },
};

function newState(): State {
  return {
    first: Number.NaN,
    last: Number.NaN,
    events: 0,
    longest: 0,
    longestAt: 0,
    hourEvents: new Float64Array(24),
    hourMs: new Float64Array(24),
    meanGap: 0,
    lastGaps: 0,
    suspect: undefined,
  };
}

function noteGap(state: State, time: number, gap: number, floors: Floors): void {
  const faded = state.longest * 2 ** (-(time - state.longestAt) / MEMORY_MS);
  const threshold = Math.max(floors.gap * MINUTE_MS, faded * LONGER);
  if (gap >= threshold && state.events >= ENOUGH_EVENTS && state.last - state.first >= HISTORY_MS) {
    const expected = expectedIn(state, gap);
    const until = time + CONFIRM * state.meanGap * RESUMED;
    if (expected >= floors.missing) {
      state.suspect = { from: state.last, to: time, until, expected, threshold, confirmed: 0 };
    }
  }
  if (gap > faded && state.suspect === undefined) rememberLongest(state, gap, time);
  if (gap < threshold) {
    const hour = Math.floor(time / HOUR_MS) % 24;
    state.hourEvents[hour]++;
    state.hourMs[hour] += gap;
    state.meanGap += (gap - state.meanGap) / Math.min(state.events, 1000);
    state.lastGaps += (gap - state.lastGaps) / Math.min(state.events, 20);
  }
  state.last = time;
}

function rememberLongest(state: State, gap: number, at: number): void {
  state.longest = gap;
  state.longestAt = at;
}

/** Events that the gap should have held, by the lower of the recent rate and those hours' own. */
function expectedIn({ last, hourEvents, hourMs, meanGap, lastGaps }: State, gap: number): number {
  const recentRate = 1 / Math.max(1, meanGap, lastGaps);
  let expected = 0;
  const steps = Math.max(1, Math.min(48, Math.round(gap / HOUR_MS)));
  for (let i = 0; i < steps; i++) {
    const hour = Math.floor((last + (gap * (i + 0.5)) / steps) / HOUR_MS) % 24;
    const known = hourMs[hour] > HOUR_MS / 4;
    const rate = known ? hourEvents[hour] / hourMs[hour] : recentRate / 4;
    expected += Math.min(rate, Math.max(recentRate, known ? rate : 0)) * (gap / steps);
  }
  return expected;
}

/** The lines are back, or the suspicion is dropped. */
function confirm(context: DetectContext, state: State, suspect: Suspect, { fact, endpoint }: Moment): void {
  if (fact.time < suspect.from) {
    state.suspect = undefined;
    return;
  }
  const late = fact.time > suspect.until;
  if (!late && ++suspect.confirmed < CONFIRM) return;
  state.suspect = undefined;
  rememberLongest(state, suspect.to - suspect.from, suspect.to);
  if (late) return;
  const service = endpoint.service.name;
  context.open({
    severity: "medium",
    confidence: Math.min(0.95, 0.7 + suspect.expected / 10_000),
    outcome: "unknown",
    entity: { type: "service.name", value: service },
    observed: (suspect.to - suspect.from) / 60_000,
    expected: suspect.threshold / LONGER / 60_000,
    threshold: suspect.threshold / MINUTE_MS,
    line: "gap",
    unit: "minutes without a line",
    service,
    endpoint: "(all endpoints)",
    firstSeen: suspect.from,
    at: suspect.to,
    notes: { missing: Math.round(suspect.expected) },
  });
}

function explain(verdict: Verdict): string {
  return `For ${Math.round(verdict.observed)} minutes there was no line, where about ${verdict.notes.missing} were due at the usual rate of those hours. The line is at ${Math.round(verdict.threshold)} minutes; it follows four times the longest gap of late.`;
}
