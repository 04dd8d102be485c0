/** Verdicts → incidents: one attack, one incident. */

import type { Descriptor } from "../detect/detector.ts";
import type { PastAttack } from "../detect/past-attacks.ts";
import { atLeast } from "../detect/severity.ts";
import { rfc3339, toDetection, topMembers, type Verdict } from "../detect/verdict.ts";
import {
  type Detection,
  type Entity,
  type Incident,
  OUTCOMES,
  type Outcome,
  type Severity,
} from "../event.ts";
import { KEY_SEED, keyOf } from "../normalize/key.ts";
import type { Networks } from "../normalize/networks.ts";
import { type Exception, type FindException, judgedOf } from "./exceptions.ts";
import { groupVerdicts, isAlarm } from "./group.ts";
import { type Attack, type Foresight, foresee } from "./next-stage.ts";
import { riskOf } from "./risk.ts";
import { stagesOf } from "./stages.ts";
import { addressWords, leadOf, recommendationOf, titleOf } from "./words.ts";

export interface Correlation {
  /** Gravest first. */
  readonly incidents: readonly Incident[];
  /** All of them, those of severity info too, in order of detection. */
  readonly detections: readonly Detection[];
}

export interface CorrelateContext {
  readonly descriptors: ReadonlyMap<string, Descriptor>;
  readonly explain: (verdict: Verdict) => string;
  readonly networks: Networks | undefined;
  /** Attacks whose verdicts are not among those given any more. */
  readonly past?: readonly PastAttack[];
  /** What people expect; without it nothing. */
  readonly expected?: FindException | undefined;
}

const SHOWN_MEMBERS = 1000;

export function correlate(verdicts: readonly Verdict[], context: CorrelateContext): Correlation {
  const exceptions = new Map<Verdict, Exception>();
  const ordered = verdicts
    .map((verdict) => softened(verdict, context.expected, exceptions))
    .sort((a, b) => a.detectedAt - b.detectedAt || (a.id < b.id ? -1 : 1));
  const explanations = new Map(ordered.map((verdict) => [verdict, context.explain(verdict)]));
  const groups = groupVerdicts(ordered);
  const foreseen = foresee(groups.map(attackOf), context.past ?? []);
  const incidents = groups.map((group, i) => incidentOf(group, foreseen[i], explanations, context));
  incidents.sort(
    (a, b) =>
      b.risk - a.risk ||
      (a.first_seen < b.first_seen ? -1 : a.first_seen > b.first_seen ? 1 : a.id < b.id ? -1 : 1),
  );
  const detections = ordered.map((verdict) => {
    const detection = toDetection(verdict, explanations.get(verdict) ?? "");
    const exception = exceptions.get(verdict);
    if (exception === undefined) return detection;
    return { ...detection, exception: { id: exception.id, reason: exception.reason } };
  });
  return { incidents, detections };
}

/** What is expected is a fact and no alarm. The engine's own verdict stays as it is. */
function softened(
  verdict: Verdict,
  expected: FindException | undefined,
  exceptions: Map<Verdict, Exception>,
): Verdict {
  const exception = expected?.(judgedOf(verdict));
  if (exception === undefined) return verdict;
  const fact: Verdict = { ...verdict, severity: "info" };
  exceptions.set(fact, exception);
  return fact;
}

function attackOf(group: readonly Verdict[]): Attack {
  return {
    stages: stagesOf(group.filter(isAlarm)),
    start: Math.min(...group.map((verdict) => verdict.firstSeen)),
    end: Math.max(...group.map((verdict) => verdict.lastSeen)),
  };
}

function incidentOf(
  group: readonly Verdict[],
  foresight: Foresight | undefined,
  explanations: ReadonlyMap<Verdict, string>,
  context: CorrelateContext,
): Incident {
  const lead = leadOf(group);
  const alarms = group.filter(isAlarm);
  const severity = alarms.reduce<Severity>((gravest, verdict) => atLeast(gravest, verdict.severity), "low");
  const outcome = strongestOutcome(alarms);
  const stages = stagesOf(alarms);
  const members = membersOf(group);
  const entity = entityOf(group, lead, members);
  const who = whoWords(entity, members, lead, context.networks);
  const first = group.reduce((earliest, verdict) =>
    verdict.detectedAt < earliest.detectedAt ? verdict : earliest,
  );
  const memberCount = Math.max(members.size, ...group.map((verdict) => verdict.memberCount));
  return {
    id: `i${keyOf(KEY_SEED.object, `incident ${first.id}`).toString(36)}`,
    title: titleOf(group, who.short, outcome),
    severity,
    risk: Math.min(100, riskOf(group, severity, outcome, stages.length) + (foresight?.risk ?? 0)),
    entity,
    ...(members.size > 1 ? { members: topMembers(members, SHOWN_MEMBERS), member_count: memberCount } : {}),
    stages,
    ...(foresight === undefined ? {} : { next: foresight.next }),
    categories: [...new Set(alarms.map((verdict) => verdict.category))],
    detections: group.map((verdict) => verdict.id),
    outcome,
    first_seen: rfc3339(Math.min(...group.map((verdict) => verdict.firstSeen))),
    last_seen: rfc3339(Math.max(...group.map((verdict) => verdict.lastSeen))),
    detected_at: rfc3339(Math.min(...alarms.map((verdict) => verdict.detectedAt))),
    events: eventsOf(group),
    summary: summaryOf(alarms, lead, explanations, who.long),
    recommendation: recommendationOf(group, who.short, outcome, context.descriptors),
  };
}

