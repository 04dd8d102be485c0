/**
 * The stateful half, live: journaled batches in their order → the engine → incidents. What it makes is a function
 * of the journal alone, so that a restart that replays the journal makes the same.
 */
import { createExceptions, type Exception } from "../correlate/exceptions.ts";
import { type CorrelateContext, correlate } from "../correlate/incidents.ts";
import { pastAttackOf } from "../correlate/next-stage.ts";
import type { Descriptor, Detector } from "../detect/detector.ts";
import { createEngine, type Engine, type EngineLimits } from "../detect/engine.ts";
import type { EngineState } from "../detect/engine-state.ts";
import type { Detection, Incident } from "../event.ts";
import { emptyFact, readFact } from "../fact.ts";
import type { Networks } from "../normalize/networks.ts";
import { arrivalOf } from "../store/events/batch-id.ts";
import { decodeEvents, type StoredEvents } from "../store/events/decode-events.ts";
import { settingsIn } from "./settings-record.ts";
import { storedRecord } from "./stored-record.ts";

/** One journaled batch, as the journal gives it back. */
export interface WatchedBatch {
  readonly batch: bigint;
  /** What it was sent under; empty when there was none. */
  readonly key: string;
  readonly events: number;
  /** As many doubles for each event; FACT_STRIDE unless an older version wrote them. */
  readonly facts: Uint8Array;
  readonly payload: Uint8Array;
}

export interface ChangedIncident {
  readonly incident: Incident;
  readonly detections: readonly Detection[];
}

export interface Changes {
  /** Gravest first, with their detections. */
  readonly incidents: readonly ChangedIncident[];
  /** Detections that are no alarms any more: they fit an exception, or their detector took them back. */
  readonly expected: readonly Detection[];
}

export interface Watch {
  /** Batches come in the order of the journal. */
  accept(batch: WatchedBatch): void;
  /** Something a person should know may have happened since the last `changes`. */
  readonly changed: boolean;
  /** Events came since the last `changes`: counts and times of incidents may have moved. */
  readonly moved: boolean;
  /** What is new or differs from what was recorded. */
  changes(): Changes;
  /** This is on record; until it is said, `changes` gives it again. */
  recorded(change: ChangedIncident): void;
  /** The same of detections that are expected. */
  recordedExpected(detections: readonly Detection[]): void;
  /** What people expect, from the next `changes` on. */
  expect(exceptions: readonly Exception[]): void;
  readonly expecting: readonly Exception[];
  /** Detections that each exception has made facts, by its id, as of the last `changes`. */
  readonly hidden: ReadonlyMap<string, number>;
  readonly engine: Engine;
  readonly events: number;
  /** Event time of the newest fact, milliseconds; NaN before the first. */
  readonly newest: number;
}

export interface WatchOptions {
  readonly detectors: readonly Detector[];
  readonly limits: EngineLimits;
  readonly networks: Networks | undefined;
  /** Of a checkpoint, to go on from; it belongs to this watch from now on. */
  readonly saved?: EngineState | undefined;
}

/** Verdicts of incidents that are over for so long, in event time, leave the engine: they are on record. */
const KEEP_MS = 2 * 86_400_000;
/** Event times may be ahead of the arrival by so much: clocks and zones differ. */
const AHEAD_MS = 86_400_000;

