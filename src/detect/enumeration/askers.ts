/** Asking about one person after another from many addresses, a few at each: too little there, far too much together. */

import { pairKey } from "../../normalize/key.ts";
import type { DetectContext, Moment } from "../detector.ts";
import { hasOrdinaryUsers, templateOf } from "../endpoints.ts";
import { createKeyed, entryOf, type Keyed } from "../state/keyed.ts";
import { addMember, type Verdict } from "../verdict.ts";

/** People mistype their own name, and sign up a friend. */
const FEW = 4;
const HOUR_MS = 3_600_000;
const MAX_ASKERS = 16_384;
const MAX_ENDPOINTS = 1024;
const MOST_MEMBERS = 200;
const FACTOR = 4;
const WEIGHT = 0.1;

/** One address at one endpoint. */
interface Asker {
  since: number;
  /** Different persons, up to FEW. */
  readonly persons: number[];
}

interface Asked {
  hour: number;
  hourTime: number;
  /** Requests of those who asked about FEW or more, from then on. */
  requests: number;
  answered: number;
  readonly members: Map<string, number>;
  /** Such addresses in an hour, as a mean that follows slowly and that one hour cannot lift far. */
  usual: number;
  verdict: Verdict | undefined;
}

export interface Askers {
  readonly askers: Keyed<Asker>;
  readonly asked: Keyed<Asked>;
}

export function createAskers(): Askers {
  return { askers: createKeyed(MAX_ASKERS), asked: createKeyed(MAX_ENDPOINTS) };
}

function newAsker(now: number): Asker {
  return { since: now, persons: [] };
}

/** Counts a question about a person by somebody who is nobody yet: staff look people up all day. */
export function noteQuestion(context: DetectContext, { askers, asked }: Askers, moment: Moment): void {
  const { fact, now, endpoint } = moment;
  if (fact.userKey !== 0 || fact.credentialKey !== 0 || fact.clientKey === 0) return;
  const asker = entryOf(askers, pairKey(fact.clientKey, endpoint.id + 2), newAsker, now);
  if (now - asker.since > HOUR_MS) {
    asker.since = now;
    asker.persons.length = 0;
  }
  if (asker.persons.length < FEW && !asker.persons.includes(fact.objectKey))
    asker.persons.push(fact.objectKey);
  if (asker.persons.length < FEW || !hasOrdinaryUsers(endpoint)) return;
  const at = entryOf(asked, endpoint.id + 2, createAsked, moment);
  roll(at, moment);
  at.requests++;
  if (fact.status >= 200 && fact.status < 300) at.answered++;
  const name = context.clientName();
  if (at.members.has(name) || at.members.size < MOST_MEMBERS) {
    at.members.set(name, (at.members.get(name) ?? FEW - 1) + 1);
  }
  judge(context, at, moment, name);
}

function createAsked({ now, fact }: Moment): Asked {
  return {
    hour: now,
    hourTime: fact.time,
    requests: 0,
    answered: 0,
    members: new Map(),
    usual: 0,
    verdict: undefined,
  };
}

function roll(at: Asked, { now, fact }: Moment): void {
  if (now - at.hour <= HOUR_MS) return;
  if (at.verdict === undefined || at.verdict.closed) {
    at.usual += WEIGHT * (Math.min(at.members.size, at.usual * 2 + 1) - at.usual);
  }
  at.hour = now;
  at.hourTime = fact.time;
  at.requests = 0;
  at.answered = 0;
  at.members.clear();
}

function judge(context: DetectContext, at: Asked, { endpoint }: Moment, name: string): void {
  if (at.verdict === undefined || at.verdict.closed) {
    const threshold = Math.max(context.floors.askers, at.usual * FACTOR);
    if (at.members.size < threshold) return;
    at.verdict = context.open({
      severity: "low",
      confidence: 0.8,
      outcome: "attempted",
      entity: {
        type: "campaign",
        value: `many sources asking for persons at ${templateOf(context.endpoints, endpoint)}`,
      },
      observed: at.members.size,
      expected: at.usual,
      threshold,
      line: "askers",
      unit: "addresses that asked for several persons in an hour",
      firstSeen: at.hourTime,
      events: at.requests - 1,
    });
    // The present request is added below.
    for (const [member, requests] of at.members)
      addMember(at.verdict, member, member === name ? requests - 1 : requests);
  }
  const { verdict } = at;
  context.add(verdict);
  addMember(verdict, name);
  verdict.observed = Math.max(verdict.observed, at.members.size);
  if (at.answered * 2 > at.requests) verdict.outcome = "succeeded";
  context.changed(verdict);
}

export function explainAskers(verdict: Verdict): string {
  return `${Math.round(verdict.observed)} ${verdict.unit} at ${verdict.endpoint}, at least ${FEW} different ones each; about ${Math.round(verdict.expected ?? 0)} such addresses are usual there. The line is at ${Math.round(verdict.threshold)}. As many addresses asking for one or two persons each, as when many sign up, would not have fired.`;
}
