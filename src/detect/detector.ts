/**
 * The contract of a detector: what it is (for people and for the documentation), and how it runs.
 *
 * One detector is one folder. It keeps per-source state in `source.states[slot]` and everything else in
 * `context.state`, both as plain data, so that a checkpoint holds all of it; it reads time from the `now` it is
 * given, never from a clock; it is silent or it explains itself.
 */
import type { Category, Entity, EventField, FindingClass, Outcome, Sample, Severity } from "../event.ts";
import type { Fact } from "../fact.ts";
import type { Endpoint, Endpoints, Service } from "./endpoints.ts";
import type { Encounter } from "./habits.ts";
import type { ServiceMinute } from "./minutes.ts";
import type { Band } from "./series/band.ts";
import type { Source, Sources } from "./state/sources.ts";
import type { Verdict } from "./verdict.ts";

export interface Threshold {
  /** As settings call it: lower case, words joined by "_". */
  readonly name: string;
  /** Published: holds from the first event on, unless people set another; learned values only raise it. */
  readonly floor: number;
  /** What people may set instead lies between these. */
  readonly least: number;
  readonly most: number;
  readonly unit: string;
  /** What raises it, or "fixed". */
  readonly learned: string;
  /** Why this floor. */
  readonly why: string;
}

export interface Descriptor {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly category: Category;
  /** The usual one; a verdict may be lower or higher. */
  readonly severity: Severity;
  /** OWASP API Security Top 10 (2023), "API2:2023". */
  readonly owasp: readonly string[];
  /** MITRE ATT&CK techniques, "T1110.004". */
  readonly mitre: readonly string[];
  readonly cwe: readonly string[];
  /** Without these fields it cannot work. */
  readonly needs: readonly EventField[];
  /** With these it sees more; the text says what. */
  readonly better: Readonly<Partial<Record<EventField, string>>>;
  readonly thresholds: readonly Threshold[];
  readonly falsePositives: readonly string[];
  readonly investigate: readonly string[];
  readonly respond: readonly string[];
}

/** What an attempt to log in came to, as far as the answer tells. */
export type AuthOutcome = "none" | "attempt" | "failure" | "success";

/** One event with everything the engine worked out about it before detectors see it. Reused: keep nothing of it. */
export interface Moment {
  fact: Fact;
  /** Stream time, milliseconds. Windows use this; `fact.time` is for people. */
  now: number;
  endpoint: Endpoint;
  auth: AuthOutcome;
  /** Requests of this client so far, this one too, whether it is watched or not. */
  clientRequests: number;
  /** The client address, when it is watched. */
  client: Source | undefined;
  /** The most specific entity that acts: user, key, session, else the client; when it is watched. */
  actor: Source | undefined;
  /** How the event compares with the habits of its user or API key; undefined for nobody, and when it was refused. */
  person: Encounter | undefined;
}

export interface Opening {
  readonly category?: Category;
  readonly class?: FindingClass;
  readonly severity: Severity;
  readonly confidence: number;
  readonly outcome: Outcome;
  readonly entity: Entity;
  readonly observed: number;
  readonly expected?: number;
  readonly threshold: number;
  /** Name of the descriptor's threshold that it comes from. */
  readonly line: string;
  /** Whether it was learned, where that cannot be told by its being above the floor. */
  readonly learned?: boolean;
  readonly unit: string;
  readonly notes?: Record<string, number | string>;
  /** Event time of the first event that belongs to it, when that is earlier than now. */
  readonly firstSeen?: number;
  readonly events?: number;
  readonly service?: string;
  readonly endpoint?: string;
  /** Event time when it fires outside an event (in `minute` or `end`). */
  readonly at?: number;
}

/** Where each threshold of a detector begins now, by name: the published floor, or what people have set. */
export type Floors = Readonly<Record<string, number>>;

export interface DetectContext {
  /** One object for as long as the engine runs: read it anew for each event, as people change it. */
  readonly floors: Floors;
  /**
   * This detector's state, made once: after a checkpoint it is what was saved. Plain objects, arrays, Maps, Sets
   * and typed arrays, without functions; verdicts, sources, endpoints and services may be referred to.
   */
  state<T>(create: () => T): T;
  readonly endpoints: Endpoints;
  readonly clients: Sources;
  readonly actors: Sources;
  /** Opens a verdict about the current moment (or about `opening.at`) and holds its source. */
  open(opening: Opening): Verdict;
  /** Counts the current event to a verdict; takes it as a sample when samples are wanted. */
  add(verdict: Verdict): void;
  /** Tells the correlator that a verdict changed in severity, outcome or members. */
  changed(verdict: Verdict): void;
  /** The place and the device of the current event do not become usual for its user for a month. */
  doubt(): void;
  /** The current event as a person should see it. */
  sample(): Sample;
  /** The name of the current event's client, read from the record. */
  clientName(): string;
  userName(): string;
  /** The name of the current event's session. */
  sessionName(): string;
  /** The name of a watched or IPv4 client by its key; undefined when it is not known any more. */
  nameOf(clientKey: number): string | undefined;
}

export interface DetectorRun {
  /** Every event. Keep it to a few comparisons for the usual ones. */
  event(moment: Moment): void;
  /** A minute of a service is over; called in order of time. */
  minute?(minute: ServiceMinute): void;
  /** No more events will come. */
  end?(): void;
  /** The arithmetic of a verdict, in sentences. */
  explain(verdict: Verdict): string;
  /** Where thresholds stand by what was learned, those that are one for all; 0 while too little is known. */
  learned?(): Floors;
  /** What it has learned of a service's requests per minute. */
  band?(service: Service): Band | undefined;
}

export interface Detector {
  readonly descriptor: Descriptor;
  /** To be raised when the form or meaning of its state changes: it then starts anew instead of from a checkpoint. */
  readonly stateVersion: number;
  /** @param slot this detector's index in `source.states` */
  start(context: DetectContext, slot: number): DetectorRun;
}
