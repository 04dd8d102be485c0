/**
 * What the other stages know of the store of events. Two engines stand behind it, ClickHouse in the process and
 * ClickHouse behind a URL; test/support/event-store-suite.ts holds both to the same behaviour.
 */
import type { Detection, Incident } from "../event.ts";

/** A journaled batch on its way in: its events as one Native block (events/encode-events.ts). */
export interface StoreBatch {
  readonly batch: bigint;
  readonly events: number;
  readonly payload: Uint8Array;
}

/** A question that `store/sql` compiled: values travel as parameters, never as text. */
export interface CompiledQuery {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

export interface StoreUsage {
  /** Stored events, and bytes on disk of everything. */
  readonly events: number;
  readonly bytes: number;
  /** Days of arrival that hold events, oldest first. */
  readonly days: readonly { readonly day: string; readonly events: number; readonly bytes: number }[];
}

/** One for all, or one for each in their order. */
export type Versions = number | readonly number[];

export interface VerdictIds {
  readonly incidents: readonly string[];
  readonly detections: readonly string[];
}

/** What was removed to keep a limit, for the log: nothing goes silently. */
export interface Eviction {
  readonly table: string;
  readonly partition: string;
  readonly rows: number;
  readonly bytes: number;
  readonly reason: "age" | "budget";
}

/** Days that each class of data is kept, by arrival. */
export interface Retention {
  readonly events: number;
  readonly minutes: number;
}

export interface EventStore {
  readonly place: string;
  /** Why nothing could be written to it the last time; undefined while it is there. */
  readonly away: string | undefined;
  /** Looks whether it is there, unless it was a moment ago. @throws VedetteError STORE_UNAVAILABLE, STORE_TOO_NEW */
  reach(): Promise<void>;
  /**
   * Stores the batches of one journal segment, each once. Segments come in the order of their numbers.
   * @param again the segment may be stored already, whole or in part: look first
   * @returns how many events were added
   * @throws VedetteError STORE_UNAVAILABLE: the segment comes again later
   */
  insert(segment: number, batches: readonly StoreBatch[], again: boolean): Promise<number>;
  /** Highest segment that is wholly in; 0 when none is. */
  lastSegment(): Promise<number>;
  /** @throws VedetteError QUERY_REFUSED, QUERY_TOO_EXPENSIVE, STORE_BUSY, STORE_UNAVAILABLE */
  query(query: CompiledQuery): Promise<Answer>;
  /** Every column of one event by name; undefined when it is not (or no more) stored. */
  event(id: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Copies for joins; of the same id the highest version stays. */
  putDetections(detections: readonly Detection[], version: Versions): Promise<void>;
  putIncidents(incidents: readonly Incident[], version: Versions): Promise<void>;
  /**
   * Removes the events of one source (their `log.file.path`), the minutes of services that nobody else spoke of, and
   * these verdicts. It rewrites what they lie in, so it takes its time. @returns how many events went
   */
  removeSource(file: string, verdicts: VerdictIds): Promise<number>;
  usage(): Promise<StoreUsage>;
  /** Removes what is older than its class may be at `now` (milliseconds), then the oldest days over the budget. */
  evict(now: number, retention: Retention, budgetBytes: number): Promise<readonly Eviction[]>;
  close(): Promise<void>;
}
