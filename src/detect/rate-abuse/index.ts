/** One source asking far more often than others, and one flooding the service. */
import { FACT_FLAG } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { crowd } from "../culprit.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import type { Service } from "../endpoints.ts";
import { atLeast } from "../severity.ts";
import { createPeers, observePeer, type Peers, peerHigh, peerThreshold } from "../state/peers.ts";
import { stateOf } from "../state/per-source.ts";
import type { Source } from "../state/sources.ts";
import { addToWindow, createWindow, type Window, windowSum } from "../state/window.ts";
import type { Verdict } from "../verdict.ts";
import { rateAbuseDescriptor } from "./descriptor.ts";
import { countWork, createWork, endHour, isRegular, restartWork, type Work } from "./work.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** A minute over the line may be a page that loads; this many are a loop. */
const MINUTES = 3;
/** Shares of the source's answers (or of the service's traffic) that make it a burden. */
const HARM_SHARE = 0.05;
/** One failure among a minute's first few answers is no share. */
const FEWEST_HARMED = 5;
const BURDEN_SHARE = 0.3;
const FLOOD_SHARE = 0.5;
/** A program that tries again whatever fails: its pace before, as a share of the line, and how many others fail too. */
const CALM_SHARE = 0.4;
const RETRY_SHARE = 0.5;
const OUTAGE_SHARE = 0.2;
const FEWEST_OTHERS = 20;
const MONITOR = AGENT_CLASSES.indexOf("monitor");

interface State {
  readonly window: Window;
  minute: number;
  inMinute: number;
  /** Answers 429 or 5xx, and 5xx alone: who is refused did not get through. */
  harmed: number;
  failed: number;
  /** Requests a minute when it began to be answered 5xx; NaN while it is not. */
  rateBefore: number;
  hour: number;
  hourPeak: number;
  minutesOver: number;
  firstTime: number;
  readonly work: Work;
  verdict: Verdict | undefined;
  flood: Verdict | undefined;
}

interface Load {
  readonly window: Window;
  readonly failures: Window;
  /** Events before now, so that a share of a log's first seconds is not taken for a burden. */
  events: number;
}

export const rateAbuse: Detector = {
  descriptor: rateAbuseDescriptor,
  stateVersion: 3,
  start(context, slot) {
    const { floors } = context;
    const { peers, loads } = context.state(() => ({
      peers: createPeers(),
      loads: new Map<Service, Load>(),
    }));
    return {
      event(moment) {
        const { fact, actor, now } = moment;
        if ((fact.flags & FACT_FLAG.ASSET) !== 0) return;
        let load = loads.get(moment.endpoint.service);
        if (load === undefined) {
          load = { window: createWindow(MINUTE_MS, 6), failures: createWindow(MINUTE_MS, 6), events: 0 };
          loads.set(moment.endpoint.service, load);
        }
        load.events++;
        addToWindow(load.window, now, 1);
        if (fact.status >= 500) addToWindow(load.failures, now, 1);
        if (actor === undefined || fact.agentClass === MONITOR) return;
        const state = stateOf(actor, slot, newState, moment);
        roll(state, now, peers);
        state.inMinute++;
        if (fact.status === 429 || fact.status >= 500) state.harmed++;
        const rate = addToWindow(state.window, now, 1);
        if (fact.status >= 500) {
          state.failed++;
          if (Number.isNaN(state.rateBefore)) state.rateBefore = rate;
        }
        if (rate > state.hourPeak) state.hourPeak = rate;
        if (rate < floors.rate && rate < floors.flood) return;
        judge(context, moment, actor, state, rate, load, peers);
      },
      explain,
      learned: () => ({ rate: peerThreshold(peers, 0, 4) }),
    };
  },
};

function newState(moment: Moment): State {
  return {
    window: createWindow(MINUTE_MS, 6),
    minute: Math.floor(moment.now / MINUTE_MS),
    inMinute: 0,
    harmed: 0,
    failed: 0,
    rateBefore: Number.NaN,
    hour: Math.floor(moment.now / HOUR_MS),
    hourPeak: 0,
    minutesOver: 0,
    firstTime: moment.fact.time,
    work: createWork(),
    verdict: undefined,
    flood: undefined,
  };
}

function roll(state: State, now: number, peers: Peers): void {
  const minute = Math.floor(now / MINUTE_MS);
  if (minute === state.minute) return;
  const hour = Math.floor(now / HOUR_MS);
  if (hour !== state.hour) {
    if (state.verdict === undefined) observePeer(peers, state.hourPeak);
    const alarming = [state.verdict, state.flood].some(
      (verdict) => verdict !== undefined && verdict.severity !== "info",
    );
    endHour(state.work, alarming ? 0 : state.hourPeak, state.hour, hour);
    state.hour = hour;
    state.hourPeak = 0;
  }
  if (minute > state.minute + 2) {
    state.minutesOver = 0;
    restartWork(state.work);
  }
  if (state.failed === 0 || minute > state.minute + 1) state.rateBefore = Number.NaN;
  state.minute = minute;
  state.inMinute = 0;
  state.harmed = 0;
  state.failed = 0;
}

