/**
 * Flows that people go through step by step, learned from those who do: run by programs, far faster or more often than
 * by others, or without a step that nearly everybody makes.
 */
import type { Entity } from "../../event.ts";
import { FACT_FLAG, type Fact, METHOD } from "../../fact.ts";
import { isPrivateKey } from "../../normalize/address.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { pairKey } from "../../normalize/key.ts";
import { crowd as peopleBehind, principalType } from "../culprit.ts";
import type { DetectContext, Detector, Moment, Opening } from "../detector.ts";
import { hasOrdinaryUsers, templateOf } from "../endpoints.ts";
import { createKeyed, entryOf, type Keyed, peek } from "../state/keyed.ts";
import { growPeer, type Peers, peerHigh } from "../state/peers.ts";
import type { Rows } from "../state/rows.ts";
import type { Verdict } from "../verdict.ts";
import { type Crowd, countInCrowd, createCrowd, isUnderway } from "./crowd.ts";
import { businessFlowDescriptor } from "./descriptor.ts";
import {
  countUse,
  createFlow,
  type Flow,
  fastLine,
  HOUR_MS,
  isChatty,
  isGoal,
  isKnown,
  learnPace,
  learnSteps,
  missingStep,
  SOON_MS,
  shareOf,
  usualPace,
} from "./flow.ts";
import { createRecent, forgets, lastUse, markFollowed, noteStep, type Recent, turnTo } from "./recent.ts";
import { accountsOf, countRun, createRunner, isConvicted, type Runner } from "./runner.ts";
import { createVisits, visitOf } from "./visits.ts";

const MONITOR = AGENT_CLASSES.indexOf("monitor");
const MAX_FLOWS = 2000;
const MAX_RUNNERS = 16_384;
/** One account alone that does it over and over is as often a check of one's own. */
const ALONE = 3;
/** What an address is blamed for is this share of what comes from it. */
const FAST_SHARE = 0.5;
const SKIPPED_SHARE = 0.3;
/** Flows that nearly nobody goes through more often than this in a day, and how many must be known to say so. */
const SELDOM = 3;
const ENOUGH_PEERS = 60;
const RUNS_FACTOR = 4;
/** One address tells so many times a day how long people take. */
const VOICES = 3;
/** The same again at once is a double click, or a client that did not hear the answer. */
const RETRY_MS = 2000;

interface State {
  /** Stream time of the first event. */
  start: number;
  readonly visits: Rows;
  readonly recent: Recent;
  /** By endpoint. */
  readonly flows: Keyed<Flow>;
  readonly crowds: Keyed<Crowd>;
  /** By account, or address, and endpoint. */
  readonly ones: Keyed<Runner>;
  readonly addresses: Keyed<Runner>;
}

/** One run as far as it is understood. */
interface Run {
  readonly flow: Flow;
  readonly principal: number;
  /** Tenths of a second since the visit began, or since the run before. */
  readonly pace: number;
  readonly fast: boolean;
  /** When the one before was, stream time; NaN when not within a day. */
  readonly last: number;
  /** Endpoint of a step that it lacks. */
  readonly missing: number | undefined;
  readonly retried: boolean;
}

export const businessFlow: Detector = {
  descriptor: businessFlowDescriptor,
  stateVersion: 1,
  start(context) {
    const state = context.state<State>(() => ({
      start: Number.NaN,
      visits: createVisits(),
      recent: createRecent(),
      flows: createKeyed(MAX_FLOWS),
      crowds: createKeyed(MAX_FLOWS),
      ones: createKeyed(MAX_RUNNERS),
      addresses: createKeyed(MAX_RUNNERS),
    }));
    return {
      event(moment) {
        const { fact, endpoint, now } = moment;
        if ((fact.flags & FACT_FLAG.ASSET) !== 0) return;
        const principal = principalOf(fact);
        if (principal === 0) return;
        const began = visitOf(state.visits, principal, now);
        if (!isChange(fact) || fact.status < 200 || fact.status >= 300 || !endpoint.known) return;
        if (Number.isNaN(state.start)) state.start = now;
        const { recent, flows } = state;
        turnTo(recent, principal, now);
        const flow = entryOf(flows, endpoint.id + 2, createFlow);
        const last = lastUse(recent, endpoint.id, now);
        countUse(flow, now - last <= HOUR_MS);
        if (!isChatty(flow)) {
          markFollowed(recent, endpoint.id, now, SOON_MS, (step) => {
            const before = peek(flows, step + 2);
            if (before !== undefined) before.followed++;
          });
          const pace = (now - (last > began ? last : began)) / 100;
          const goal = isGoal(flow) && hasOrdinaryUsers(endpoint) && (fact.flags & FACT_FLAG.LOGIN) === 0;
          if (goal) judge(context, state, moment, runOf(state, moment, flow, principal, pace, last));
          else learnSteps(flow, recent, now, endpoint.id, last);
        }
        noteStep(recent, endpoint.id, now);
      },
      explain,
    };
  },
};

