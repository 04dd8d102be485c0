/**
 * One engine with what belongs to it: its checkpoint on disk, its place in the journal, and its incidents' way onto
 * the record. Received traffic has one; sample traffic has another, so that neither learns from the other.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { readCheckpoint } from "../detect/checkpoint.ts";
import type { Detector } from "../detect/detector.ts";
import type { EngineLimits } from "../detect/engine.ts";
import type { EngineState } from "../detect/engine-state.ts";
import type { Detection } from "../event.ts";
import { comparePositions, type Position, START } from "../journal/position.ts";
import type { Networks } from "../normalize/networks.ts";
import { readEngine, writeEngine } from "./checkpoints.ts";
import type { LiveLog } from "./live.ts";
import { type ChangedIncident, createWatch, type Watch, type WatchedBatch } from "./watch.ts";

export interface WatchingOptions {
  /** Of its checkpoint. */
  readonly folder: string;
  readonly detectors: readonly Detector[];
  readonly limits: EngineLimits;
  readonly networks: Networks | undefined;
  readonly log: LiveLog;
  /** Puts incidents on record, all of them or none. */
  readonly keep: (changes: readonly ChangedIncident[]) => Promise<void>;
  /** Puts on record that these are no alarms any more. */
  readonly keepExpected: (detections: readonly Detection[]) => Promise<void>;
}

export interface Watching {
  readonly watch: Watch;
  /** Batches come in the order of the journal. @returns false for one that its checkpoint has seen */
  accept(batch: WatchedBatch, position: Position): boolean;
  /** Records what has changed, when there may be something. @returns it */
  judge(): Promise<readonly ChangedIncident[]>;
  /** The same, whether or not it seems to be worth it. */
  record(): Promise<readonly ChangedIncident[]>;
  /** @param seen all of its batches up to there have been given to `accept` when it is asked */
  checkpoint(seen: () => Position, now?: "now"): Promise<void>;
  /** What a restart need not read again. */
  readonly checkpointed: Position;
}

export const CHECKPOINT_EVERY_MS = 30_000;
/** Between two checkpoints passes at least so many times what one takes. */
const CHECKPOINT_SHARE = 50;
/** Without new verdicts, counts and times of incidents are brought up to date this often. */
const RECOUNT_EVERY_MS = 5_000;
const MOST_SLICE_MS = 10;
/** Incidents that wait for the disk together; together they take as long as a slice. */
const KEPT_AT_ONCE = 10;
const EXPECTED_AT_ONCE = 100;

export async function openWatching(options: WatchingOptions): Promise<Watching> {
  const { folder, detectors, limits, networks, keep, keepExpected } = options;
  const saved = await savedState(options);
  const watch = createWatch({ detectors, limits, networks, saved: saved?.state });
  const from = saved?.position ?? START;
  let checkpointed = from;
  /** It has accepted something that the checkpoint has not. */
  let fresh = false;
  /** Checkpoints to leave out: rarer when they take long, for detection waits for them. */
  let rest = 0;
  let judgedAt = Number.NEGATIVE_INFINITY;
  /** Something could not be recorded and is still to be. */
  let owed = false;

  /** Batches that wait while the engine is being saved. */
  let held: WatchedBatch[] | undefined;
  /** Recording and saving take turns: each needs the engine to stay as it is. */
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = turn.then(run);
    turn = mine.catch(() => {});
    return mine;
  }

  /** In slices: whoever sends waits for the disk alone, whatever the engine does meanwhile. */
  async function save(): Promise<Uint8Array> {
    held = [];
    const rested = createSlices();
    try {
      const pieces = watch.engine.saveInPieces();
      for (;;) {
        const { done, value } = pieces.next();
        if (done === true) return value;
        await rested();
      }
    } finally {
      for (let next = held.shift(); next !== undefined; next = held.shift()) {
        watch.accept(next);
        await rested();
      }
      held = undefined;
    }
  }

  async function record(): Promise<readonly ChangedIncident[]> {
    judgedAt = performance.now();
    const { incidents: changed, expected } = watch.changes();
    if (changed.length === 0 && expected.length === 0) return changed;
    owed = true;
    const rested = createSlices();
    for (let from = 0; from < changed.length; from += KEPT_AT_ONCE) {
      // The records answer within the turn: thousands of changes would let nobody else have one.
      await rested();
      const part = changed.slice(from, from + KEPT_AT_ONCE);
      await keep(part);
      for (const change of part) watch.recorded(change);
    }
    for (let from = 0; from < expected.length; from += EXPECTED_AT_ONCE) {
      const part = expected.slice(from, from + EXPECTED_AT_ONCE);
      await keepExpected(part);
      watch.recordedExpected(part);
      await nextTurn();
    }
    owed = false;
    return changed;
  }

  async function checkpoint(seen: () => Position, now?: "now"): Promise<void> {
    if (!fresh) {
      // The journal holds nothing of its own beyond the one on disk: that one serves as well.
      checkpointed = seen();
      return;
    }
    if (rest-- > 0 && now === undefined) return;
    const began = performance.now();
    const position = seen();
    fresh = false;
    try {
      const state = await save();
      rest = Math.floor(((performance.now() - began) * CHECKPOINT_SHARE) / CHECKPOINT_EVERY_MS);
      await writeEngine(folder, { position, state });
    } catch (cause) {
      fresh = true;
      throw cause;
    }
    checkpointed = position;
  }

  return {
    watch,
    accept(batch, position) {
      if (comparePositions(position, from) <= 0) return false;
      if (held === undefined) watch.accept(batch);
      else held.push(batch);
      fresh = true;
      return true;
    },
    async judge() {
      const due = owed || watch.changed || (watch.moved && performance.now() - judgedAt >= RECOUNT_EVERY_MS);
      return due ? inTurn(record) : [];
    },
    record: () => inTurn(record),
    checkpoint: (seen, now) => inTurn(() => checkpoint(seen, now)),
    get checkpointed() {
      return checkpointed;
    },
  };
}

/** @returns what lets others have a turn of the event loop when one has taken long enough */
function createSlices(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began <= MOST_SLICE_MS) return;
    await nextTurn();
    began = performance.now();
  };
}

async function savedState({
  folder,
  detectors,
  log,
}: WatchingOptions): Promise<{ state: EngineState; position: Position } | undefined> {
  const found = await readEngine(folder);
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
