/**
 * What a field of an endpoint is used for: where many people who otherwise do ordinary things send the same class of
 * "attack" (the search box of a forum about SQL, a field for code), it is that field's usual content. It stays on
 * record as a fact and alarms nobody, and what is doubtful there weighs half, whoever sends it. Whoever sends it often
 * is still an attacker, and so is who sends it anywhere else.
 */
import { pairKey } from "../../normalize/key.ts";
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
const MOST_FIELDS = 2000;

interface Usage {
  readonly people: Distinct;
  readonly hours: Distinct;
  /** Raised before it was known what the endpoint is used for. */
  readonly early: Verdict[];
}

export type UsualContent = Keyed<Usage>;

export function createUsualContent(): UsualContent {
  return createKeyed(MOST_FIELDS);
}

/** Whether a source does other things above all. @param payloads that it ever sent, with this one */
export function isOrdinary(source: Source, payloads: number): boolean {
  return source.requests >= REQUESTS && payloads <= Math.max(1, source.requests * SHARE);
}

/** Learns that somebody ordinary sent what was found. */
export function learnUse(content: UsualContent, moment: Moment, source: Source): void {
  const { people, hours } = usageOf(content, moment);
  addDistinct(people, source.key);
  addDistinct(hours, Math.floor(moment.now / HOUR_MS));
}

/** Whether what was found is what people send in this field. */
export function isUsual(content: UsualContent, moment: Moment): boolean {
  const { people, hours } = usageOf(content, moment);
  return countDistinct(people) >= PEOPLE && countDistinct(hours) >= HOURS;
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
  const place = endpoint.id * CLASSES + fact.findingClass + 1;
  return entryOf(content, pairKey(place, fact.findingField), () => ({
    people: createDistinct(64),
    hours: createDistinct(64),
    early: [],
  }));
}
