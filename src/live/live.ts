/**
 * The engine, always on: intake → journal → watch, and beside it the journal's way into the store. Opening replays
 * what the journal holds beyond the last checkpoint; closing leaves nothing that was acknowledged behind.
 */
import { join } from "node:path";
import type { Intake, IntakeBatch } from "../capture/live/intake.ts";
import { readCheckpoint } from "../detect/checkpoint.ts";
import type { Detector } from "../detect/detector.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { DEFAULT_LIMITS, type EngineLimits } from "../detect/engine.ts";
import type { EngineState } from "../detect/engine-state.ts";
import { DIST_FOLDER } from "../dist-folder.ts";
import { type Journal, openJournal } from "../journal/journal.ts";
import { comparePositions, type Position, START } from "../journal/position.ts";
import { openNetworks } from "../normalize/networks.ts";
import type { EventStore, Retention } from "../store/contract.ts";
import { openEventStore } from "../store/event-store.ts";
import { createBatchIds } from "../store/events/batch-id.ts";
import type { Announce } from "../store/records/notices.ts";
import { openRecords, type Records } from "../store/records/open.ts";
import { storeSegments } from "../store/store-segments.ts";
import { readEngine, writeEngine } from "./checkpoints.ts";
import { createDuties, type Duty } from "./duties.ts";
import type { FrontAnswer } from "./front.ts";
import { createFrontPool } from "./front-pool.ts";
import { createIntake, type LiveIntake } from "./intake.ts";
import { type ChangedIncident, createWatch, type Watch, type WatchedBatch } from "./watch.ts";

export interface LiveOptions {
  readonly folder: string;
  /** URL of a ClickHouse server; without one the store lives in the folder. */
  readonly storeUrl?: string | undefined;
  readonly threads: number;
  readonly trustedProxies: readonly string[];
  /** Service of events that name none. */
  readonly service: string;
  readonly retention: Retention;
  readonly budgetBytes: number;
  /** Most bytes that wait in the journal for the store. */
  readonly journalBytes?: number;
  readonly detectors?: readonly Detector[];
  readonly limits?: EngineLimits;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: LiveLog;
  /** Which notices a changed incident is worth; without it none. */
  readonly announce?: Announce;
  /** What else is to be done again and again, from the opening of the records to the close. */
  readonly duties?: (records: Records) => Promise<readonly Duty[]>;
  readonly onRejected?: (batch: IntakeBatch, answer: FrontAnswer) => void;
}

export type LiveLog = (level: "info" | "warn" | "error", message: string, detail?: object) => void;