export function createWatch({ detectors, limits, networks, saved }: WatchOptions): Watch {
  let changed = false;
  let moved = false;
  let events = 0;
  let newest = Number.NaN;
  const noteChange = () => {
    changed = true;
  };
  const engine = createEngine(detectors, limits, noteChange, saved);
  const descriptors = new Map<string, Descriptor>(
    detectors.map(({ descriptor }) => [descriptor.id, descriptor]),
  );
  let context: CorrelateContext = { descriptors, explain: engine.explain, networks, past: engine.past };
  const said = new Map<string, string>();
  const saidExpected = new Map<string, string>();
  const hidden = new Map<string, number>();
  let expecting: readonly Exception[] = [];
  const fact = emptyFact();
  let current: WatchedBatch | undefined;
  let decoded: StoredEvents | undefined;
  let row = 0;

  /** Most batches are never asked: they are decoded when a name or a sample is wanted. */
  function stored(): StoredEvents {
    if (current === undefined) throw new Error("no batch is being looked at");
    decoded ??= decodeEvents(current.payload, current.batch);
    return decoded;
  }
  const reader = storedRecord({
    event: () => stored().event(row),
    findings: () => stored().findings(row),
    id: () => stored().id(row),
  });

  const documentOf = ({ incident, detections }: ChangedIncident) => JSON.stringify([incident, detections]);

  /** Only what is on record leaves, and facts that belong to no incident. */
  function release(incidents: readonly Incident[], waiting: ReadonlySet<string>): void {
    const open = new Set(engine.verdicts.flatMap(({ id, closed }) => (closed ? [] : [id])));
    const over = incidents.filter(
      ({ id, last_seen, detections }) =>
        !waiting.has(id) &&
        newest - Date.parse(last_seen) > KEEP_MS &&
        !detections.some((detection) => open.has(detection)),
    );
    const ids = new Set(over.flatMap((incident) => incident.detections));
    const held = new Set(incidents.flatMap((incident) => incident.detections));
    const gone = engine.verdicts.filter(
      ({ id, closed, lastSeen }) => ids.has(id) || (closed && !held.has(id) && newest - lastSeen > KEEP_MS),
    );
    const past = over
      .filter(({ stages }) => stages.length > 0)
      .map(({ stages, last_seen }) => pastAttackOf({ stages, end: Date.parse(last_seen) }));
    if (gone.length > 0) engine.release(new Set(gone), past);
  }

  return {
    accept(batch) {
      const settings = settingsIn(batch);
      if (settings !== undefined) {
        engine.configure(settings);
        return;
      }
      current = batch;
      decoded = undefined;
      const arrived = arrivalOf(batch.batch);
      const rows = doubles(batch.facts);
      const { events: count } = batch;
      const stride = rows.length / count;
      for (row = 0; row < count; row++) {
        readFact(rows, row, fact, stride);
        // A clock that runs ahead must not make everything else look long over.
        if (!(fact.time <= newest) && fact.time <= arrived + AHEAD_MS) newest = fact.time;
        engine.accept(fact, reader);
      }
      events += count;
      if (count > 0) moved = true;
    },
    get changed() {
      return changed;
    },
    get moved() {
      return moved;
    },
    changes() {
      changed = false;
      moved = false;
      const { incidents, detections } = correlate(engine.verdicts, context);
      const byId = new Map(detections.map((detection) => [detection.id, detection]));
      const all = incidents.map((incident) => ({
        incident,
        detections: incident.detections.flatMap((id) => byId.get(id) ?? []),
      }));
      const fresh = all.filter((change) => said.get(change.incident.id) !== documentOf(change));
      const facts = detections.filter(
        ({ exception, withdrawn }) => exception !== undefined || withdrawn === true,
      );
      const expected = facts.filter((fact) => saidExpected.get(fact.id) !== JSON.stringify(fact));
      hidden.clear();
      for (const { exception } of facts)
        if (exception !== undefined) hidden.set(exception.id, (hidden.get(exception.id) ?? 0) + 1);
      // What is told again later is news then.
      forget(said, incidents);
      forget(saidExpected, facts);
      const waiting = new Set(fresh.map(({ incident }) => incident.id));
      release(incidents, waiting);
      return { incidents: fresh, expected };
    },
    recorded(change) {
      said.set(change.incident.id, documentOf(change));
    },
    recordedExpected(detections) {
      for (const detection of detections) saidExpected.set(detection.id, JSON.stringify(detection));
    },
    get expecting() {
      return expecting;
    },
    expect(exceptions) {
      expecting = exceptions;
      context = { ...context, expected: exceptions.length === 0 ? undefined : createExceptions(exceptions) };
      changed = true;
    },
    hidden,
    engine,
    get events() {
      return events;
    },
    get newest() {
      return newest;
    },
  };
}

function forget(said: Map<string, string>, present: readonly { readonly id: string }[]): void {
  const ids = new Set(present.map(({ id }) => id));
  for (const id of said.keys()) if (!ids.has(id)) said.delete(id);
}

/** The facts of a frame need not lie on a multiple of eight bytes. */
function doubles(bytes: Uint8Array): Float64Array {
  const length = Math.floor(bytes.byteLength / 8);
  if (bytes.byteOffset % 8 === 0) return new Float64Array(bytes.buffer, bytes.byteOffset, length);
  // Not `slice`, which on a Buffer copies nothing.
  return new Float64Array(new Uint8Array(bytes).buffer, 0, length);
}
