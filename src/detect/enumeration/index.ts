/** Going through identifiers one by one, to find out which exist or to read them all. */
import { FACT_FLAG, FINDING_KINDS } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { crowd } from "../culprit.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import { hasOrdinaryUsers } from "../endpoints.ts";
import { atLeast } from "../severity.ts";
import { countDistinct, createDistinct } from "../state/distinct.ts";
import { createKeyedState } from "../state/keyed.ts";
import { createPeers, observePeer, type Peers, peerHigh, peerThreshold } from "../state/peers.ts";
import { stateOf } from "../state/per-source.ts";
import type { Verdict } from "../verdict.ts";
import { enumerationDescriptor, type WalkWindow, WINDOWS } from "./descriptor.ts";
import { judgeNames, type NamesState } from "./names.ts";
import { createWalk, missShare, stepShare, takeStep, type Walk } from "./walk.ts";

const USER_ENUMERATION = FINDING_KINDS.indexOf("user-enumeration");
const CRAWLERS: ReadonlySet<number> = new Set([
  AGENT_CLASSES.indexOf("search_crawler"),
  AGENT_CLASSES.indexOf("ai_crawler"),
]);
/** Endpoints that one actor is followed on at a time. */
const MAX_WALKS = 16;
/** Neighbouring numbers: a human clicks around, a script counts. */
const STEP_SHARE = 0.6;
/** Identifiers that do not exist, or are not yours. */
const MISS_SHARE = 0.3;
const MANY = 500;
/** So much log before a stranger's walk over a machine's endpoint stands out by itself. */
const HISTORY_MS = 86_400_000;
/** An actor who walked before may walk this much further. */
const OWN_GROWTH = 2;

interface State extends NamesState {
  readonly walks: readonly Map<number, Walk>[];
  /** One verdict for an endpoint, by the window that was over its line first. */
  readonly verdicts: Map<number, Verdict>;
  /** How far it walked before, by endpoint and window, without giving cause for alarm. */
  readonly usual: Map<string, number>;
}

export const enumeration: Detector = {
  descriptor: enumerationDescriptor,
  start(context, slot) {
    const grounds = createKeyedState<readonly Peers[]>(8000);
    let start = Number.NaN;
    return {
      event(moment) {
        const { fact, actor } = moment;
        if (Number.isNaN(start)) start = moment.now;
        if (actor === undefined) return;
        if (fact.findingKind === USER_ENUMERATION && fact.findingScore > 0) {
          judgeNames(
            context,
            moment,
            stateOf(actor, slot, () => newState(moment)),
          );
        }
        if (fact.objectKey === 0 || (fact.flags & FACT_FLAG.ASSET) !== 0) return;
        const state = stateOf(actor, slot, () => newState(moment));
        const ground = grounds.of(moment.endpoint.id + 2, () => WINDOWS.map(() => createPeers()));
        for (let index = 0; index < WINDOWS.length; index++) {
          const window = WINDOWS[index];
          const peers = ground[index];
          if (peers === undefined) continue;
          const walk = walkOf(state, index, moment, window, peers);
          if (takeStep(walk, fact)) judge(context, moment, state, walk, window, peers, start);
        }
        const verdict = state.verdicts.get(moment.endpoint.id);
        if (verdict?.closed === false) context.add(verdict);
      },
      explain,
    };
  },
};

function newState(moment: Moment): State {
  return {
    walks: WINDOWS.map(() => new Map()),
    verdicts: new Map(),
    usual: new Map(),
    names: createDistinct(256),
    namesVerdict: undefined,
    firstTime: moment.fact.time,
  };
}

function walkOf(state: State, index: number, moment: Moment, window: WalkWindow, peers: Peers): Walk {
  const walks = state.walks[index] ?? new Map<number, Walk>();
  const { id } = moment.endpoint;
  const walk = walks.get(id);
  if (walk !== undefined && moment.now - walk.since <= window.windowMs) return walk;
  if (walk !== undefined) {
    const objects = countDistinct(walk.objects);
    const verdict = state.verdicts.get(id);
    if (verdict === undefined) observePeer(peers, objects);
    const harmless = verdict === undefined || verdict.severity === "info";
    if (harmless && objects >= window.floor) state.usual.set(`${id} ${window.words}`, objects);
  } else if (walks.size >= MAX_WALKS) {
    const [oldest] = walks.keys();
    if (oldest !== undefined) walks.delete(oldest);
  }
  const fresh = createWalk(moment.now, moment.fact.time);
  walks.set(id, fresh);
  return fresh;
}

