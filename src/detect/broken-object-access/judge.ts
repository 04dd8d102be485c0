/** When using what is another's is more than chance, and what it came to. */
import type { Entity, Outcome, Severity } from "../../event.ts";
import { isPrivateKey } from "../../normalize/address.ts";
import { crowd, principalType } from "../culprit.ts";
import type { DetectContext, Moment } from "../detector.ts";
import { atLeast } from "../severity.ts";
import { addDistinct, countDistinct } from "../state/distinct.ts";
import { quantile } from "../state/histogram.ts";
import { peerHigh, peerThreshold } from "../state/peers.ts";
import type { Verdict } from "../verdict.ts";
import { HOUR, STRETCHES } from "./descriptor.ts";
import { fellowsReach, type Ground, isAlone, isPrivate } from "./ground.ts";
import { isChange, orderShare, refusedShare, type Tally, type Trespass } from "./trespass.ts";

export interface Who {
  readonly principal: number;
  /** Known with a few objects of its own from other days: what a team does is no measure for it. */
  readonly customer: boolean;
}

export interface Judge {
  readonly context: DetectContext;
  readonly isStaff: (principal: number) => boolean;
}

const FACTOR = 3;
const OWN_GROWTH = 3;
/** Chance steps up or down by little now and then. */
const ORDER_SHARE = 0.4;
const REFUSED_SHARE = 0.2;
const COUNTING_SHARE = 0.8;
const GAP_SHARE = 0.02;
const MOSTLY_REFUSED = 0.5;
/** So many records of others are a breach to be told. */
const GRAVE = 100;
/** Of the usual answer: an apology, not a record. */
const SMALL = 0.25;
const MAX_NAMES = 50;
/** Of the first few nobody knows yet whether they will matter. */
const NAMED_FROM = 3;

/** Notes what an answer gave away. @param owner 0 when nobody is known to have used the object before */
export function noteGiven(
  { context }: Judge,
  trespass: Trespass,
  { fact, endpoint }: Moment,
  owner: number,
): void {
  if (owner !== 0) addDistinct(trespass.owners, owner);
  const small = quantile(endpoint.sizes, 0.5) * SMALL;
  if (isChange(fact) || !(fact.bytesOut >= 0) || fact.bytesOut >= small) trespass.substantial++;
  if (fact.bytesOut > 0) trespass.bytes += fact.bytesOut;
  const wanted = owner !== 0 || trespass.verdict?.closed === false;
  if (!wanted || countDistinct(trespass.owners) < NAMED_FROM || trespass.names.length >= MAX_NAMES) return;
  const [, target = ""] = context.sample().request.split(" ", 2);
  trespass.names.push(target.split("?", 1)[0] ?? target);
}

export function judgeTrespass(
  judge: Judge,
  moment: Moment,
  who: Who,
  ground: Ground,
  trespass: Trespass,
): void {
  const { context } = judge;
  if (trespass.verdict === undefined || trespass.verdict.closed) {
    for (let index = 0; index < STRETCHES.length; index++) {
      const tally = trespass.tallies[index];
      if (tally === undefined) continue;
      if (isTold(trespass, index, tally)) continue;
      const line = lineOf(judge, moment, who, ground, trespass, index, tally);
      if (line === undefined) continue;
      trespass.verdict = open(judge, moment, who.principal, ground, tally, line);
      trespass.verdict.notes.stretch = index;
      break;
    }
  }
  const { verdict } = trespass;
  if (verdict === undefined || verdict.closed) return;
  context.add(verdict);
  update(context, verdict, trespass, moment);
}

/** What was told of a stretch is told again when it has doubled. */
function isTold({ verdict }: Trespass, index: number, tally: Tally): boolean {
  if (verdict === undefined || tally.since > verdict.touched) return false;
  return index < Number(verdict.notes.stretch) || measured(verdict.line, tally) < verdict.observed * 2;
}

interface Line {
  readonly name: "others" | "others_in_no_order" | "counted" | "refused";
  readonly threshold: number;
  readonly words: string;
}

