/** What is known of an attack or a benign episode: announced before, counted while it runs, told afterwards. */
import type { Category, FindingClass, Outcome } from "../event.ts";
import type { SimulatedRequest } from "./request.ts";

export const INTENSITIES = ["loud", "moderate", "slow", "distributed"] as const;
export type Intensity = (typeof INTENSITIES)[number];

/** One line of the labels file. Times are RFC 3339, UTC. */
export interface AttackLabel {
  readonly attack: string;
  readonly category: Category;
  readonly class?: FindingClass;
  readonly intensity: Intensity | "noise";
  readonly sources: readonly string[];
  readonly users: readonly string[];
  readonly service: string;
  readonly endpoints: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly events: number;
  readonly outcome: Outcome;
  readonly story: string;
}

/** Ordinary life that looks alarming: no detector should raise an incident over it. */
interface BenignLabel {
  readonly benign: string;
  readonly sources: readonly string[];
  readonly users: readonly string[];
  readonly service: string;
  readonly endpoints: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly events: number;
  readonly story: string;
}

export type Label = AttackLabel | BenignLabel;

/** Sources and users are named up to this many; `events` counts all. */
const MAX_NAMES = 200_000;

export class Episode {
  readonly id: string;
  readonly kind: "attack" | "benign";
  category: Category = "traffic_anomaly";
  class: FindingClass | undefined;
  intensity: Intensity | "noise" = "moderate";
  outcome: Outcome = "attempted";
  /** One sentence, or what makes it in the end. */
  story: string | (() => string) = "";
  /** About a service, not about clients: sources are then left out. */
  aboutService = false;
  /** Whether the requests count towards the ordinary traffic that was asked for. */
  counts: boolean;
  /** Set when the episode has no requests of its own (silence): its time window. */
  window: { readonly start: number; readonly end: number } | undefined;
  /** The service it is about; the one with most requests when left out. */
  service: string | undefined;
  events = 0;
  readonly #sources = new Set<string>();
  readonly #users = new Set<string>();
  readonly #services = new Map<string, number>();
  readonly #endpoints = new Map<string, number>();
  #first = Number.NaN;
  #last = Number.NaN;

  constructor(id: string, kind: "attack" | "benign") {
    this.id = id;
    this.kind = kind;
    this.counts = kind === "benign";
  }

  record(request: SimulatedRequest): void {
    const { event } = request;
    if (this.events === 0) this.#first = event.timestamp;
    this.#last = event.timestamp;
    this.events++;
    if (!this.aboutService) this.addSource(event["client.address"] ?? "");
    count(this.#services, event["service.name"] ?? "");
    count(this.#endpoints, `${event["http.request.method"]} ${request.route}`);
  }

  addSource(address: string): void {
    if (this.#sources.size < MAX_NAMES) this.#sources.add(address);
  }

  /** Names an account that was attacked or used. */
  addUser(user: string): void {
    if (this.#users.size < MAX_NAMES) this.#users.add(user);
  }

  get sources(): ReadonlySet<string> {
    return this.#sources;
  }

  label(): Label {
    const common = {
      sources: [...this.#sources],
      users: [...this.#users],
      service: this.service ?? byCount(this.#services)[0] ?? "",
      endpoints: byCount(this.#endpoints).slice(0, 20),
      start: instant(this.window?.start ?? this.#first),
      end: instant(this.window?.end ?? this.#last),
      events: this.events,
    };
    const story = typeof this.story === "string" ? this.story : this.story();
    if (this.kind === "benign") return { benign: this.id, ...common, story };
    return {
      attack: this.id,
      category: this.category,
      ...(this.class === undefined ? {} : { class: this.class }),
      intensity: this.intensity,
      ...common,
      outcome: this.outcome,
      story,
    };
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function byCount(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort((a, b) => b[1] - a[1]).map(([key]) => key);
}

function instant(time: number): string {
  return Number.isNaN(time) ? "" : new Date(time).toISOString();
}
