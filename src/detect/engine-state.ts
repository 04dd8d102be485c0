/**
 * All that the engine remembers, as one graph of plain data: what a checkpoint holds. Whatever in it is referred to
 * from two places (an open verdict, a source, a service) is one object, before and after.
 */
import type { Detector } from "./detector.ts";
import { createEndpoints, type Endpoints } from "./endpoints.ts";
import type { EngineLimits } from "./engine.ts";
import { HABITS_WIDTH } from "./habits.ts";
import { createMinutes, type Minutes } from "./minutes.ts";
import type { PastAttack } from "./past-attacks.ts";
import { AS_PUBLISHED, type DetectorSettings } from "./settings.ts";
import { type Clock, createClock } from "./state/clock.ts";
import { createRows, type Rows } from "./state/rows.ts";
import { createSources, type Source, type Sources } from "./state/sources.ts";
import type { Verdict } from "./verdict.ts";

export interface EngineState {
  readonly clock: Clock;
  readonly endpoints: Endpoints;
  readonly clients: Sources;
  readonly actors: Sources;
  /** What is usual for each user, as habits.ts lays it out. */
  readonly people: Rows;
  readonly minutes: Minutes;
  readonly verdicts: Verdict[];
  /** Verdicts that are not over, and the sources they hold. */
  readonly open: Map<Verdict, Source | undefined>;
  dropped: number;
  /** What became of attacks whose verdicts were released. */
  readonly past: PastAttack[];
  /** Stream time at which the current minute is over. */
  nextMinute: number;
  /** Event time of the last event that had one. */
  lastTime: number;
  /** What people have set, in force since some event. */
  settings: DetectorSettings;
  /** In the order of their slots in `source.states`. */
  detectors: DetectorState[];
}

export interface DetectorState {
  readonly id: string;
  /** Of `own` and of what it keeps in sources. */
  readonly version: number;
  own: unknown;
}

export function createEngineState(detectors: readonly Detector[], limits: EngineLimits): EngineState {
  return {
    clock: createClock(),
    endpoints: createEndpoints(limits),
    clients: createSources(limits.sources),
    actors: createSources(limits.sources),
    people: createRows(HABITS_WIDTH, limits.people),
    minutes: createMinutes(),
    verdicts: [],
    open: new Map(),
    dropped: 0,
    past: [],
    nextMinute: 0,
    lastTime: Number.NaN,
    settings: AS_PUBLISHED,
    detectors: detectors.map(newDetectorState),
  };
}

/** Fits a state that was saved with other detectors or limits to those of now. */
export function fitState(state: EngineState, detectors: readonly Detector[], limits: EngineLimits): void {
  state.endpoints.limits = limits;
  state.endpoints.tree.limits = limits;
  state.clients.limits = limits.sources;
  state.actors.limits = limits.sources;
  state.people.limit = limits.people;
  const before = state.detectors;
  const slots = detectors.map((detector) => before.findIndex((saved) => isStateOf(saved, detector)));
  if (slots.length === before.length && slots.every((old, slot) => old === slot)) return;
  state.detectors = detectors.map(
    (detector, slot) => before[slots[slot] ?? -1] ?? newDetectorState(detector),
  );
  for (const { watched } of [state.clients, state.actors]) {
    for (const source of watched) {
      if (source !== undefined) source.states = slots.map((old) => source.states[old]);
    }
  }
}

/** Detectors that find no state of theirs: new ones, and those whose state has another form by now. */
export function startingAnew(state: EngineState, detectors: readonly Detector[]): string[] {
  return detectors
    .filter((detector) => !state.detectors.some((saved) => isStateOf(saved, detector)))
    .map(({ descriptor }) => descriptor.id);
}

function isStateOf({ id, version }: DetectorState, { descriptor, stateVersion }: Detector): boolean {
  return id === descriptor.id && version === stateVersion;
}

function newDetectorState({ descriptor, stateVersion }: Detector): DetectorState {
  return { id: descriptor.id, version: stateVersion, own: undefined };
}