function judge(
  context: DetectContext,
  moment: Moment,
  state: State,
  walk: Walk,
  window: WalkWindow,
  peers: Peers,
  start: number,
): void {
  const { id } = moment.endpoint;
  const objects = countDistinct(walk.objects);
  let verdict = state.verdicts.get(id);
  if (verdict === undefined || verdict.closed) {
    verdict = openWalk(context, moment, state, walk, { objects, window, peers, start });
    if (verdict === undefined) return;
    state.verdicts.set(id, verdict);
  }
  if (!verdict.unit.endsWith(window.words)) return;
  verdict.observed = Math.max(verdict.observed, objects);
  noteWalk(verdict, walk);
  const before = `${verdict.severity} ${verdict.outcome}`;
  if (walk.requests - walk.misses >= window.floor / 2) verdict.outcome = "succeeded";
  if (objects >= MANY && verdict.notes.outstanding === 1)
    verdict.severity = atLeast(verdict.severity, "medium");
  if (before !== `${verdict.severity} ${verdict.outcome}`) context.changed(verdict);
}

interface Reading {
  readonly objects: number;
  readonly window: WalkWindow;
  readonly peers: Peers;
  readonly start: number;
}

function openWalk(
  context: DetectContext,
  moment: Moment,
  state: State,
  walk: Walk,
  { objects, window, peers, start }: Reading,
): Verdict | undefined {
  const { fact, actor } = moment;
  if (objects < window.floor || actor === undefined) return undefined;
  const own = (state.usual.get(`${moment.endpoint.id} ${window.words}`) ?? 0) * OWN_GROWTH;
  const threshold = Math.max(peerThreshold(peers, window.floor, 3) * crowd(actor), own);
  if (objects < threshold) return undefined;
  // Asking about one person after another needs no order and finds no 404.
  const persons = (fact.flags & FACT_FLAG.PERSON) !== 0;
  const stepping = persons || stepShare(walk) >= STEP_SHARE;
  const missing = missShare(walk) >= MISS_SHARE;
  if (!missing && (!stepping || CRAWLERS.has(fact.agentClass))) return undefined;
  const outstanding = missing || hasOrdinaryUsers(moment.endpoint) || moment.now - start >= HISTORY_MS;
  return context.open({
    severity: outstanding ? "low" : "info",
    notes: { outstanding: outstanding ? 1 : 0 },
    confidence: stepping && missing ? 0.95 : 0.8,
    outcome: "attempted",
    entity: { type: actor.type, value: actor.name },
    observed: objects,
    ...expectedOf(peers),
    threshold,
    unit: `different objects in ${window.words}`,
    firstSeen: walk.firstTime,
    events: walk.requests - 1,
  });
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
  if (verdict.unit === "account names asked for") {
    return `It asked ${verdict.events} times which accounts exist, in ${verdict.observed} different ways that are known to give them away. ${verdict.threshold} make an alarm; one such request may be an honest link.`;
  }
  const machine =
    notes.outstanding === 0
      ? " Nobody uses this endpoint in any other way and there is too little log to know this actor, so it is kept as a fact and not as an alarm."
      : "";
  const range = notes.lowest === undefined ? "" : `, from ${notes.lowest} to ${notes.highest}`;
  const usual =
    verdict.expected === undefined
      ? "the published floor, as too few others are known here"
      : `three times what the busiest hundredth of others ask for (${Math.round(verdict.expected)}), or the published floor`;
  return `It asked for ${verdict.observed} ${verdict.unit}${range}: ${notes.steps} % of the steps went to a neighbouring number and ${notes.misses} of ${notes.requests} requests found nothing or were refused. The line is at ${Math.round(verdict.threshold)}: ${usual}. The same number in no order and with good answers would be reading, not enumeration.${machine}`;
}
