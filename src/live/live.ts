/**
 * The engine, always on: intake → journal → watch, and beside it the journal's way into the store. Opening replays
 * what the journal holds beyond the last checkpoint; closing leaves nothing that was acknowledged behind.
 */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Intake, IntakeBatch } from "../capture/live/intake.ts";
import type { DetectionSettings } from "../correlate/settings.ts";
import type { Detector } from "../detect/detector.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { DEFAULT_LIMITS, type EngineLimits } from "../detect/engine.ts";
import type { Band } from "../detect/series/band.ts";
import { DIST_FOLDER } from "../dist-folder.ts";
import { type Journal, openJournal } from "../journal/journal.ts";
import { comparePositions, type Position, START } from "../journal/position.ts";
import { type Networks, openNetworks } from "../normalize/networks.ts";
import type { EventStore, Retention } from "../store/contract.ts";
import { openEventStore } from "../store/event-store.ts";
import { createBatchIds } from "../store/events/batch-id.ts";
import type { Announce } from "../store/records/notices.ts";
import { openRecords, type Records, recordsPlace } from "../store/records/open.ts";
import { type CopyMetrics, createCopies } from "./copies.ts";
import { type LiveDetection, liveDetection, NOTHING_SET } from "./detection.ts";
import { diskRoom } from "./disk-room.ts";
import { createDuties, type Duty } from "./duties.ts";
import { firstSegment } from "./first-segment.ts";
import type { FrontAnswer } from "./front.ts";
import { createFrontPool } from "./front-pool.ts";
import { createIntake, type LiveIntake } from "./intake.ts";
import { isSampleKey, SAMPLE_SOURCE } from "./sample-mark.ts";
import { isSettings } from "./settings-record.ts";
import { createStoring } from "./storing.ts";
import type { ChangedIncident, Watch, WatchedBatch } from "./watch.ts";
import { CHECKPOINT_EVERY_MS, openWatching, type Watching } from "./watching.ts";

export interface LiveOptions {
  readonly folder: string;
  /** URL of a ClickHouse server; without one the store lives in the folder. */
  readonly storeUrl?: string | undefined;
  /** URL of a PostgreSQL server; without one the records live in the folder. */
  readonly recordsUrl?: string | undefined;
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
  /** What the settings file says of detection; what is said over the API comes after it. */
  readonly detection?: DetectionSettings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: LiveLog;
  /** Whether the records tell of sample traffic, which has an engine of its own. */
  readonly sample?: (records: Records) => Promise<boolean>;
  /** Which notices a changed incident is worth; without it none. */
  readonly announce?: Announce;
  /** What else is to be done again and again, from the opening of the records to the close. */
  readonly duties?: (records: Records) => Promise<readonly Duty[]>;
  readonly onRejected?: (batch: IntakeBatch, answer: FrontAnswer) => void;
}

export type LiveLog = (level: "info" | "warn" | "error", message: string, detail?: object) => void;

