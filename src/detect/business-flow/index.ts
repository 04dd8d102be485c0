/**
 * Flows that people go through step by step, learned from those who do: run by programs, far faster or more often than
 * by others, or without a step that nearly everybody makes.
 */
import type { Entity } from "../../event.ts";
import { FACT_FLAG, type Fact, METHOD } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { pairKey } from "../../normalize/key.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import { hasOrdinaryUsers } from "../endpoints.ts";
import { createKeyed, entryOf, type Keyed, peek } from "../state/keyed.ts";
import { growPeer, type Peers } from "../state/peers.ts";
import type { Rows } from "../state/rows.ts";
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
} from "./flow.ts";
import { explain, judgeRunner, judgeSkipped, personOf, type Run } from "./judge.ts";
import { createRecent, forgets, lastUse, markFollowed, noteStep, type Recent, turnTo } from "./recent.ts";
import { accountsOf, countRun, createRunner, isConvicted, type Runner } from "./runner.ts";
import { createVisits, visitOf } from "./visits.ts";

const MONITOR = AGENT_CLASSES.indexOf("monitor");
const MAX_FLOWS = 2000;
const MAX_RUNNERS = 16_384;
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

export const businessFlow: Detector = {
  descriptor: businessFlowDescriptor,
  stateVersion: 2,
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
          const judged = hasOrdinaryUsers(endpoint) && (fact.flags & FACT_FLAG.LOGIN) === 0;
          if (!judged) learnSteps(flow, recent, now, endpoint.id, last);
          else {
            const run = runOf(state, moment, flow, principal, pace, last);
            if (isGoal(flow)) judge(context, state, moment, run);
            else judgeStep(context, state, moment, run);
          }
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

/** A step on the way, or an end after which the application goes on by itself: judged by what is missing before it. */
function judgeStep(context: DetectContext, state: State, moment: Moment, run: Run): void {
  const { fact, now, endpoint } = moment;
  const { missing } = run;
  if (missing !== undefined && !run.retried) {
    // Without a name or a session, an address may be many people.
    if (fact.userKey === 0 && fact.credentialKey === 0) return;
    const one = entryOf(state.ones, pairKey(run.principal, endpoint.id + 2), () =>
      createRunner(now, fact.time),
    );
    countRun(one, now, fact.time, run.principal, false, true);
    judgeSkipped(context, moment, run, missing, one, personOf(context, fact));
    if (one.skipped > 1) return;
  }
  learnSteps(run.flow, state.recent, now, endpoint.id, run.last);
}

function learnRuns(peers: Peers, { dayRuns }: Runner): void {
  growPeer(peers, dayRuns - 1, dayRuns);
}
