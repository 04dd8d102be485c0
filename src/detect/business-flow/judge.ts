/** What is told of one account or one address: runs that are too fast, too many, or without a step. */
import type { Entity } from "../../event.ts";
import type { Fact } from "../../fact.ts";
import { isPrivateKey } from "../../normalize/address.ts";
import { crowd as peopleBehind, principalType } from "../culprit.ts";
import type { DetectContext, Moment, Opening } from "../detector.ts";
import { templateOf } from "../endpoints.ts";
import { type Peers, peerHigh } from "../state/peers.ts";
import type { Verdict } from "../verdict.ts";
import { type Flow, shareOf, usualPace } from "./flow.ts";
import { accountsOf, type Runner } from "./runner.ts";

/** One account alone that does it over and over is as often a check of one's own. */
const ALONE = 3;
/** What an address is blamed for is this share of what comes from it. */
const FAST_SHARE = 0.5;
const SKIPPED_SHARE = 0.3;
/** Flows that nearly nobody goes through more often than this in a day, and how many must be known to say so. */
const SELDOM = 3;
const ENOUGH_PEERS = 60;
const RUNS_FACTOR = 4;

/** One run as far as it is understood. */
export interface Run {
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

export function personOf(context: DetectContext, fact: Fact): () => Entity {
  if (fact.userKey === 0 && fact.credentialKey === 0) {
    return () => ({ type: "client.address", value: context.clientName() });
  }
  return () => ({ type: principalType(fact), value: context.userName() });
}

export function judgeRunner(
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
  if (run.fast && runner.fast >= runner.hourRuns * FAST_SHARE) {
    const threshold = floors.fast * (alone ? ALONE : 1);
    runner.fastVerdict = tell(context, moment, runner.fastVerdict, runner.fast, {
      entity,
      notes: { accounts, pace: run.pace / 10, usual: usualPace(run.flow) },
      threshold,
      line: "fast",
      unit: "runs within an hour, faster than a person",
      firstSeen: runner.hourTime,
    });
  }
  if (run.missing !== undefined && runner.skipped >= runner.dayRuns * SKIPPED_SHARE) {
    judgeSkipped(context, moment, run, run.missing, runner, entity);
  }
  const high = peerHigh(peers, ENOUGH_PEERS);
  if (high === undefined || high > SELDOM || runner.dayRuns < floors.runs) return;
  const people = moment.client === undefined ? 1 : peopleBehind(moment.client);
  runner.runsVerdict = tell(context, moment, runner.runsVerdict, runner.dayRuns, {
    entity,
    notes: { accounts },
    expected: high,
    threshold: Math.max(floors.runs, high * RUNS_FACTOR) * (alone ? 1 : people),
    line: "runs",
    unit: "runs within a day",
    firstSeen: runner.dayTime,
  });
}

export function judgeSkipped(
  context: DetectContext,
  moment: Moment,
  run: Run,
  missing: number,
  runner: Runner,
  entity: () => Entity,
): void {
  const step = context.endpoints.byId[missing];
  runner.skippedVerdict = tell(context, moment, runner.skippedVerdict, runner.skipped, {
    notes: {
      accounts: accountsOf(runner),
      share: shareOf(run.flow, missing),
      step: step === undefined ? "a step" : templateOf(context.endpoints, step),
    },
    entity,
    threshold: context.floors.skipped,
    line: "skipped",
    unit: "runs within a day, without a step that nearly everybody makes",
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

export function explain(verdict: Verdict): string {
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
