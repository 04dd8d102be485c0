/**
 * What an endpoint is used for: where many people who otherwise do ordinary things send the same class of "attack"
 * (a search box of a forum about SQL, a field for code), it is that endpoint's usual content. It stays on record as
 * a fact and alarms nobody; whoever sends it often is still an attacker.
 */
import type { Moment } from "../detector.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { createKeyed, entryOf, type Keyed } from "../state/keyed.ts";
import type { Source } from "../state/sources.ts";
import type { Verdict } from "../verdict.ts";

/** This many ordinary people, in this many different hours: one attacker with a few addresses is neither. */
const PEOPLE = 6;
const HOURS = 4;
/** Somebody ordinary made this many requests, and hardly any of them like this. */
const REQUESTS = 6;
const SHARE = 0.15;
const HOUR_MS = 3_600_000;
const CLASSES = 32;
const MOST_ENDPOINTS = 2000;

interface Usage {
  readonly people: Distinct;
  readonly hours: Distinct;
  /** Raised before it was known what the endpoint is used for. */
  readonly early: Verdict[];
}

export type UsualContent = Keyed<Usage>;

export function createUsualContent(): UsualContent {
  return createKeyed(MOST_ENDPOINTS);
}

/** Whether one more of this class is what people send here. @param payloads that the source ever sent, with this one */
export function isUsual(content: UsualContent, moment: Moment, source: Source, payloads: number): boolean {
  const ordinary = source.requests >= REQUESTS && payloads <= Math.max(1, source.requests * SHARE);
  if (!ordinary) return false;
  const usage = usageOf(content, moment);
  addDistinct(usage.people, source.key);
  addDistinct(usage.hours, Math.floor(moment.now / HOUR_MS));
  return countDistinct(usage.people) >= PEOPLE && countDistinct(usage.hours) >= HOURS;
}

/** Remembers a verdict to take back, should it turn out that people send this here. */
export function rememberEarly(content: UsualContent, moment: Moment, verdict: Verdict): void {
  const { early } = usageOf(content, moment);
  if (early.length < PEOPLE) early.push(verdict);
}

/** Verdicts raised on ordinary people before; given once. */
export function takeEarly(content: UsualContent, moment: Moment): Verdict[] {
  return usageOf(content, moment).early.splice(0);
}

function usageOf(content: UsualContent, { endpoint, fact }: Moment): Usage {
  return entryOf(content, endpoint.id * CLASSES + fact.findingClass + 1, () => ({
    people: createDistinct(64),
    hours: createDistinct(64),
    early: [],
  }));
}
