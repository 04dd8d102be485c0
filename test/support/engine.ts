/** The real second half, fed with events instead of a file. */

import { readCheckpoint } from "../../src/detect/checkpoint.ts";
import type { Detector } from "../../src/detect/detector.ts";
import { DETECTORS } from "../../src/detect/detectors.ts";
import {
  createEngine,
  DEFAULT_LIMITS,
  type Engine,
  type EngineLimits,
  type RecordReader,
} from "../../src/detect/engine.ts";
import type { EngineState } from "../../src/detect/engine-state.ts";
import { AS_PUBLISHED, type DetectorSettings } from "../../src/detect/settings.ts";
import type { ApiEvent } from "../../src/event.ts";
import { emptyFact, FACT_STRIDE, noteFindings, readFact, writeFact } from "../../src/fact.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import { trustedProxies } from "../../src/normalize/client-address.ts";
import { payloadKey } from "../../src/normalize/key.ts";
import { createNormalizer } from "../../src/normalize/normalize.ts";
import { shapeSegments } from "../../src/normalize/route.ts";

export interface RunOptions {
  readonly detectors?: readonly Detector[];
  readonly limits?: EngineLimits;
  readonly settings?: DetectorSettings;
}

/** An event as the engine is given it. */
export interface Prepared {
  /** Its fact, as it travels from the stateless half. */
  readonly row: Float64Array;
  readonly record: RecordReader;
}

/** Runs events through normalize, inspect and facts. */
export function prepare(events: readonly ApiEvent[]): Prepared[] {
  const normalize = createNormalizer({
    trusted: trustedProxies(["private"]),
    service: "default",
    networks: undefined,
  });
  const fact = emptyFact();
  return events.map((original, index) => {
    const event = { ...original };
    const row = new Float64Array(FACT_STRIDE);
    normalize(event, fact);
    const findings = inspect(event);
    noteFindings(fact, findings, payloadKey);
    writeFact(row, 0, fact);
    const record: RecordReader = {
      event: () => event,
      route: () => ({
        service: event["service.name"] ?? "",
        method: event["http.request.method"] ?? "",
        segments: shapeSegments(event["url.path"] ?? ""),
      }),
      evidence: () => ({ event, findings, ref: { file: "scenario", line: index + 1 } }),
    };
    return { row, record };
  });
}

export function newEngine(options: RunOptions): Engine {
  const engine = createEngine(options.detectors ?? DETECTORS, options.limits ?? DEFAULT_LIMITS);
  engine.configure(options.settings ?? AS_PUBLISHED);
  return engine;
}

export function feed(engine: Engine, prepared: readonly Prepared[]): Engine {
  const fact = emptyFact();
  for (const { row, record } of prepared) {
    readFact(row, 0, fact);
    engine.accept(fact, record);
  }
  return engine;
}

/** Runs events to their end through everything. */
export function runEngine(events: readonly ApiEvent[], options: RunOptions = {}): Engine {
  const engine = feed(newEngine(options), prepare(events));
  engine.end();
  return engine;
}

/** A new engine that goes on where this one is. */
export function resumed(engine: Engine, options: RunOptions): Engine {
  const { detectors = DETECTORS, limits = DEFAULT_LIMITS } = options;
  return createEngine(detectors, limits, () => {}, stateOf(engine));
}

/** Everything the engine knows, as it comes out of a checkpoint. */
export function stateOf(engine: Engine): EngineState {
  const checkpoint = readCheckpoint(engine.save(), DETECTORS);
  if (!checkpoint.ok) throw new Error(checkpoint.message);
  return checkpoint.state;
}

/** The same run, but stopped at each of these places among the events, and gone on from a checkpoint. */
export function runInPieces(
  prepared: readonly Prepared[],
  cuts: readonly number[],
  options: RunOptions = {},
): Engine {
  let engine = newEngine(options);
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    feed(engine, prepared.slice(from, cut));
    engine = resumed(engine, options);
    from = cut;
  }
  feed(engine, prepared.slice(from));
  engine.end();
  return engine;
}
