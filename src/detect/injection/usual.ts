/**
 * What an endpoint is used for: where many people who otherwise do ordinary things send the same class of "attack"
 * (a search box of a forum about SQL, a field for code), it is that endpoint's usual content. It stays on record as
 * a fact and alarms nobody; whoever sends it often is still an attacker.
 */
import type { Moment } from "../detector.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { createKeyedState } from "../state/keyed.ts";
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

export interface UsualContent {
  /** Whether one more of this class is what people send here. @param payloads that the client ever sent, with this one */
  isUsual(moment: Moment, client: Source, payloads: number): boolean;
  /** Remembers a verdict to take back, should it turn out that people send this here. */
  remember(moment: Moment, verdict: Verdict): void;
  /** Verdicts raised on ordinary people before; given once. */
  takeBack(moment: Moment): Verdict[];
}

export function createUsualContent(): UsualContent {
  const usages = createKeyedState<Usage>(MOST_ENDPOINTS);
  const usageOf = ({ endpoint, fact }: Moment): Usage =>
    usages.of(endpoint.id * CLASSES + fact.findingClass + 1, () => ({
      people: createDistinct(64),
      hours: createDistinct(64),
      early: [],
    }));
  return {
    isUsual(moment, client, payloads) {
      const ordinary = client.requests >= REQUESTS && payloads <= Math.max(1, client.requests * SHARE);
      if (!ordinary) return false;
      const usage = usageOf(moment);
      addDistinct(usage.people, client.key);
      addDistinct(usage.hours, Math.floor(moment.now / HOUR_MS));
      return countDistinct(usage.people) >= PEOPLE && countDistinct(usage.hours) >= HOURS;
    },
    remember(moment, verdict) {
      const { early } = usageOf(moment);
      if (early.length < PEOPLE) early.push(verdict);
    },
    takeBack(moment) {
      return usageOf(moment).early.splice(0);
    },
  };
}
