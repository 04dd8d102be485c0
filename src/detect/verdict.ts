/**
 * A detection while it lives: opened when a detector fires, kept up to date while the behaviour goes on, closed
 * when it stops. Plain data, part of checkpoints; `toDetection` makes the public form.
 */
import type {
  Category,
  Detection,
  Entity,
  Exposure,
  FindingClass,
  Outcome,
  Sample,
  Severity,
} from "../event.ts";
import { KEY_SEED, keyOf } from "../normalize/key.ts";
import type { Descriptor, Opening } from "./detector.ts";
import type { ThresholdOrigin } from "./settings.ts";
import { noTraits, type Traits } from "./traits.ts";

export interface Verdict {
  readonly id: string;
  readonly detector: string;
  readonly category: Category;
  readonly class: FindingClass | undefined;
  readonly entity: Entity;
  severity: Severity;
  confidence: number;
  outcome: Outcome;
  service: string;
  endpoint: string;
  /** Event times in milliseconds. */
  firstSeen: number;
  lastSeen: number;
  readonly detectedAt: number;
  /** Stream time of the last event: what decides that it is over. */
  touched: number;
  /** Over: what the entity does next opens a new verdict. */
  closed: boolean;
  /** It was an alarm until the detector learned better. */
  withdrawn: boolean;
  /** Whether the engine still lists it; changes to one that it does not are told to nobody. */
  kept: boolean;
  /** The entity whose requests brought this about, when it is known: its verdicts belong to the same incident. */
  cause: string | undefined;
  /** The client address it was opened from, when the entity is something else. */
  readonly via: string | undefined;
  events: number;
  observed: number;
  expected: number | undefined;
  threshold: number;
  /** Name of the detector's threshold that it comes from, where that began when the verdict was opened, and whether it stood there. */
  readonly line: string;
  readonly floor: number;
  readonly origin: ThresholdOrigin;
  readonly unit: string;
  /** Sources of a campaign and how many events each gave; bounded, `memberCount` is the true number. */
  members: Map<string, number> | undefined;
  memberCount: number;
  readonly samples: Sample[];
  /** What tells that its requests and those of another verdict come from one hand. */
  readonly traits: Traits;
  exposure: Exposure | undefined;
  /** Numbers and words the explanation is made of. */
  readonly notes: Record<string, number | string>;
}

/** Where and when a verdict is opened. */
interface Circumstances {
  /** Event time. */
  readonly at: number;
  /** Stream time. */
  readonly now: number;
  readonly service: string;
  readonly endpoint: string;
  readonly via: string | undefined;
  readonly floor: number;
  readonly origin: ThresholdOrigin;
}

export function createVerdict(
  descriptor: Descriptor,
  opening: Opening,
  { at, now, service, endpoint, via, floor, origin }: Circumstances,
): Verdict {
  const { entity } = opening;
  const category = opening.category ?? descriptor.category;
  // What, where and past which line it is too: in a log of whole seconds one actor does much at the same time.
  const about = `${descriptor.id} ${category} ${opening.class ?? ""} ${opening.line} ${entity.type} ${entity.value} ${service} ${endpoint} ${at}`;
  return {
    id: `d${keyOf(KEY_SEED.object, about).toString(36)}`,
    detector: descriptor.id,
    category,
    class: opening.class,
    entity,
    severity: opening.severity,
    confidence: opening.confidence,
    outcome: opening.outcome,
    service,
    endpoint,
    firstSeen: opening.firstSeen ?? at,
    lastSeen: at,
    detectedAt: at,
    touched: now,
    closed: false,
    withdrawn: false,
    kept: true,
    cause: undefined,
    via,
    events: opening.events ?? 0,
    observed: opening.observed,
    expected: opening.expected,
    threshold: opening.threshold,
    line: opening.line,
    floor,
    origin,
    unit: opening.unit,
    members: undefined,
    memberCount: 0,
    samples: [],
    traits: noTraits(),
    exposure: undefined,
    notes: { ...opening.notes },
  };
}

/** What looked like an attack was none. What was told of it is to be taken back too. */
export function withdraw(verdict: Verdict): void {
  verdict.severity = "info";
  verdict.withdrawn = true;
}

export const MAX_MEMBERS = 10_000;
const SHOWN_MEMBERS = 1000;

export function toDetection(verdict: Verdict, explanation: string): Detection {
  const members = verdict.members;
  return {
    id: verdict.id,
    detector: verdict.detector,
    category: verdict.category,
    ...(verdict.class === undefined ? {} : { class: verdict.class }),
    severity: verdict.severity,
    confidence: Math.round(Math.min(1, Math.max(0, verdict.confidence)) * 100) / 100,
    outcome: verdict.outcome,
    entity: verdict.entity,
    ...(members === undefined
      ? {}
      : {
          members: topMembers(members, SHOWN_MEMBERS),
          member_count: Math.max(members.size, verdict.memberCount),
        }),
    ...(verdict.service === "" ? {} : { target: { service: verdict.service, endpoint: verdict.endpoint } }),
    first_seen: rfc3339(verdict.firstSeen),
    last_seen: rfc3339(verdict.lastSeen),
    detected_at: rfc3339(verdict.detectedAt),
    events: verdict.events,
    observed: round(verdict.observed),
    expected: verdict.expected === undefined ? null : round(verdict.expected),
    threshold: round(verdict.threshold),
    threshold_name: verdict.line,
    threshold_origin: verdict.origin,
    unit: verdict.unit,
    ...(verdict.exposure === undefined ? {} : { exposure: verdict.exposure }),
    ...(verdict.withdrawn ? { withdrawn: true } : {}),
    explanation,
    samples: verdict.samples,
  };
}

export function topMembers(members: ReadonlyMap<string, number>, most: number): string[] {
  return [...members]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most)
    .map(([name]) => name);
}

/** @param events of that source */
export function addMember(verdict: Verdict, name: string, events = 1): void {
  if (events === 0) return;
  verdict.members ??= new Map();
  const known = verdict.members.get(name);
  if (known !== undefined) verdict.members.set(name, known + events);
  else {
    verdict.memberCount++;
    if (verdict.members.size < MAX_MEMBERS) verdict.members.set(name, events);
  }
}

export function rfc3339(time: number): string {
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) return "1970-01-01T00:00:00.000Z";
  return new Date(time).toISOString();
}

function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
