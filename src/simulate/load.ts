/**
 * How busy each service is, and what that does to its answers: the waiting time of a queue grows as 1/(1-use), and
 * past its capacity a service turns requests away. Capacity is many times the mean, as in a shop that survives sales.
 */
import type { Rng } from "./random.ts";
import type { SimulatedRequest } from "./request.ts";
import { SITES } from "./world/sites.ts";

const WINDOW_MS = 2_000;
/** Capacity over the mean rate of the whole shop; never below a small server's. */
const HEADROOM = 9;
const MIN_CAPACITY_PER_SECOND = 40;

export class LoadMeters {
  /** Requests per second that one service can answer. */
  readonly capacity: number;
  readonly #rng: Rng;
  readonly #counts = new Float64Array(SITES.length);
  readonly #use = new Float64Array(SITES.length);
  readonly #siteOf = new Map(SITES.map((site) => [site.service, site.index]));
  #windowEnd = 0;

  constructor(eventsPerSecond: number, rng: Rng) {
    this.capacity = Math.max(MIN_CAPACITY_PER_SECOND, eventsPerSecond * HEADROOM);
    this.#rng = rng;
  }

  /** Counts a request in, and slows it or turns it away when its service is overrun. */
  count(request: SimulatedRequest, now: number): void {
    if (now >= this.#windowEnd) this.#turn(now);
    const { event } = request;
    const site = this.#siteOf.get(event["service.name"] ?? "") ?? 0;
    this.#counts[site]++;
    const use = this.#use[site];
    if (use < 0.05) return;
    const slowness = use < 0.96 ? 1 / (1 - use) : 25 + 10 * (use - 0.96);
    event.duration_ms = Math.min(60_000, Math.round((event.duration_ms ?? 1) * slowness));
    if (use > 1) this.#overrun(request, use);
  }

  #overrun(request: SimulatedRequest, use: number): void {
    const { event } = request;
    if (this.#rng.unit() < 0.25 / use) return;
    const draw = this.#rng.unit();
    event["http.response.status_code"] = draw < 0.55 ? 503 : draw < 0.8 ? 504 : draw < 0.9 ? 502 : 499;
    event["http.response.body.size"] = draw < 0.9 ? 190 : 0;
    if (draw >= 0.55 && draw < 0.8) event.duration_ms = 30_000 + Math.round(this.#rng.between(0, 40));
  }

  #turn(now: number): void {
    const elapsed = Math.max(WINDOW_MS, now - this.#windowEnd + WINDOW_MS);
    for (let i = 0; i < this.#counts.length; i++) {
      const rate = (this.#counts[i] / elapsed) * 1000;
      this.#use[i] = 0.5 * this.#use[i] + 0.5 * (rate / this.capacity);
      this.#counts[i] = 0;
    }
    this.#windowEnd = now + WINDOW_MS;
  }
}