function isChange({ method, agentClass }: Fact): boolean {
  return method >= METHOD.POST && method <= METHOD.DELETE && agentClass !== MONITOR;
}

/** A key without a user is a program by its nature: flows are for people. */
function principalOf(fact: Fact): number {
  if (fact.userKey !== 0) return fact.userKey;
  if ((fact.flags & FACT_FLAG.API_KEY) !== 0) return 0;
  return fact.credentialKey || fact.clientKey;
}

function runOf(
  state: State,
  { now }: Moment,
  flow: Flow,
  principal: number,
  pace: number,
  last: number,
): Run {
  const { recent, start } = state;
  const line = fastLine(flow);
  const whole = now - start >= HOUR_MS && (recent.known || !forgets(recent));
  return {
    flow,
    principal,
    pace,
    fast: line !== undefined && pace < line,
    last,
    missing: whole && isKnown(flow) ? missingStep(state.flows, flow, recent, now, last) : undefined,
    retried: now - last < RETRY_MS,
  };
}

function judge(context: DetectContext, state: State, moment: Moment, run: Run): void {
  const { fact, now, endpoint } = moment;
  if (run.retried && !run.fast) return;
  const count = (runner: Runner) =>
    countRun(runner, now, fact.time, run.principal, run.fast, run.missing !== undefined);
  const create = () => createRunner(now, fact.time);
  const one = entryOf(state.ones, pairKey(run.principal, endpoint.id + 2), create);
  count(one);
  judgeRunner(context, moment, run, one, run.flow.ofOne, personOf(context, fact));
  let address: Runner | undefined;
  if (fact.clientKey !== 0 && fact.clientKey !== run.principal) {
    address = entryOf(state.addresses, pairKey(fact.clientKey, endpoint.id + 2), create);
    count(address);
    // What one account did is told of the account.
    if (accountsOf(address) > 1 && !isConvicted(one)) {
      const entity = (): Entity => ({ type: "client.address", value: context.clientName() });
      judgeRunner(context, moment, run, address, run.flow.ofAddress, entity);
    }
  }
  if (isConvicted(one) || (address !== undefined && isConvicted(address))) return;
  learnRuns(run.flow.ofOne, one);
  if (address !== undefined) learnRuns(run.flow.ofAddress, address);
  const crowd = entryOf(state.crowds, endpoint.id + 2, () => createCrowd(now, fact.time));
  countInCrowd(context, crowd, moment, run.fast, run.flow.usualFast);
  if ((address ?? one).dayRuns <= VOICES && !isUnderway(crowd, fact.time)) learnPace(run.flow, run.pace);
  // Who leaves a step out again and again is one voice, not many.
  if (run.missing === undefined || Math.max(one.skipped, address?.skipped ?? 0) <= 1) {
    learnSteps(run.flow, state.recent, now, endpoint.id, run.last);
  }
}

function personOf(context: DetectContext, fact: Fact): () => Entity {
  if (fact.userKey === 0 && fact.credentialKey === 0) {
    return () => ({ type: "client.address", value: context.clientName() });
  }
  return () => ({ type: principalType(fact), value: context.userName() });
}

function learnRuns(peers: Peers, { dayRuns }: Runner): void {
  growPeer(peers, dayRuns - 1, dayRuns);
}

