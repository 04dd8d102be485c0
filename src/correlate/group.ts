/**
 * Which verdicts belong to one attack. A pure function of the verdicts, so that live, replay and scan agree and an
 * incident can be looked at again whenever a verdict changes.
 *
 * Verdicts are joined when the same entity keeps at it, when a source is a member of a campaign, when a service
 * breaks while it is being flooded, when a swarm of sources acts as one (swarms.ts), and when many sources try the same
 * small thing on the same day.
 */

import { rank } from "../detect/severity.ts";
import type { Verdict } from "../detect/verdict.ts";
import type { Category } from "../event.ts";
import { joinSwarms } from "./swarms.ts";

/** The same entity after a longer pause is a new incident. */
const SAME_ENTITY_MS = 6 * 3_600_000;
const CAMPAIGN_MS = 3_600_000;
const SERVICE_MS = 1_800_000;
const DAY_MS = 86_400_000;
/** Attempts of no more events than this, without success, are what every public address gets. */
const OPPORTUNISTIC_EVENTS = 20;

const SERVICE_CATEGORIES: ReadonlySet<Category> = new Set([
  "error_spike",
  "latency_degradation",
  "traffic_anomaly",
  "log_silence",
]);
/** Attacks that can make a service fail. */
const HEAVY: ReadonlySet<Category> = new Set([
  "denial_of_service",
  "rate_abuse",
  "injection",
  "scanner",
  "probing",
]);
const CREDENTIALS: ReadonlySet<Category> = new Set([
  "brute_force",
  "credential_stuffing",
  "password_spraying",
  "account_takeover",
]);
const OPPORTUNISTIC: ReadonlySet<Category> = new Set(["probing", "scanner", "injection"]);

/** @returns groups in order of their first verdict; verdicts of severity info only join, they never open one */
export function groupVerdicts(verdicts: readonly Verdict[]): Verdict[][] {
  const parent = verdicts.map((_, index) => index);
  const rootOf = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  const join = (a: number, b: number) => {
    const [low, high] = [rootOf(a), rootOf(b)].sort((x, y) => x - y);
    parent[high] = low;
  };

  joinSameEntity(verdicts, join);
  joinMembers(verdicts, join);
  joinServices(verdicts, join);
  joinCauses(verdicts, join);
  joinActors(verdicts, join);
  joinSwarms(verdicts, join);
  joinOpportunists(verdicts, join);

  const groups = new Map<number, Verdict[]>();
  for (const [index, verdict] of verdicts.entries()) {
    const root = rootOf(index);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [verdict]);
    else group.push(verdict);
  }
  return [...groups.values()].filter((group) => group.some(isAlarm));
}

type Join = (a: number, b: number) => void;

export function isAlarm(verdict: Verdict): boolean {
  return rank(verdict.severity) >= 1;
}

function apart(a: Verdict, b: Verdict): number {
  return Math.max(0, Math.max(a.firstSeen, b.firstSeen) - Math.min(a.lastSeen, b.lastSeen));
}

function joinSameEntity(verdicts: readonly Verdict[], join: Join): void {
  const byEntity = new Map<string, number[]>();
  for (const [index, verdict] of verdicts.entries()) {
    if (verdict.entity.type === "campaign" || SERVICE_CATEGORIES.has(verdict.category)) continue;
    const key = `${verdict.entity.type} ${verdict.entity.value}`;
    const list = byEntity.get(key);
    if (list === undefined) byEntity.set(key, [index]);
    else list.push(index);
  }
  for (const list of byEntity.values()) {
    list.sort((a, b) => verdicts[a].firstSeen - verdicts[b].firstSeen);
    let reach = list[0];
    for (const index of list.slice(1)) {
      if (apart(verdicts[reach], verdicts[index]) <= SAME_ENTITY_MS) join(reach, index);
      if (verdicts[index].lastSeen >= verdicts[reach].lastSeen) reach = index;
    }
  }
}

