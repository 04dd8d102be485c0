/** Going through identifiers one by one, to find out which exist or to read them all. */
import { FACT_FLAG, FINDING_KINDS, METHOD } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { crowd } from "../culprit.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import { hasOrdinaryUsers } from "../endpoints.ts";
import { atLeast } from "../severity.ts";
import { isFamiliar, type Visits as VisitCounts } from "../state/familiar.ts";
import { createKeyed, entryOf } from "../state/keyed.ts";
import { createPeers, observePeer, type Peers, peerHigh, peerThreshold } from "../state/peers.ts";
import { stateOf } from "../state/per-source.ts";
import type { Verdict } from "../verdict.ts";
import { createAskers, explainAskers, noteQuestion } from "./askers.ts";
import { enumerationDescriptor, type WalkWindow, WINDOWS } from "./descriptor.ts";
import { createNames, judgeNames, type NamesState } from "./names.ts";
import { asksForReset, createResets, explainResets, judgeResets, type Resets } from "./resets.ts";
import { createTrail, missShare, restartWalk, stepShare, type Trail, takeStep, type Walk } from "./walk.ts";

const USER_ENUMERATION = FINDING_KINDS.indexOf("user-enumeration");
const CRAWLERS: ReadonlySet<number> = new Set([
  AGENT_CLASSES.indexOf("search_crawler"),
  AGENT_CLASSES.indexOf("ai_crawler"),
]);
/** Endpoints that one actor is followed on at a time. */
const MAX_ENDPOINTS = 16;
/** Neighbouring numbers: a human clicks around, a script counts. */
const STEP_SHARE = 0.6;
/** Identifiers that do not exist, or are not yours. */
const MISS_SHARE = 0.3;
const MANY = 500;
/** So much log before a stranger's walk over a machine's endpoint stands out by itself. */
const HISTORY_MS = 86_400_000;
/** An actor who walked before may walk this much further. */
const OWN_GROWTH = 2;

/** What is known of one actor at one endpoint. */
interface Visits {
  readonly trail: Trail;
  /** How far it walked before without giving cause for alarm, by window. */
  readonly usual: number[];
  /** One verdict, by the window that was over its line first. */
  verdict: Verdict | undefined;
}

interface State {
  readonly counts: VisitCounts;
  readonly visits: Map<number, Visits>;
  names: NamesState | undefined;
  resets: Resets | undefined;
}

export const enumeration: Detector = {
  descriptor: enumerationDescriptor,
  stateVersion: 3,
  start(context, slot) {
    const log = context.state(() => ({
      grounds: createKeyed<readonly Peers[]>(8000),
      askers: createAskers(),
      resets: createPeers(),
      /** Stream time of its first event. */
      start: Number.NaN,
    }));
    return {
      event(moment) {
        const { fact, actor, now } = moment;
        if (Number.isNaN(log.start)) log.start = now;
        if ((fact.flags & FACT_FLAG.PERSON) !== 0 && fact.objectKey !== 0) {
          noteQuestion(context, log.askers, moment);
        }
        if (actor === undefined) return;
        if (fact.findingKind === USER_ENUMERATION && fact.findingScore > 0) {
          const state = stateOf(actor, slot, newState);
          state.names ??= createNames(fact.time);
          judgeNames(context, moment, state.names);
        }
        if (asksForReset(fact)) {
          const state = stateOf(actor, slot, newState);
          state.resets ??= createResets(now, fact.time);
          judgeResets(context, moment, actor, state.resets, log.resets);
        }
        if (fact.objectKey === 0 || (fact.flags & FACT_FLAG.ASSET) !== 0) return;
        const state = stateOf(actor, slot, newState);
        if (!isFamiliar(state.counts, moment.endpoint.id)) return;
        const visits = visitsAt(state, moment);
        const ground = entryOf(log.grounds, moment.endpoint.id + 2, createGround);
        rollWalks(visits, ground, now, fact.time);
        takeStep(visits.trail, fact, now);
        for (let index = 0; index < WINDOWS.length; index++) {
          judge(context, moment, visits, ground, index, log.start);
        }
        if (visits.verdict?.closed === false) context.add(visits.verdict);
      },
      explain,
    };
  },
};

