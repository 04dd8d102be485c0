/** The real second half, fed with events instead of a file. */

import type { Detector } from "../../src/detect/detector.ts";
import { DETECTORS } from "../../src/detect/detectors.ts";
import { createEngine, DEFAULT_LIMITS, type Engine, type EngineLimits } from "../../src/detect/engine.ts";
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
}

/** Runs events through normalize, inspect, facts and the engine. */
export function runEngine(events: readonly ApiEvent[], options: RunOptions = {}): Engine {
  const engine = createEngine(options.detectors ?? DETECTORS, options.limits ?? DEFAULT_LIMITS);
  const normalize = createNormalizer({ trusted: trustedProxies(["private"]), service: "default" });
  const written = emptyFact();
  const read = emptyFact();
  const rows = new Float64Array(FACT_STRIDE);
  for (const [index, original] of events.entries()) {
    const event = { ...original };
    normalize(event, written);
    const findings = inspect(event);
    noteFindings(written, findings, payloadKey);
    writeFact(rows, 0, written);
    readFact(rows, 0, read);
    engine.accept(read, {
      event: () => event,
      route: () => ({
        service: event["service.name"] ?? "",
        method: event["http.request.method"] ?? "",
        segments: shapeSegments(event["url.path"] ?? ""),
      }),
      evidence: () => ({ event, findings, ref: { file: "scenario", line: index + 1 } }),
    });
  }
  engine.end();
  return engine;
}
