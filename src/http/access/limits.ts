/** How often an address may ask, and how long an account waits after wrong passwords. Bounded: the oldest go first. */
import { VedetteError } from "../../errors.ts";

export interface RateLimit {
  /** Asks at once, and asks that come back each second. */
  readonly burst: number;
  readonly perSecond: number;
}

const MOST_KEPT = 50_000;

/** A token bucket for each name. @param now milliseconds */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(limit: RateLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  /** @throws VedetteError TOO_MANY_REQUESTS */
  take(name: string): void {
    const { burst, perSecond } = this.#limit;
    const now = this.#now();
    const bucket = this.#buckets.get(name) ?? { left: burst, at: now };
    this.#buckets.delete(name);
    bucket.left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    this.#buckets.set(name, bucket);
    if (this.#buckets.size > MOST_KEPT) this.#buckets.delete(this.#buckets.keys().next().value ?? "");
    if (bucket.left < 1) throw new VedetteError("TOO_MANY_REQUESTS", "Too many requests from this address");
    bucket.left--;
  }
}

/** Wrong passwords that cost nothing, then 1 s, doubled with each, up to fifteen minutes. */
const FREE_FAILURES = 4;
const MOST_DELAY_MS = 15 * 60_000;

/** @returns milliseconds that an account is locked after so many wrong passwords in a row */
export function lockoutAfter(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(MOST_DELAY_MS, 1000 * 2 ** Math.min(30, failures - FREE_FAILURES - 1));
}