export interface Live {
  readonly intake: Intake & Pick<LiveIntake, "metrics">;
  readonly watch: Watch;
  readonly journal: Journal;
  readonly store: EventStore;
  readonly records: Records;
  /** Each batch once it is on disk. @returns the way to stop listening */
  onBatch(listener: (batch: WatchedBatch) => void): () => void;
  /** Incidents as they change, after they were recorded. @returns the way to stop listening */
  onIncidents(listener: (changed: readonly ChangedIncident[]) => void): () => void;
  /** Brings everything up to date now: incidents recorded, journal in the store. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const JUDGE_EVERY_MS = 500;
const COPY_EVERY_MS = 1_000;
/** Without new verdicts, counts and times of incidents are brought up to date this often. */
const RECOUNT_EVERY_MS = 5_000;
const STORE_EVERY_MS = 1_000;
const CHECKPOINT_EVERY_MS = 30_000;
/** Between two checkpoints passes at least so many times what one takes. */
const CHECKPOINT_SHARE = 50;
const EVICT_EVERY_MS = 600_000;
/** Stored segments stay so long: a sender that was cut off comes again within it, and its batch is then known. */
const REMEMBER_MS = 600_000;
/** The store waits for a segment at least so long, so that it gets large blocks. */
const SEGMENT_AGE_MS = 2_000;

/** @throws VedetteError DATA_FOLDER_IN_USE, STORE_ENGINE_MISSING, STORE_UNAVAILABLE, JOURNAL_UNWRITABLE */
export async function openLive(options: LiveOptions): Promise<Live> {
  const { folder, now, log } = options;
  const place =
    options.storeUrl === undefined ? { folder: join(folder, "store") } : { url: options.storeUrl };
  const store = await openEventStore({ place });
  const records = await openRecords(join(folder, "records.db"));
  const journal = await openJournal({
    folder: join(folder, "journal"),
    firstSegment: (await store.lastSegment()) + 1,
    segmentAge: SEGMENT_AGE_MS,
    ...(options.journalBytes === undefined ? {} : { maxBacklogBytes: options.journalBytes }),
  });
  const networks = openNetworks({ folder: join(DIST_FOLDER, "geo") });
  const detectors = options.detectors ?? DETECTORS;
  const saved = await savedState();
  const watch = createWatch({
    detectors,
    limits: options.limits ?? DEFAULT_LIMITS,
    networks,
    saved: saved?.state,
  });
  const pool = createFrontPool(join(DIST_FOLDER, "front-worker.js"), options.threads);
  const batchListeners = new Set<(batch: WatchedBatch) => void>();
  const incidentListeners = new Set<(changed: readonly ChangedIncident[]) => void>();
  const from = saved?.position ?? START;
  let seen = from;
  /** What a restart need not read again. */
  let checkpointed = from;
  /** Where the journal stood, and when: what is older than REMEMBER_MS may go. */
  const passed: { readonly position: Position; readonly at: number }[] = [];

  const intake = createIntake({
    pool,
    journal,
    nextBatch: createBatchIds(now),
    now,
    trustedProxies: options.trustedProxies,
    service: options.service,
    onJournaled(batch, position) {
      watch.accept(batch);
      seen = position;
      for (const listener of batchListeners) listener(batch);
    },
    ...(options.onRejected === undefined ? {} : { onRejected: options.onRejected }),
  });

  const replayed = await replay();
  if (replayed > 0) log("info", "replayed the journal", { events: replayed });

  async function savedState(): Promise<{ state: EngineState; position: Position } | undefined> {
    const found = await readEngine(join(folder, "checkpoint"));
    if (found === undefined) return undefined;
    const read = readCheckpoint(found.state, detectors);
    if (!read.ok) {
      log("warn", "the checkpoint is not used; what the journal holds is watched again", {
        reason: read.message,
      });
      return undefined;
    }
    if (read.startingAnew.length > 0)
      log("info", "detectors that start anew", { detectors: read.startingAnew });
    return { state: read.state, position: found.position };
  }

  /** Keys are remembered from all that is there; the engine goes on where its checkpoint ends. */
  async function replay(): Promise<number> {
    let events = 0;
    for await (const entry of journal.read(START)) {
      intake.remember(entry.key, entry.events);
      if (comparePositions(entry.position, from) <= 0) continue;
      watch.accept(entry);
      seen = entry.position;
      events += entry.events;
    }
    return events;
  }

  /** Rarer when it takes long: it holds up everything else. */
  let rest = 0;
  async function checkpoint(): Promise<void> {
    if (rest-- > 0 || comparePositions(seen, checkpointed) === 0) return;
    const began = performance.now();
    const position = seen;
    const state = watch.engine.save();
    const took = performance.now() - began;
    rest = Math.floor((took * CHECKPOINT_SHARE) / CHECKPOINT_EVERY_MS);
    await writeEngine(join(folder, "checkpoint"), { position, state });
    checkpointed = position;
  }

  let judgedAt = Number.NEGATIVE_INFINITY;
  /** Something could not be recorded and is still to be. */
  let owed = false;
  async function judge(): Promise<void> {
    const due = owed || watch.changed || (watch.moved && performance.now() - judgedAt >= RECOUNT_EVERY_MS);
    if (due) await record();
  }

  async function record(): Promise<void> {
    judgedAt = performance.now();
    const changed = watch.changes();
    if (changed.length === 0) return;
    const at = now();
    owed = true;
    for (const change of changed) {
      const { incident, detections } = change;
      await records.cases.put(incident, detections, options.announce ?? (() => []), at);
      uncopied.add(incident.id);
      watch.recorded(change);
    }
    owed = false;
    for (const listener of incidentListeners) listener(changed);
  }

  /** What is on record and not yet in the store: alerts must not wait for a store that is away. */
  const uncopied = new Set<string>();
  async function copy(): Promise<void> {
    for (const id of uncopied) {
      // First, so that a change in the meantime is copied too.
      uncopied.delete(id);
      try {
        const recorded = await records.cases.get(id);
        if (recorded === undefined) continue;
        await store.putIncidents([recorded.incident], recorded.version);
        await store.putDetections(await records.cases.detections(id), recorded.version);
      } catch (cause) {
        uncopied.add(id);
        throw cause;
      }
    }
  }

  async function intoStore(): Promise<void> {
    const stored = await storeSegments(journal, store);
    if (stored.length === 0) return;
    passed.push({ position: seen, at: now() });
    let old: Position | undefined;
    while (passed[0] !== undefined && now() - passed[0].at > REMEMBER_MS) old = passed.shift()?.position;
    if (old === undefined) return;
    await journal.release(comparePositions(old, checkpointed) < 0 ? old : checkpointed);
  }

  async function evict(): Promise<void> {
    for (const gone of await store.evict(now(), options.retention, options.budgetBytes)) {
      log("warn", "removed stored data to keep a limit", gone);
    }
  }

  const duties = createDuties(log, [
    { name: "judge", every: JUDGE_EVERY_MS, run: judge },
    { name: "copy", every: COPY_EVERY_MS, run: copy },
    { name: "store", every: STORE_EVERY_MS, run: intoStore },
    { name: "checkpoint", every: CHECKPOINT_EVERY_MS, run: checkpoint },
    { name: "evict", every: EVICT_EVERY_MS, run: evict },
    ...((await options.duties?.(records)) ?? []),
  ]);

  return {
    intake,
    watch,
    journal,
    store,
    records,
    onBatch(listener) {
      batchListeners.add(listener);
      return () => void batchListeners.delete(listener);
    },
    onIncidents(listener) {
      incidentListeners.add(listener);
      return () => void incidentListeners.delete(listener);
    },
    async settle() {
      await intake.idle();
      await record();
      await duties.now("copy");
      await journal.rotate();
      await duties.now("store");
    },
    async close() {
      await intake.idle();
      await duties.stop();
      rest = 0;
      // What fails here is done at the next start: the journal has it.
      for (const last of [record, copy, checkpoint]) {
        await last().catch((cause: unknown) =>
          log("warn", `not done before the end: ${last.name}`, { reason: String(cause) }),
        );
      }
      await pool.end();
      await journal.close();
      await store.close();
      await records.close();
    },
  };
}