export interface Live {
  readonly intake: Intake & Pick<LiveIntake, "metrics" | "pace">;
  readonly watch: Watch;
  readonly journal: Journal;
  readonly store: EventStore;
  readonly records: Records;
  /** Incidents and facts on their way from the records into the store. */
  readonly copies: { readonly metrics: CopyMetrics };
  /** Each batch once it is on disk. @returns the way to stop listening */
  onBatch(listener: (batch: WatchedBatch) => void): () => void;
  /** Incidents as they change, after they were recorded. @returns the way to stop listening */
  onIncidents(listener: (changed: readonly ChangedIncident[]) => void): () => void;
  /** Sample batches are watched from now on, by an engine of their own; without it they are passed over. */
  watchSample(): Promise<void>;
  /**
   * Everything that sample batches brought goes: events, verdicts, incidents with what people made of them, the
   * engine's state. None may come any more. What it was doing when it failed or was cut off, it does again.
   */
  removeSample(): Promise<void>;
  readonly detection: LiveDetection;
  /** What was learned of a service's requests per minute, of sample traffic too. */
  band(service: string): Band | undefined;
  /** Whose addresses are whose. */
  readonly networks: Networks;
  /** Brings everything up to date now: incidents recorded, journal in the store. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Settings that could not be applied when they were changed. */
const SETTINGS_EVERY_MS = 30_000;
const JUDGE_EVERY_MS = 500;
/** As often as events reach the store, when many come: each time costs what thousands of them cost. */
const COPY_EVERY_MS = 5_000;
const STORE_EVERY_MS = 1_000;
const EVICT_EVERY_MS = 600_000;
/** A PostgreSQL server that starts beside this one. */
const RECORDS_PATIENCE_MS = 30_000;
const RECORDS_EVERY_MS = 5_000;
/** The store waits for a segment so long, so that it gets large blocks; and less for one that comes after a pause. */
const SEGMENT_AGE_MS = 5_000;
const FIRST_SEGMENT_AGE_MS = 2_000;
const SEGMENT_BYTES = 48 * 1024 * 1024;
/** Segments that fit into what the disk keeps free, on a disk so small that this limits them. */
const SEGMENTS_IN_RESERVE = 4;
const SAMPLE_CHECKPOINT = "checkpoint-sample";
const NOTHING: Announce = () => [];

/**
 * @throws VedetteError DATA_FOLDER_IN_USE, STORE_ENGINE_MISSING, STORE_UNAVAILABLE, RECORDS_UNAVAILABLE,
 *   RECORDS_IN_USE, JOURNAL_UNWRITABLE
 */
export async function openLive(options: LiveOptions): Promise<Live> {
  const { folder, now, log } = options;
  const place =
    options.storeUrl === undefined ? { folder: join(folder, "store") } : { url: options.storeUrl };
  const store = await openEventStore({ place, mayBeAway: options.storeUrl !== undefined });
  const records = await openRecords(recordsPlace(folder, options.recordsUrl), {
    patience: RECORDS_PATIENCE_MS,
    onWait: (reason) => log("warn", "waiting for the records", { reason }),
  }).catch(async (cause: unknown) => {
    await store.close();
    throw cause;
  });
  const journalFolder = join(folder, "journal");
  await mkdir(journalFolder, { recursive: true });
  const { reserve } = await diskRoom(journalFolder);
  const journal = await openJournal({
    folder: journalFolder,
    firstSegment: await firstSegment(store, journalFolder, now),
    segmentBytes: Math.min(SEGMENT_BYTES, reserve / SEGMENTS_IN_RESERVE),
    segmentAge: SEGMENT_AGE_MS,
    firstAge: FIRST_SEGMENT_AGE_MS,
    room: async () => (await diskRoom(journalFolder)).room,
    ...(options.journalBytes === undefined ? {} : { maxBacklogBytes: options.journalBytes }),
  });
  const networks = openNetworks({ folder: join(DIST_FOLDER, "geo") });
  const copies = createCopies({ cases: records.cases, store, now });
  const received = await watching("checkpoint", options.announce ?? NOTHING, false);
  let sample: Watching | undefined;
  if (await options.sample?.(records)) sample = await watchingSample();
  const pool = createFrontPool(join(DIST_FOLDER, "front-worker.js"), options.threads);
  const batchListeners = new Set<(batch: WatchedBatch) => void>();
  const incidentListeners = new Set<(changed: readonly ChangedIncident[]) => void>();
  /** What has been watched. */
  let seen = received.checkpointed;

  const intake = createIntake({
    pool,
    journal,
    nextBatch: createBatchIds(now),
    now,
    trustedProxies: options.trustedProxies,
    service: options.service,
    onJournaled(batch, position) {
      accept(batch, position);
      seen = position;
      if (isSettings(batch)) return;
      for (const listener of batchListeners) listener(batch);
    },
    ...(options.onRejected === undefined ? {} : { onRejected: options.onRejected }),
  });

  const replayed = await replay();
  if (replayed > 0) log("info", "replayed the journal", { events: replayed });

  function watching(name: string, announce: Announce, made: boolean): Promise<Watching> {
    return openWatching({
      folder: join(folder, name),
      detectors: options.detectors ?? DETECTORS,
      limits: options.limits ?? DEFAULT_LIMITS,
      networks,
      log,
      async keep(changes) {
        await records.cases.putAll(changes, announce, now(), made);
        copies.incidents(changes.map(({ incident }) => incident.id));
      },
      async keepExpected(detections) {
        const { incidents, loose } = await records.cases.expected(detections, now());
        copies.incidents(incidents);
        copies.facts(loose);
      },
    });
  }

  /** Nobody is alerted to what was made up. */
  function watchingSample(): Promise<Watching> {
    return watching(SAMPLE_CHECKPOINT, NOTHING, true);
  }

  function watchingOf({ key }: Pick<WatchedBatch, "key">): Watching | undefined {
    return isSampleKey(key) ? sample : received;
  }

  /** What people set is for all engines. @returns false for what has been seen, and for nobody */
  function accept(batch: WatchedBatch, position: Position): boolean {
    if (!isSettings(batch)) return watchingOf(batch)?.accept(batch, position) ?? false;
    for (const each of all()) each.accept(batch, position);
    return true;
  }

  function all(): readonly Watching[] {
    return sample === undefined ? [received] : [received, sample];
  }

  /** Keys are remembered from all that is there; each engine goes on where its checkpoint ends. */
  async function replay(): Promise<number> {
    let events = 0;
    for await (const entry of journal.read(START)) {
      intake.remember(entry.key, entry.events);
      if (accept(entry, entry.position)) events += entry.events;
      if (comparePositions(entry.position, seen) > 0) seen = entry.position;
    }
    return events;
  }

  async function checkpoint(at?: "now"): Promise<void> {
    for (const each of all()) await each.checkpoint(() => seen, at);
  }

  async function judge(how: "judge" | "record" = "judge"): Promise<void> {
    for (const each of all()) {
      const changed = await each[how]();
      if (changed.length === 0) continue;
      for (const listener of incidentListeners) listener(changed);
    }
  }

  const detection = liveDetection({
    file: options.detection ?? NOTHING_SET,
    preferences: records.preferences,
    now,
    watches: () => all().map(({ watch }) => watch),
    configure: intake.configure,
  });

  const storing = createStoring({
    journal,
    journalFolder,
    store,
    storeFolder: options.storeUrl === undefined ? join(folder, "store") : undefined,
    retention: options.retention,
    budgetBytes: options.budgetBytes,
    now,
    seen: () => seen,
    checkpointed: () =>
      all()
        .map(({ checkpointed }) => checkpointed)
        .reduce((a, b) => (comparePositions(a, b) < 0 ? a : b)),
    log,
  });

  await detection.apply().catch((cause: unknown) => {
    log("warn", "settings of detectors are applied later", { reason: String(cause) });
  });
  const duties = createDuties(log, [
    { name: "judge", every: JUDGE_EVERY_MS, run: () => judge() },
    { name: "copy", every: COPY_EVERY_MS, run: copies.copy },
    { name: "store", every: STORE_EVERY_MS, run: storing.store },
    { name: "checkpoint", every: CHECKPOINT_EVERY_MS, run: () => checkpoint() },
    { name: "settings", every: SETTINGS_EVERY_MS, run: detection.apply },
    { name: "evict", every: EVICT_EVERY_MS, run: storing.evict },
    { name: "records", every: RECORDS_EVERY_MS, run: records.reach },
    ...((await options.duties?.(records)) ?? []),
  ]);

  return {
    intake,
    watch: received.watch,
    journal,
    store,
    records,
    copies,
    detection,
    band(service) {
      for (const { watch } of all()) {
        const band = watch.engine.band(service);
        if (band !== undefined) return band;
      }
      return undefined;
    },
    networks,
    onBatch(listener) {
      batchListeners.add(listener);
      return () => void batchListeners.delete(listener);
    },
    onIncidents(listener) {
      incidentListeners.add(listener);
      return () => void incidentListeners.delete(listener);
    },
    async watchSample() {
      if (sample !== undefined) return;
      sample = await watchingSample();
      await detection.apply();
    },
    async removeSample() {
      sample = undefined;
      await intake.idle();
      // What is being recorded and written ends first.
      await duties.now("judge");
      await duties.now("copy");
      await duties.now("checkpoint");
      await journal.rotate();
      await duties.now("store");
      await store.removeSource(SAMPLE_SOURCE, await records.cases.sampleVerdicts());
      await records.cases.removeSample();
      await rm(join(folder, SAMPLE_CHECKPOINT), { recursive: true, force: true });
    },
    async settle() {
      await intake.idle();
      await judge("record");
      await duties.now("copy");
      await journal.rotate();
      await duties.now("store");
    },
    async close() {
      await intake.idle();
      await duties.stop();
      // What fails here is done at the next start: the journal has it.
      const last = { judge: () => judge("record"), copy: copies.copy, checkpoint: () => checkpoint("now") };
      for (const [name, run] of Object.entries(last)) {
        await run().catch((cause: unknown) =>
          log("warn", `not done before the end: ${name}`, { reason: String(cause) }),
        );
      }
      await pool.end();
      await journal.close();
      await store.close();
      await records.close();
    },
  };
}