function judgeRunner(
  context: DetectContext,
  moment: Moment,
  run: Run,
  runner: Runner,
  peers: Peers,
  entity: () => Entity,
): void {
  const { floors } = context;
  const { fact } = moment;
  const accounts = accountsOf(runner);
  const alone = accounts === 1 && (fact.userKey !== 0 || fact.credentialKey !== 0);
  const shared = { notes: { accounts }, entity };
  if (run.fast && runner.fast >= runner.hourRuns * FAST_SHARE) {
    const threshold = floors.fast * (alone ? ALONE : 1);
    runner.fastVerdict = tell(context, moment, runner.fastVerdict, runner.fast, {
      ...shared,
      notes: { accounts, pace: run.pace / 10, usual: usualPace(run.flow) },
      threshold,
      line: "fast",
      unit: "runs within an hour, faster than a person",
      firstSeen: runner.hourTime,
    });
  }
  if (run.missing !== undefined && runner.skipped >= runner.dayRuns * SKIPPED_SHARE) {
    const step = context.endpoints.byId[run.missing];
    runner.skippedVerdict = tell(context, moment, runner.skippedVerdict, runner.skipped, {
      ...shared,
      notes: {
        accounts,
        share: shareOf(run.flow, run.missing),
        step: step === undefined ? "a step" : templateOf(context.endpoints, step),
      },
      threshold: floors.skipped,
      line: "skipped",
      unit: "runs within a day, without a step that nearly everybody makes",
      firstSeen: runner.dayTime,
    });
  }
  const high = peerHigh(peers, ENOUGH_PEERS);
  if (high === undefined || high > SELDOM || runner.dayRuns < floors.runs) return;
  const people = moment.client === undefined ? 1 : peopleBehind(moment.client);
  runner.runsVerdict = tell(context, moment, runner.runsVerdict, runner.dayRuns, {
    ...shared,
    expected: high,
    threshold: Math.max(floors.runs, high * RUNS_FACTOR) * (alone ? 1 : people),
    line: "runs",
    unit: "runs within a day",
    firstSeen: runner.dayTime,
  });
}

type Reading = Pick<Opening, "expected" | "threshold" | "line" | "unit" | "firstSeen" | "notes"> & {
  readonly entity: () => Entity;
};

/** Opens a verdict, or goes on with it. */
function tell(
  context: DetectContext,
  { fact }: Moment,
  known: Verdict | undefined,
  observed: number,
  { entity, ...reading }: Reading,
): Verdict | undefined {
  let verdict = known;
  if (verdict === undefined || verdict.closed) {
    if (observed < reading.threshold) return verdict;
    verdict = context.open({
      ...reading,
      severity: isPrivateKey(fact.clientKey) ? "info" : "medium",
      confidence: 0.85,
      outcome: "succeeded",
      entity: entity(),
      observed,
      events: observed - 1,
    });
  }
  context.add(verdict);
  verdict.observed = Math.max(verdict.observed, observed);
  verdict.notes.accounts = Math.max(Number(verdict.notes.accounts), Number(reading.notes?.accounts));
  return verdict;
}

function explain(verdict: Verdict): string {
  const { notes, line, endpoint } = verdict;
  const runs = `${Math.round(verdict.observed)} ${verdict.unit}`;
  const accounts = Number(notes.accounts) > 1 ? `, under at least ${notes.accounts} accounts` : "";
  const at = `The line is at ${Math.round(verdict.threshold)}`;
  if (line === "skipped") {
    return `${endpoint} was reached in ${runs}${accounts}: ${notes.step} was not called before by the same one, neither within a day nor, where each run needs its own, since the run before, which ${notes.share} of 100 do first. ${at}; once or twice would not have fired.`;
  }
  if (line === "runs") {
    return `${endpoint} was completed in ${runs}${accounts}; of others, nearly nobody does so more than ${Math.round(verdict.expected ?? 0)} times. ${at}. The same number of a thing that people do often would not have fired.`;
  }
  const pace =
    notes.pace === undefined
      ? `They came from ${verdict.memberCount} addresses; about ${Math.round(verdict.expected ?? 0)} such runs are usual in an hour.`
      : `The first was seen to take ${Number(notes.pace).toFixed(1)} s from the start of its visit to the end, where one in two takes more than ${Number(notes.usual).toFixed(0)} s.`;
  return `${endpoint} was completed in ${runs}${accounts}: in less than a twentieth of the time that one in two takes. ${pace} ${at}; the same number at the pace of people would not have fired.`;
}