/** The line that was crossed, if one was. */
function lineOf(
  { context }: Judge,
  moment: Moment,
  { principal, customer }: Who,
  ground: Ground,
  trespass: Trespass,
  index: number,
  tally: Tally,
): Line | undefined {
  const { floors } = context;
  const { allowance, words } = STRETCHES[index];
  if (tally.objects < Math.min(floors.others, floors.refused, floors.others_in_no_order, floors.counted)) {
    return undefined;
  }
  const people = moment.actor === undefined ? 1 : crowd(moment.actor);
  const own = (trespass.usual[index] ?? 0) * OWN_GROWTH;
  const telling = orderShare(tally) >= ORDER_SHARE || refusedShare(tally) >= REFUSED_SHARE;
  const sure = isPrivate(ground);
  const company = index === HOUR ? ground.hour : ground.day;
  const others = customer ? ground.customers : company.others;
  if (sure && tally.others >= floors.others * allowance && telling) {
    const threshold = Math.max(peerThreshold(others, floors.others, FACTOR) * allowance * people, own);
    if (tally.others >= threshold) return { name: "others", threshold, words };
  }
  // Behind an address are whoever is at home or at work there, with what they may see.
  const named = moment.fact.userKey !== 0 || moment.fact.credentialKey !== 0;
  const inNoOrder = customer || isAlone(ground, principal) ? floors.others : floors.others_in_no_order;
  if (sure && named && tally.others >= inNoOrder * allowance) {
    const line = peerThreshold(others, inNoOrder, FACTOR) * allowance;
    const fellows = customer ? trespass.usualObjects : fellowsReach(company, principal);
    const threshold = Math.max(line, own, fellows * FACTOR);
    if (tally.others >= threshold) return { name: "others_in_no_order", threshold, words };
  }
  // One's own things may be numbered in order too; then none is missing, and none is another's.
  const gaps = tally.others + tally.refused;
  if (
    tally.objects >= floors.counted * allowance &&
    gaps >= Math.max(NAMED_FROM, tally.objects * GAP_SHARE)
  ) {
    const threshold = Math.max(
      peerThreshold(ground.objects, floors.counted, FACTOR) * allowance * people,
      own,
    );
    if (
      tally.objects >= threshold &&
      orderShare(tally) >= COUNTING_SHARE &&
      refusedShare(tally) < MOSTLY_REFUSED
    ) {
      return { name: "counted", threshold, words };
    }
  }
  if (tally.refused >= floors.refused * allowance && refusedShare(tally) >= MOSTLY_REFUSED) {
    const threshold = peerThreshold(ground.objects, floors.refused, FACTOR) * allowance * people;
    if (tally.refused >= threshold) return { name: "refused", threshold, words };
  }
  return undefined;
}

function open(
  judge: Judge,
  moment: Moment,
  principal: number,
  ground: Ground,
  tally: Tally,
  line: Line,
): Verdict {
  const { context } = judge;
  const { fact } = moment;
  const refused = line.name === "refused";
  const whole = refused || line.name === "counted";
  const internal = isPrivateKey(fact.clientKey);
  const staff = judge.isStaff(principal);
  const severity: Severity = internal || staff ? "info" : refused ? "low" : "medium";
  const high = peerHigh(whole ? ground.objects : ground.day.others);
  return context.open({
    severity,
    confidence: line.name === "others_in_no_order" ? 0.75 : 0.9,
    outcome: "attempted",
    entity: entityOf(context, moment),
    observed: measured(line.name, tally),
    ...(high === undefined ? {} : { expected: high }),
    threshold: line.threshold,
    line: line.name,
    unit: `different objects ${UNITS[line.name]} in ${line.words}`,
    firstSeen: tally.firstTime,
    events: tally.requests - 1,
    notes: { known: internal ? "internal" : staff ? "staff" : "" },
  });
}

const UNITS = {
  others: "of others",
  others_in_no_order: "of others",
  counted: "counted through",
  refused: "refused or not found",
} as const;

function measured(line: string, tally: Tally): number {
  if (line === "refused") return tally.refused;
  return line === "counted" ? tally.objects : tally.others;
}