function createGround(): readonly Peers[] {
  return WINDOWS.map(() => createPeers());
}

function newState(): State {
  return { counts: new Map(), visits: new Map(), names: undefined, resets: undefined };
}

function visitsAt(state: State, moment: Moment): Visits {
  const { id } = moment.endpoint;
  const known = state.visits.get(id);
  if (known !== undefined) return known;
  if (state.visits.size >= MAX_ENDPOINTS) {
    const [oldest] = state.visits.keys();
    if (oldest !== undefined) state.visits.delete(oldest);
  }
  const visits: Visits = {
    trail: createTrail(moment.now, moment.fact.time, WINDOWS.length),
    usual: WINDOWS.map(() => 0),
    verdict: undefined,
  };
  state.visits.set(id, visits);
  return visits;
}

/** Walks whose time is over teach what is usual, for this actor and for its peers, and begin anew. */
function rollWalks(visits: Visits, ground: readonly Peers[], now: number, time: number): void {
  const { walks } = visits.trail;
  for (let index = 0; index < WINDOWS.length; index++) {
    const walk = walks[index];
    if (walk === undefined || now - walk.since <= WINDOWS[index].windowMs) continue;
    const peers = ground[index];
    if (visits.verdict === undefined && peers !== undefined) observePeer(peers, walk.objects);
    const harmless = visits.verdict === undefined || visits.verdict.severity === "info";
    if (harmless) visits.usual[index] = Math.max(visits.usual[index] ?? 0, walk.objects);
    restartWalk(visits.trail, index, now, time);
  }
}

function judge(
  context: DetectContext,
  moment: Moment,
  visits: Visits,
  ground: readonly Peers[],
  index: number,
  start: number,
): void {
  const window = WINDOWS[index];
  const walk = visits.trail.walks[index];
  const peers = ground[index];
  if (walk === undefined || peers === undefined) return;
  const line = lineOf(moment, window);
  if (walk.objects < context.floors[line]) return;
  if (visits.verdict === undefined || visits.verdict.closed) {
    const own = (visits.usual[index] ?? 0) * OWN_GROWTH;
    visits.verdict = openWalk(context, moment, walk, { own, window, line, peers, start });
    if (visits.verdict === undefined) return;
  }
  const { verdict } = visits;
  if (verdict.severity === "info" && isUnknownMachine(moment, walk, start)) learnUsual(visits);
  if (!verdict.unit.endsWith(window.words)) return;
  verdict.observed = Math.max(verdict.observed, walk.objects);
  noteWalk(verdict, walk);
  const before = `${verdict.severity} ${verdict.outcome}`;
  if (walk.requests - walk.misses >= context.floors[line] / 2) verdict.outcome = "succeeded";
  if (walk.objects >= MANY && verdict.notes.outstanding === 1) {
    verdict.severity = atLeast(verdict.severity, "medium");
  }
  if (before !== `${verdict.severity} ${verdict.outcome}`) context.changed(verdict);
}

interface Reading {
  /** The line that this actor's own past draws. */
  readonly own: number;
  readonly window: WalkWindow;
  /** Name of the threshold. */
  readonly line: string;
  readonly peers: Peers;
  readonly start: number;
}

function openWalk(
  context: DetectContext,
  moment: Moment,
  walk: Walk,
  { own, window, line, peers, start }: Reading,
): Verdict | undefined {
  const { fact, actor } = moment;
  if (actor === undefined) return undefined;
  const { objects } = walk;
  const threshold = Math.max(peerThreshold(peers, context.floors[line], 3) * crowd(actor), own);
  if (objects < threshold) return undefined;
  // Asking about one person after another needs no order and finds no 404.
  const persons = (fact.flags & FACT_FLAG.PERSON) !== 0;
  const stepping = persons || stepShare(walk) >= STEP_SHARE;
  const missing = missShare(walk) >= MISS_SHARE;
  if (!missing && (!stepping || CRAWLERS.has(fact.agentClass))) return undefined;
  const outstanding = !isUnknownMachine(moment, walk, start);
  return context.open({
    severity: outstanding ? "low" : "info",
    notes: { outstanding: outstanding ? 1 : 0 },
    confidence: stepping && missing ? 0.95 : 0.8,
    outcome: "attempted",
    entity: { type: actor.type, value: actor.name },
    observed: objects,
    ...expectedOf(peers),
    threshold,
    line,
    unit: `different objects in ${window.words}`,
    firstSeen: walk.firstTime,
    events: walk.requests - 1,
  });
}

