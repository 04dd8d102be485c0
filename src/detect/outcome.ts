/**
 * Did it work? Told from the answer against what the endpoint usually answers: a payload that got the usual page
 * was swallowed; one that got 2xx with a size or a duration that this endpoint never shows probably did
 * something.
 */
import { OUTCOMES, type Outcome } from "../event.ts";
import type { Fact } from "../fact.ts";
import { type Endpoint, notePageSize } from "./endpoints.ts";
import { quantile, shareNear } from "./state/histogram.ts";

/** Fewer 2xx answers than this say little about what is usual. */
const ENOUGH = 20;
/** A size is unusual when fewer than this share of answers are near it. */
const RARE = 0.01;
/** Answers smaller than this carry nothing worth having. */
const MIN_LEAK_BYTES = 64;
/** This many different odd paths answered with the same size: one page for everything. */
const SAME_PAGE = 3;
const SLOW_MS = 3000;

/** The outcome of one request that carried a payload. */
export function payloadOutcome(fact: Fact, endpoint: Endpoint): Outcome {
  const { status } = fact;
  if (status === 0) return "unknown";
  if (status < 200 || status >= 300) return slowAnswer(fact, endpoint) ? "probably_succeeded" : "attempted";
  if (slowAnswer(fact, endpoint)) return "probably_succeeded";
  if (!(fact.bytesOut >= MIN_LEAK_BYTES)) return "attempted";
  if (endpoint.known && endpoint.status2 >= ENOUGH) {
    const usual = quantile(endpoint.sizes, 0.99);
    const rare = shareNear(endpoint.sizes, fact.bytesOut) < RARE;
    return rare && fact.bytesOut > usual * 1.5 ? "probably_succeeded" : "attempted";
  }
  return "attempted";
}

/** The outcome of asking for something that should not be there at all (a secret file, a shell, a system file). */
export function exposureOutcome(fact: Fact, endpoint: Endpoint): Outcome {
  const { status } = fact;
  if (status === 0) return "unknown";
  if (status < 200 || status >= 300 || status === 204) return "attempted";
  if (!(fact.bytesOut > 0)) return "attempted";
  if (notePageSize(endpoint.service, fact.bytesOut) >= SAME_PAGE) return "attempted";
  if (endpoint.known && endpoint.status2 >= ENOUGH && shareNear(endpoint.sizes, fact.bytesOut) >= RARE) {
    return "attempted";
  }
  return "probably_succeeded";
}

/** A delay of seconds where the endpoint answers in a fraction: what time-based payloads cause. */
function slowAnswer(fact: Fact, endpoint: Endpoint): boolean {
  if (!(fact.durationMs >= SLOW_MS) || endpoint.durations.total < ENOUGH) return false;
  return fact.durationMs > quantile(endpoint.durations, 0.99) * 5;
}

export function strongerOutcome(a: Outcome, b: Outcome): Outcome {
  return OUTCOMES.indexOf(a) >= OUTCOMES.indexOf(b) ? a : b;
}