function judge(
  context: DetectContext,
  moment: Moment,
  actor: Source,
  state: State,
  rate: number,
  load: Load,
  peers: Peers,
): void {
  const { floors } = context;
  countWork(state.work, moment);
  const threshold = peerThreshold(peers, floors.rate, 4) * crowd(actor);
  const total = windowSum(load.window, moment.now);
  const share = load.events > floors.flood ? rate / Math.max(rate, total) : 0;
  const harm = state.harmed < FEWEST_HARMED ? 0 : state.harmed / state.inMinute;
  const failing = state.failed >= FEWEST_HARMED && state.failed / state.inMinute >= HARM_SHARE;
  const since = moment.fact.time - MINUTE_MS;
  const retries = isRetryStorm(state, load, moment.now, rate, threshold);
  if (rate >= threshold) {
    if (state.inMinute === Math.floor(threshold)) state.minutesOver++;
    judgeRate(context, actor, state, {
      rate,
      threshold,
      share,
      harm,
      failing,
      high: peerHigh(peers),
      since,
      retries,
    });
  }
  if (!retries && rate >= floors.flood && (share >= FLOOD_SHARE || harm >= HARM_SHARE)) {
    judgeFlood(context, actor, state, {
      rate,
      threshold: floors.flood,
      share,
      harm,
      failing,
      high: peerHigh(peers),
      since,
      retries,
    });
  }
}

interface Reading {
  readonly rate: number;
  readonly threshold: number;
  readonly share: number;
  readonly harm: number;
  /** Whether the service breaks, rather than refuses. */
  readonly failing: boolean;
  readonly high: number | undefined;
  /** Event time at which the last minute began. */
  readonly since: number;
  /** Whether it only tries again what fails for others, too. */
  readonly retries: boolean;
}

/** It came at its usual pace until the service broke, for others as well: who asks more because of that broke nothing. */
function isRetryStorm(
  { failed, inMinute, rateBefore }: State,
  load: Load,
  now: number,
  rate: number,
  threshold: number,
): boolean {
  if (failed < inMinute * RETRY_SHARE || !(rateBefore <= threshold * CALM_SHARE)) return false;
  const others = windowSum(load.window, now) - rate;
  const failing = windowSum(load.failures, now) - failed;
  return others >= FEWEST_OTHERS && failing >= others * OUTAGE_SHARE;
}

function judgeRate(context: DetectContext, actor: Source, state: State, reading: Reading): void {
  const harms = reading.harm >= HARM_SHARE && !reading.retries;
  const burden =
    harms || (reading.share >= BURDEN_SHARE && !reading.retries && !isRegular(state.work, reading.rate));
  if (state.verdict === undefined || state.verdict.closed) {
    if (state.minutesOver < MINUTES && reading.rate < reading.threshold * MINUTES) return;
    state.verdict = context.open({
      severity: "info",
      confidence: 0.8,
      outcome: "attempted",
      entity: { type: actor.type, value: actor.name },
      observed: reading.rate,
      ...(reading.high === undefined ? {} : { expected: reading.high }),
      threshold: reading.threshold,
      line: "rate",
      unit: "requests a minute",
      firstSeen: Math.max(state.firstTime, reading.since),
    });
  }
  if (reading.failing && !reading.retries) state.verdict.outcome = "succeeded";
  if (reading.retries) state.verdict.notes.retries = 1;
  state.verdict.notes.regular = burden || reading.share < BURDEN_SHARE ? 0 : 1;
  update(context, state.verdict, reading, burden ? "low" : "info");
}

function judgeFlood(context: DetectContext, actor: Source, state: State, reading: Reading): void {
  if (state.flood === undefined || state.flood.closed) {
    state.flood = context.open({
      category: "denial_of_service",
      severity: "medium",
      confidence: 0.85,
      outcome: "attempted",
      entity: { type: actor.type, value: actor.name },
      observed: reading.rate,
      ...(reading.high === undefined ? {} : { expected: reading.high }),
      threshold: reading.threshold,
      line: "flood",
      unit: "requests a minute",
      firstSeen: Math.max(state.firstTime, reading.since),
    });
  }
  if (reading.failing) state.flood.outcome = "succeeded";
  update(context, state.flood, reading, reading.harm >= HARM_SHARE ? "high" : "medium");
}

function update(
  context: DetectContext,
  verdict: Verdict,
  reading: Reading,
  severity: Verdict["severity"],
): void {
  context.add(verdict);
  verdict.observed = Math.max(verdict.observed, reading.rate);
  verdict.notes.share = Math.max(Number(verdict.notes.share ?? 0), Math.round(reading.share * 100));
  verdict.notes.harm = Math.max(Number(verdict.notes.harm ?? 0), Math.round(reading.harm * 100));
  if (atLeast(verdict.severity, severity) === verdict.severity) return;
  verdict.severity = severity;
  context.changed(verdict);
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const usual =
    verdict.expected === undefined
      ? "the published floor, as too few others are known"
      : `the published floor, or four times the rate of the busiest hundredth of others (${Math.round(verdict.expected)})`;
  const retried = notes.retries === 1 && verdict.severity === "info";
  const burden = retried
    ? "It came at its usual pace until the service failed, for others too, and then tried again and again: a retry storm, which wants longer waits in that program, and no attack."
    : Number(notes.harm) >= HARM_SHARE * 100
      ? `${notes.harm} % of its answers were 429 or 5xx.`
      : `Its answers were fine, so it is ${verdict.severity === "info" ? "a fact rather than an alarm" : `a burden by its share alone`}.`;
  const share = Number(notes.share) > 0 ? `, ${notes.share} % of the service's traffic` : "";
  const regular =
    notes.regular === 1
      ? " It is known and asks for another thing each time, as a batch does, or has been as busy on a day before."
      : "";
  return `It sent up to ${Math.round(verdict.observed)} requests a minute${share}; the line is at ${Math.round(verdict.threshold)}: ${usual}. Static files are not counted. ${burden}${regular}`;
}