/** A day of questions about persons by somebody who is nobody yet has a line of its own: staff look people up all day. */
function lineOf({ fact, endpoint }: Moment, window: WalkWindow): string {
  const anonymous = fact.userKey === 0 && fact.credentialKey === 0;
  const person = (fact.flags & FACT_FLAG.PERSON) !== 0;
  return window.name === "day" && person && anonymous && hasOrdinaryUsers(endpoint) ? "persons" : window.name;
}

/**
 * At an endpoint that nobody uses otherwise: it was there when the log begins, is let in with a name or key of its own, or
 * writes, which tells it nothing.
 */
function isUnknownMachine({ endpoint, fact, now }: Moment, walk: Walk, start: number): boolean {
  if (missShare(walk) >= MISS_SHARE || hasOrdinaryUsers(endpoint)) return false;
  const writes = fact.method >= METHOD.POST && fact.method <= METHOD.DELETE;
  return writes || now - start < HISTORY_MS || fact.userKey !== 0 || fact.credentialKey !== 0;
}

/** What it does then is what it will do every day. */
function learnUsual(visits: Visits): void {
  for (let index = 0; index < WINDOWS.length; index++) {
    visits.usual[index] = Math.max(visits.usual[index] ?? 0, visits.trail.walks[index]?.objects ?? 0);
  }
}

/** What the busiest window of the walk looked like. */
function noteWalk(verdict: Verdict, walk: Walk): void {
  const { notes } = verdict;
  if (Number(notes.requests ?? 0) <= walk.requests) {
    notes.misses = walk.misses;
    notes.requests = walk.requests;
    notes.steps = Math.round(stepShare(walk) * 100);
  }
  if (!Number.isFinite(walk.lowest)) return;
  notes.lowest = Math.min(Number(notes.lowest ?? walk.lowest), walk.lowest);
  notes.highest = Math.max(Number(notes.highest ?? walk.highest), walk.highest);
}

function expectedOf(peers: Peers): { expected: number } | Record<string, never> {
  const high = peerHigh(peers);
  return high === undefined ? {} : { expected: high };
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  if (verdict.line === "askers") return explainAskers(verdict);
  if (verdict.line === "resets") return explainResets(verdict);
  if (verdict.unit === "account names asked for") {
    return `It asked ${verdict.events} times which accounts exist, in ${verdict.observed} different ways that are known to give them away. ${verdict.threshold} make an alarm; one such request may be an honest link.`;
  }
  if (verdict.line === "persons") {
    return `It asked for ${verdict.observed} different persons by name or address within a day, in ${verdict.events} requests, without being signed in. The line is at ${Math.round(verdict.threshold)}; somebody who signs up asks for one or two.`;
  }
  const machine =
    notes.outstanding === 0
      ? " Nobody uses this endpoint in any other way, and the actor writes there, has a name or key of its own, or there is too little log to know it, so it is kept as a fact and not as an alarm."
      : "";
  const range = notes.lowest === undefined ? "" : `, from ${notes.lowest} to ${notes.highest}`;
  const usual =
    verdict.expected === undefined
      ? "the published floor, as too few others are known here"
      : `three times what the busiest hundredth of others ask for (${Math.round(verdict.expected)}), or the published floor`;
  return `It asked for ${verdict.observed} ${verdict.unit}${range}: ${notes.steps} % of the steps went to a neighbouring number and ${notes.misses} of ${notes.requests} requests found nothing or were refused. The line is at ${Math.round(verdict.threshold)}: ${usual}. The same number in no order and with good answers would be reading, not enumeration.${machine}`;
}