/** A request may count for several verdicts about one entity; it is one event all the same. */
function eventsOf(group: readonly Verdict[]): number {
  const byEntity = new Map<string, number>();
  for (const { entity, events } of group) {
    const key = `${entity.type} ${entity.value}`;
    byEntity.set(key, Math.max(byEntity.get(key) ?? 0, events));
  }
  return [...byEntity.values()].reduce((sum, events) => sum + events, 0);
}

/** Sources by name, with how many events each stands for. */
function membersOf(group: readonly Verdict[]): Map<string, number> {
  const members = new Map<string, number>();
  const count = (name: string, events: number) => members.set(name, (members.get(name) ?? 0) + events);
  for (const verdict of group) {
    if (verdict.entity.type === "client.address") count(verdict.entity.value, verdict.events);
    for (const [name, events] of verdict.members ?? []) count(name, events);
  }
  return members;
}

function entityOf(group: readonly Verdict[], lead: Verdict, members: ReadonlyMap<string, number>): Entity {
  const sources = new Set(group.filter((v) => v.entity.type === "client.address").map((v) => v.entity.value));
  if (lead.entity.type === "client.address" && sources.size > 1) {
    return { type: "campaign", value: `${members.size} addresses` };
  }
  return lead.entity;
}

function whoWords(
  entity: Entity,
  members: ReadonlyMap<string, number>,
  lead: Verdict,
  networks: Networks | undefined,
): { short: string; long: string } {
  if (entity.type === "client.address")
    return { short: entity.value, long: addressWords(entity.value, networks) };
  if (entity.type === "campaign") {
    const count = Math.max(members.size, lead.memberCount);
    const top = topMembers(members, 3).map((name) => addressWords(name, networks));
    return { short: `${count} addresses`, long: `${count} addresses, among them ${top.join(", ")}` };
  }
  return { short: `${LADDER_WORDS[entity.type] ?? ""}${entity.value}`, long: entity.value };
}

const LADDER_WORDS: Readonly<Partial<Record<Entity["type"], string>>> = {
  "user.id": "user ",
  "api_key.fingerprint": "API key ",
  "session.id": "session ",
};

function strongestOutcome(alarms: readonly Verdict[]): Outcome {
  return alarms.reduce<Outcome>(
    (strongest, verdict) =>
      OUTCOMES.indexOf(verdict.outcome) > OUTCOMES.indexOf(strongest) ? verdict.outcome : strongest,
    "unknown",
  );
}

const SUMMARY_VERDICTS = 3;

function summaryOf(
  alarms: readonly Verdict[],
  lead: Verdict,
  explanations: ReadonlyMap<Verdict, string>,
  who: string,
): string {
  const kind = (verdict: Verdict) => `${verdict.detector} ${verdict.category} ${verdict.class ?? ""}`;
  const kinds = new Set([kind(lead)]);
  const rest = [...alarms]
    .sort((a, b) => b.events - a.events)
    .filter((verdict) => {
      if (kinds.has(kind(verdict))) return false;
      kinds.add(kind(verdict));
      return true;
    });
  // The first with its arithmetic; that of the others stands with their detections.
  const told = [lead, ...rest]
    .slice(0, SUMMARY_VERDICTS)
    .map((verdict) => explanations.get(verdict) ?? "")
    .map((explanation, index) => (index === 0 ? explanation : firstSentence(explanation)));
  const left = alarms.length - told.length;
  const more = left > 0 ? ` ${left} more detection${left === 1 ? " tells" : "s tell"} the same of it.` : "";
  return `${who}: ${told.join(" ")}${more}`;
}

function firstSentence(text: string): string {
  const end = text.search(/[.!?]\s+\p{Lu}/u);
  return end === -1 ? text : text.slice(0, end + 1);
}
