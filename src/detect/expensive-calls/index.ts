/**
 * Calls that cost much more than those of others: the rate is unremarkable, the time that they take is not. An endpoint
 * that is slow for everybody is somebody else's matter.
 */
import { FACT_FLAG, type Fact } from "../../fact.ts";
import { isPrivateKey } from "../../normalize/address.ts";
import { principalType } from "../culprit.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import { type Endpoint, hasOrdinaryUsers } from "../endpoints.ts";
import { atLeast } from "../severity.ts";
import { quantile } from "../state/histogram.ts";
import { createKeyed, entryOf } from "../state/keyed.ts";
import { createPeers, observePeer, type Peers, peerHigh, peerThreshold } from "../state/peers.ts";
import type { Verdict } from "../verdict.ts";
import { expensiveCallsDescriptor } from "./descriptor.ts";

const SPELL_MS = 1_800_000;
/** Quicker than this is no burden, whatever is usual. */
const SLOW_MS = 500;
const TIMES_USUAL = 4;
const CALLS = 20;
const FACTOR = 4;
/** An endpoint's usual time is known from so many answers. */
const ENOUGH_ANSWERS = 200;
/** Calls of others in the same half hour, and how many of them may be slow. */
const FEWEST_OTHERS = 10;
const OTHERS_SLOW = 0.1;
/** A whole worker, for all that time. */
const WHOLE_SECONDS = SPELL_MS / 1000;
const MOST_CALLERS = 64;
const MAX_ENDPOINTS = 2000;

interface Caller {
  calls: number;
  seconds: number;
  firstTime: number;
  verdict: Verdict | undefined;
}

interface Spell {
  since: number;
  /** Milliseconds from which a call is slow, and what is usual. */
  line: number;
  usual: number;
  /** Timed answers of the endpoint before it began, and slow ones since. */
  before: number;
  slow: number;
  /** Who made slow calls in it. */
  readonly callers: Map<number, Caller>;
  readonly peers: Peers;
}

export const expensiveCalls: Detector = {
  descriptor: expensiveCallsDescriptor,
  stateVersion: 1,
  start(context) {
    const spells = context.state(() => createKeyed<Spell>(MAX_ENDPOINTS));
    return {
      event(moment) {
        const { fact, endpoint, now } = moment;
        if (!(fact.durationMs >= SLOW_MS)) return;
        if (!endpoint.known || (fact.flags & FACT_FLAG.ASSET) !== 0) return;
        if (endpoint.durations.total < ENOUGH_ANSWERS || !hasOrdinaryUsers(endpoint)) return;
        const spell = entryOf(spells, endpoint.id + 2, createSpell, moment);
        if (now - spell.since > SPELL_MS) beginAnew(spell, endpoint, now);
        if (fact.durationMs < spell.line) return;
        spell.slow++;
        judge(context, spell, moment);
      },
      explain,
    };
  },
};

function createSpell({ endpoint, now }: Moment): Spell {
  const spell: Spell = {
    since: now,
    line: 0,
    usual: 0,
    before: 0,
    slow: 0,
    callers: new Map(),
    peers: createPeers(),
  };
  beginAnew(spell, endpoint, now);
  return spell;
}

function beginAnew(spell: Spell, { durations }: Endpoint, now: number): void {
  for (const [key, caller] of spell.callers) {
    const { verdict } = caller;
    if (verdict === undefined) observePeer(spell.peers, caller.seconds);
    if (verdict === undefined || verdict.closed) spell.callers.delete(key);
    else {
      caller.calls = 0;
      caller.seconds = 0;
    }
  }
  spell.since = now;
  spell.usual = quantile(durations, 0.5);
  spell.line = Math.max(SLOW_MS, spell.usual * TIMES_USUAL);
  spell.before = durations.total - 1;
  spell.slow = 0;
}

function judge(context: DetectContext, spell: Spell, moment: Moment): void {
  const { fact, endpoint } = moment;
  const key = fact.userKey || fact.credentialKey || fact.clientKey;
  if (key === 0) return;
  let caller = spell.callers.get(key);
  if (caller === undefined) {
    if (spell.callers.size >= MOST_CALLERS) return;
    caller = { calls: 0, seconds: 0, firstTime: fact.time, verdict: undefined };
    spell.callers.set(key, caller);
  }
  caller.calls++;
  caller.seconds += fact.durationMs / 1000;
  if (caller.verdict === undefined || caller.verdict.closed) {
    caller.verdict = open(context, spell, caller, fact, endpoint);
    if (caller.verdict === undefined) return;
  }
  const { verdict } = caller;
  context.add(verdict);
  verdict.observed = Math.max(verdict.observed, caller.seconds);
  verdict.notes.calls = Math.max(Number(verdict.notes.calls), caller.calls);
  if (caller.seconds < WHOLE_SECONDS || verdict.severity === "info" || verdict.outcome !== "attempted")
    return;
  verdict.outcome = "probably_succeeded";
  verdict.severity = atLeast(verdict.severity, "medium");
  context.changed(verdict);
}

function open(
  context: DetectContext,
  spell: Spell,
  caller: Caller,
  fact: Fact,
  endpoint: Endpoint,
): Verdict | undefined {
  if (caller.calls < CALLS || caller.seconds < context.floors.seconds) return undefined;
  const threshold = peerThreshold(spell.peers, context.floors.seconds, FACTOR);
  if (caller.seconds < threshold) return undefined;
  const others = endpoint.durations.total - spell.before - caller.calls;
  if (others < FEWEST_OTHERS || spell.slow - caller.calls > others * OTHERS_SLOW) return undefined;
  const high = peerHigh(spell.peers);
  const known = fact.userKey !== 0 || fact.credentialKey !== 0;
  return context.open({
    severity: isPrivateKey(fact.clientKey) ? "info" : "low",
    confidence: 0.75,
    outcome: "attempted",
    entity: known
      ? { type: principalType(fact), value: context.userName() }
      : { type: "client.address", value: context.clientName() },
    observed: caller.seconds,
    ...(high === undefined ? {} : { expected: high }),
    threshold,
    line: "seconds",
    unit: "seconds of work within half an hour",
    firstSeen: caller.firstTime,
    events: caller.calls - 1,
    notes: { calls: caller.calls, usual: spell.usual, others },
  });
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const others =
    verdict.expected === undefined
      ? "too few others make such calls to compare with"
      : `of others who make such calls, the busiest hundredth causes ${Math.round(verdict.expected)} s`;
  return `It kept ${verdict.endpoint} busy for ${Math.round(verdict.observed)} ${verdict.unit}, with ${notes.calls} calls that each took at least ${TIMES_USUAL} times the usual ${Math.round(Number(notes.usual))} ms, while ${notes.others} calls of others were as quick as ever; ${others}. The line is at ${Math.round(verdict.threshold)} s. The same number of calls of usual length would not have fired.`;
}
