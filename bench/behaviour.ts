/** What the stateful half costs for each event: engine and all detectors, over simulated days with attacks among them. */
import type { Row } from "../eval/table.ts";
import { DETECTORS } from "../src/detect/detectors.ts";
import { createEngine, DEFAULT_LIMITS, type RecordReader } from "../src/detect/engine.ts";
import { emptyFact, FACT_STRIDE, noteFindings, readFact, writeFact } from "../src/fact.ts";
import { inspect } from "../src/inspect/inspect.ts";
import { trustedProxies } from "../src/normalize/client-address.ts";
import { payloadKey } from "../src/normalize/key.ts";
import { createNormalizer } from "../src/normalize/normalize.ts";
import { shapeSegments } from "../src/normalize/route.ts";
import { simulate } from "../src/simulate/simulate.ts";
import { BUDGETS } from "./budgets.ts";
import { judged, quantile, rounded, told } from "./row.ts";

const EVENTS = 120_000;
/** The first round still compiles. */
const ROUNDS = 3;

export function benchBehaviour(): Row[] {
  const prepared = prepare();
  let best: readonly number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const micros = timeEach(prepared);
    if (round > 0 && (best.length === 0 || quantile(micros, 0.5) < quantile(best, 0.5))) best = micros;
  }
  const mean = best.reduce((sum, micros) => sum + micros, 0) / best.length;
  return [
    judged(
      "behaviour",
      "engine and all detectors for one event, median",
      quantile(best, 0.5),
      BUDGETS.behaviour,
    ),
    told(
      "behaviour",
      "the same",
      `mean ${rounded(mean)} µs, p99 ${rounded(quantile(best, 0.99))} µs, ${best.length} events`,
    ),
  ];
}

interface Prepared {
  readonly rows: Float64Array;
  readonly records: readonly RecordReader[];
}

function prepare(): Prepared {
  const normalize = createNormalizer({
    trusted: trustedProxies(["private"]),
    service: "default",
    networks: undefined,
  });
  const simulation = simulate({ events: EVENTS, days: 2, seed: 4, detail: "line" });
  const fact = emptyFact();
  const rows: number[] = [];
  const row = new Float64Array(FACT_STRIDE);
  const records: RecordReader[] = [];
  for (const request of simulation.requests()) {
    const event = { ...request.event };
    normalize(event, fact);
    const findings = inspect(event);
    noteFindings(fact, findings, payloadKey);
    writeFact(row, 0, fact);
    rows.push(...row);
    const line = records.length + 1;
    records.push({
      event: () => event,
      route: () => ({
        service: event["service.name"] ?? "",
        method: event["http.request.method"] ?? "",
        segments: shapeSegments(event["url.path"] ?? ""),
      }),
      evidence: () => ({ event, findings, ref: { file: "bench", line } }),
    });
  }
  return { rows: Float64Array.from(rows), records };
}

/** @returns microseconds of each event, ascending */
function timeEach({ rows, records }: Prepared): number[] {
  const engine = createEngine(DETECTORS, DEFAULT_LIMITS);
  const fact = emptyFact();
  return records
    .map((record, index) => {
      readFact(rows, index, fact);
      const before = process.hrtime.bigint();
      engine.accept(fact, record);
      return Number(process.hrtime.bigint() - before) / 1_000;
    })
    .sort((a, b) => a - b);
}
