/**
 * Looking for what might be there: requests for secret files, admin panels and known holes, and many different
 * paths that lead nowhere.
 */
import type { Outcome } from "../../event.ts";
import { FACT_FLAG, type Fact, FINDING_KINDS } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { culprit } from "../culprit.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import type { Endpoint } from "../endpoints.ts";
import { exposureOutcome, strongerOutcome } from "../outcome.ts";
import { atLeast } from "../severity.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { createPeers, observePeer, peerThreshold } from "../state/peers.ts";
import { stateOf } from "../state/per-source.ts";
import type { Source } from "../state/sources.ts";
import { type Bucket, pour } from "../state/window.ts";
import type { Verdict } from "../verdict.ts";
import { MISS_LEAK_PER_SECOND, probingDescriptor } from "./descriptor.ts";

const kindIndex = (kind: (typeof FINDING_KINDS)[number]) => FINDING_KINDS.indexOf(kind);
const MARKS: ReadonlySet<number> = new Set([
  kindIndex("sensitive-file"),
  kindIndex("admin-panel"),
  kindIndex("exploit-path"),
  kindIndex("webshell"),
  kindIndex("malformed-request"),
]);
const SEARCH_CRAWLER = AGENT_CLASSES.indexOf("search_crawler");
const MONITOR = AGENT_CLASSES.indexOf("monitor");

/** A mark from this score on is a secret wherever it lies. */
const CERTAIN_SECRET = 0.8;
/** A served path with a mark from this score on is an exposure by itself. */
const EXPOSED_SCORE = 0.6;
const MANY_MARKS = 10;
const MANY_MISSES = 50;
const DAY_MS = 86_400_000;
/** Someone most of whose requests lead somewhere is using the API, with a few broken links. */
const MISS_SHARE = 0.4;

interface State {
  /** Product of (1 - weight) over different marked paths. */
  doubt: number;
  marks: Distinct;
  misses: Distinct;
  missEvents: number;
  malformed: number;
  requests: number;
  bucket: Bucket;
  peak: number;
  since: number;
  firstTime: number;
  verdict: Verdict | undefined;
}

export const probing: Detector = {
  descriptor: probingDescriptor,
  stateVersion: 1,
  start(context, slot) {
    const { floors } = context;
    const peers = context.state(createPeers);
    return {
      event(moment) {
        const { fact, client } = moment;
        if (client === undefined) return;
        const marked = fact.findingScore > 0 && MARKS.has(fact.findingKind) && !isOrdinaryRead(fact);
        const missed = isMiss(fact, moment.endpoint);
        if (!marked && !missed) {
          const state = client.states[slot] as State | undefined;
          if (state !== undefined && (fact.flags & FACT_FLAG.ASSET) === 0) state.requests++;
          return;
        }
        const state = stateOf(client, slot, newState, moment);
        if (moment.now - state.since > DAY_MS && state.verdict?.closed !== false) {
          if (state.verdict === undefined) observePeer(peers, state.peak);
          Object.assign(state, newState(moment));
        }
        state.requests++;
        const outcome = marked ? addMark(state, fact, moment.endpoint) : "unknown";
        const level = missed ? addMiss(state, fact, moment.now, floors.misses_burst) : 0;
        judge(context, moment, state, level, outcome, peerThreshold(peers, floors.misses_burst, 2));
      },
      explain,
      learned: () => ({ misses_burst: peerThreshold(peers, 0, 2) }),
    };
  },
};

function newState(moment: Moment): State {
  return {
    doubt: 1,
    marks: createDistinct(64),
    misses: createDistinct(64),
    missEvents: 0,
    malformed: 0,
    requests: moment.client?.requests ?? 0,
    bucket: { level: 0, at: moment.now },
    peak: 0,
    since: moment.now,
    firstTime: moment.fact.time,
    verdict: undefined,
  };
}

/** A served file that a page links to, or that a search engine found, is published, whatever its name. */
function isOrdinaryRead(fact: Fact): boolean {
  if (fact.findingScore >= CERTAIN_SECRET) return false;
  if (fact.status === 304) return true;
  const linked = (fact.flags & FACT_FLAG.REFERER) !== 0 || fact.agentClass === SEARCH_CRAWLER;
  return linked && fact.status >= 200 && fact.status < 300;
}

/** An answer that says there is nothing here, or nothing for you, at a place that was never of use to anyone. */
function isMiss(fact: Fact, endpoint: Endpoint): boolean {
  const { status } = fact;
  if (fact.agentClass === MONITOR) return false;
  if ((fact.flags & FACT_FLAG.ASSET) !== 0 && (fact.flags & FACT_FLAG.REFERER) !== 0) return false;
  if (
    status === 404 ||
    status === 400 ||
    status === 410 ||
    status === 444 ||
    status === 405 ||
    status === 501
  ) {
    return true;
  }
  return (status === 403 || status === 401) && endpoint.status2 === 0;
}

function addMark(state: State, fact: Fact, endpoint: Endpoint): Outcome {
  const outcome =
    fact.findingKind === kindIndex("malformed-request") ? "attempted" : exposureOutcome(fact, endpoint);
  if (!addDistinct(state.marks, fact.pathKey)) return outcome;
  const refused = fact.status >= 400 ? 0.1 : 0;
  state.doubt *= 1 - Math.min(0.95, fact.findingScore + refused);
  return outcome;
}