/** A member's own verdict of the same kind is a part of the campaign's. */
function joinMembers(verdicts: readonly Verdict[], join: Join): void {
  const campaigns = verdicts.flatMap((verdict, index) => (verdict.members === undefined ? [] : [index]));
  for (const campaign of campaigns) {
    const whole = verdicts[campaign];
    for (const [index, verdict] of verdicts.entries()) {
      if (index === campaign || apart(whole, verdict) > CAMPAIGN_MS) continue;
      if (!sameKind(whole.category, verdict.category)) continue;
      const sameCampaign = verdict.members !== undefined && verdict.endpoint === whole.endpoint;
      if (sameCampaign || whole.members?.has(verdict.entity.value)) join(campaign, index);
    }
  }
}

function sameKind(a: Category, b: Category): boolean {
  if (a === b || (CREDENTIALS.has(a) && CREDENTIALS.has(b))) return true;
  const floods: readonly Category[] = ["denial_of_service", "rate_abuse", "scraping"];
  return floods.includes(a) && floods.includes(b);
}

/** What breaks during a flood is the flood's doing; what breaks together is one failure. */
function joinServices(verdicts: readonly Verdict[], join: Join): void {
  for (const [index, verdict] of verdicts.entries()) {
    if (!SERVICE_CATEGORIES.has(verdict.category) || verdict.category === "log_silence") continue;
    for (const [other, candidate] of verdicts.entries()) {
      if (other === index || candidate.service !== verdict.service || apart(verdict, candidate) > SERVICE_MS)
        continue;
      if (candidate.category === "log_silence") continue;
      if (SERVICE_CATEGORIES.has(candidate.category)) join(index, other);
      else if (candidate.category === "denial_of_service") join(index, other);
      else if (
        HEAVY.has(candidate.category) &&
        rank(candidate.severity) >= 2 &&
        sameTarget(verdict, candidate)
      ) {
        join(index, other);
      }
    }
  }
}

/** What an attacker's own requests brought about is a part of the attack. */
function joinCauses(verdicts: readonly Verdict[], join: Join): void {
  for (const [index, verdict] of verdicts.entries()) {
    if (verdict.cause === undefined) continue;
    for (const [other, candidate] of verdicts.entries()) {
      if (candidate.entity.value === verdict.cause && apart(verdict, candidate) <= SERVICE_MS)
        join(index, other);
    }
  }
}

/** A user or key, and the address from which it misbehaves, are one attacker. */
function joinActors(verdicts: readonly Verdict[], join: Join): void {
  for (const [index, verdict] of verdicts.entries()) {
    if (verdict.via === undefined || verdict.entity.type === "campaign") continue;
    for (const [other, candidate] of verdicts.entries()) {
      if (candidate.entity.type !== "client.address" || candidate.entity.value !== verdict.via) continue;
      if (apart(verdict, candidate) <= SERVICE_MS) join(index, other);
    }
  }
}

function sameTarget(failing: Verdict, attack: Verdict): boolean {
  return failing.endpoint === attack.endpoint || failing.entity.type === "service.name";
}

/** Many sources, one small thing each, on one day: the weather of the internet, told once. */
function joinOpportunists(verdicts: readonly Verdict[], join: Join): void {
  const first = new Map<string, number>();
  const busy = new Set(
    verdicts.filter((verdict) => rank(verdict.severity) >= 2).map((verdict) => verdict.entity.value),
  );
  for (const [index, verdict] of verdicts.entries()) {
    if (
      verdict.severity !== "low" ||
      verdict.outcome === "probably_succeeded" ||
      verdict.outcome === "succeeded"
    )
      continue;
    if (!OPPORTUNISTIC.has(verdict.category) || verdict.events > OPPORTUNISTIC_EVENTS) continue;
    if (verdict.entity.type !== "client.address" || busy.has(verdict.entity.value)) continue;
    const day = Math.floor(verdict.firstSeen / DAY_MS);
    const key = `${day} ${verdict.category} ${verdict.class ?? ""}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else join(earlier, index);
  }
}