function entityOf(context: DetectContext, { fact, actor }: Moment): Entity {
  if (actor !== undefined) return { type: actor.type, value: actor.name };
  if (fact.userKey === 0 && fact.credentialKey === 0) {
    return { type: "client.address", value: context.clientName() };
  }
  return { type: principalType(fact), value: context.userName() };
}

function update(context: DetectContext, verdict: Verdict, trespass: Trespass, { fact }: Moment): void {
  const { notes } = verdict;
  const tally = trespass.tallies[Number(notes.stretch)];
  if (tally === undefined) return;
  const before = `${verdict.severity} ${verdict.outcome}`;
  verdict.observed = Math.max(verdict.observed, measured(verdict.line, tally));
  const given = tally.objects - tally.refused;
  notes.objects = Math.max(Number(notes.objects ?? 0), tally.objects);
  notes.others = Math.max(Number(notes.others ?? 0), tally.others);
  notes.refused = Math.max(Number(notes.refused ?? 0), tally.refused);
  notes.order = Math.round(orderShare(tally) * 100);
  if (Number.isFinite(tally.lowest)) {
    notes.lowest = Math.min(Number(notes.lowest ?? tally.lowest), tally.lowest);
    notes.highest = Math.max(Number(notes.highest ?? tally.highest), tally.highest);
  }
  if (isChange(fact) && fact.status < 300) notes.changed = Number(notes.changed ?? 0) + 1;
  verdict.outcome = strongest(verdict.outcome, outcomeOf(trespass, tally, given));
  noteExposure(verdict, trespass, given);
  const grave = Number(notes.changed ?? 0) >= NAMED_FROM || given >= GRAVE;
  if (verdict.severity !== "info") {
    if (tally.others >= NAMED_FROM) verdict.severity = atLeast(verdict.severity, "medium");
    if (grave) verdict.severity = atLeast(verdict.severity, "high");
  }
  if (before !== `${verdict.severity} ${verdict.outcome}`) context.changed(verdict);
}

function outcomeOf(trespass: Trespass, tally: Tally, given: number): Outcome {
  if (given < NAMED_FROM) return given === 0 ? "attempted" : "probably_succeeded";
  if (trespass.substantial < given / 2) return "attempted";
  return tally.others >= NAMED_FROM || given >= tally.objects / 2 ? "succeeded" : "probably_succeeded";
}

function strongest(a: Outcome, b: Outcome): Outcome {
  return a === "succeeded" || b === "attempted" ? a : b;
}

function noteExposure(verdict: Verdict, trespass: Trespass, given: number): void {
  const owned = Number(verdict.notes.others ?? 0);
  if (owned === 0 && given < NAMED_FROM) return;
  verdict.exposure = {
    records: Math.max(given, owned),
    owned,
    owners: countDistinct(trespass.owners),
    sampled: trespass.names,
    bytes: trespass.bytes,
    confidence: trespass.substantial < given / 2 ? 0.4 : owned >= NAMED_FROM ? 0.9 : 0.7,
  };
}

export function explainTrespass(verdict: Verdict): string {
  const { notes } = verdict;
  const range = notes.lowest === undefined ? "" : `, numbers ${notes.lowest} to ${notes.highest}`;
  const usual =
    verdict.expected === undefined
      ? "too few others are known here to say what is usual"
      : `the busiest hundredth of others reach ${Math.round(verdict.expected)}`;
  const changed = notes.changed === undefined ? "" : ` ${notes.changed} requests changed them.`;
  const known =
    notes.known === "internal"
      ? " It came from your own network, so it is kept as a fact and not as an alarm."
      : notes.known === "staff"
        ? " It also uses operations that only few are given, as people who work here do, so it is kept as a fact and not as an alarm."
        : "";
  return `It asked for ${notes.objects} different objects${range}: ${notes.others} of them are used by others and were given to it, ${notes.refused} were refused or not found, and ${notes.order} % of the steps counted up or down. Objects here are otherwise used by their owners only. It has ${verdict.observed} ${verdict.unit}; the line is at ${Math.round(verdict.threshold)}, and ${usual}.${changed} The same number of its own objects, or of things that everybody uses, would not have fired.${known}`;
}