/** Different shapes of paths count, not different paths: a hundred missing pictures are one broken page. */
function addMiss(state: State, fact: Fact, now: number, floor: number): number {
  state.missEvents++;
  const malformed = (fact.flags & FACT_FLAG.MALFORMED) !== 0;
  if (malformed) state.malformed++;
  const key = malformed ? fact.pathKey : fact.routeKey;
  if (!addDistinct(state.misses, key)) return 0;
  const level = pour(state.bucket, now, 1, MISS_LEAK_PER_SECOND, floor * 4);
  if (level > state.peak) state.peak = level;
  return level;
}

function judge(
  context: DetectContext,
  moment: Moment,
  state: State,
  level: number,
  outcome: Outcome,
  threshold: number,
): void {
  const { fact } = moment;
  const { floors } = context;
  const certainty = 1 - state.doubt;
  const misses = countDistinct(state.misses);
  const patience = fact.agentClass === SEARCH_CRAWLER ? 5 : 1;
  const mostlyMisses = state.missEvents >= state.requests * MISS_SHARE;
  const burst = mostlyMisses && level > threshold * patience;
  const slow = mostlyMisses && misses >= floors.misses_day * patience;
  const exposed = outcome === "probably_succeeded" && fact.findingScore >= EXPOSED_SCORE;
  const marks = countDistinct(state.marks);
  // Noise on a port (TLS, worms, other protocols) is kept, and is no alarm by itself.
  const noise = state.malformed * 2 > state.missEvents;
  const alarm =
    ((burst || slow) && !noise) || (marks >= 2 && certainty >= floors.certainty && !noise) || exposed;

  if (state.verdict === undefined || state.verdict.closed) {
    if (!alarm && !burst && certainty < floors.fact_certainty) return;
    const source = culprit(moment);
    if (source === undefined) return;
    state.verdict = open(context, source, state, { certainty, misses, level, threshold, burst, slow });
  }
  const { verdict } = state;
  context.add(verdict);
  verdict.notes.marks = marks;
  verdict.notes.misses = misses;
  verdict.notes.missEvents = state.missEvents;
  verdict.notes.requests = state.requests;
  verdict.notes.certainty = certainty;
  if (verdict.unit === "different paths") verdict.observed = misses;
  else verdict.observed = certainty;
  verdict.confidence = Math.min(
    0.99,
    Math.max(verdict.confidence, certainty, misses >= MANY_MISSES ? 0.95 : 0),
  );
  const before = `${verdict.severity} ${verdict.outcome}`;
  if (alarm) verdict.severity = atLeast(verdict.severity, "low");
  if (!noise && (misses >= MANY_MISSES || marks >= MANY_MARKS))
    verdict.severity = atLeast(verdict.severity, "medium");
  if (outcome === "attempted" || exposed) verdict.outcome = strongerOutcome(verdict.outcome, outcome);
  if (exposed) {
    verdict.severity = atLeast(verdict.severity, "high");
    verdict.notes.exposed = Number(verdict.notes.exposed ?? 0) + 1;
  }
  if (before !== `${verdict.severity} ${verdict.outcome}`) context.changed(verdict);
}

interface Reading {
  readonly certainty: number;
  readonly misses: number;
  readonly level: number;
  readonly threshold: number;
  readonly burst: boolean;
  readonly slow: boolean;
}

function open(context: DetectContext, source: Source, state: State, reading: Reading): Verdict {
  const { floors } = context;
  const byMisses = reading.burst || reading.slow;
  return context.open({
    severity: "info",
    confidence: byMisses ? 0.8 : reading.certainty,
    outcome: "attempted",
    entity: { type: source.type, value: source.name },
    observed: byMisses ? reading.misses : reading.certainty,
    threshold: byMisses ? (reading.burst ? reading.threshold : floors.misses_day) : floors.fact_certainty,
    line: byMisses ? (reading.burst ? "misses_burst" : "misses_day") : "fact_certainty",
    unit: byMisses ? "different paths" : "certainty",
    firstSeen: state.firstTime,
    events: Math.max(0, Math.max(state.missEvents, countDistinct(state.marks)) - 1),
  });
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const parts: string[] = [];
  const marks = Number(notes.marks ?? 0);
  const misses = Number(notes.misses ?? 0);
  if (marks > 0) {
    const things =
      marks === 1
        ? "1 path that only an attacker asks for"
        : `${marks} different paths that only attackers ask for`;
    parts.push(
      `It asked for ${things} (secret files, admin panels, known holes): ${Math.min(99, Math.floor(Number(notes.certainty) * 100))} % certain.`,
    );
  }
  if (misses > 1) {
    parts.push(
      `${notes.missEvents} of its ${notes.requests} requests were refused or found nothing, over ${misses} different paths.`,
    );
  }
  if (verdict.unit === "different paths") {
    parts.push(
      `The line is at ${Math.round(verdict.threshold)} different paths; fewer, or mostly good answers, would not have fired.`,
    );
  } else {
    parts.push(
      `The line is at ${Math.round(verdict.threshold * 100)} %; a path that might be an honest mistake would not have fired.`,
    );
  }
  if (notes.exposed !== undefined)
    parts.push(
      `${notes.exposed} of these requests got an answer of their own with content: look at what was served.`,
    );
  return parts.join(" ");
}
