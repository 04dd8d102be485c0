/** What a checkpoint costs: the engine waits for all of it, the rest of the server for a piece at a time. */
import type { Row } from "../eval/table.ts";
import { readCheckpoint } from "../src/detect/checkpoint.ts";
import { DETECTORS } from "../src/detect/detectors.ts";
import { createEngine, DEFAULT_LIMITS, type Engine, type RecordReader } from "../src/detect/engine.ts";
import { emptyEvent } from "../src/event.ts";
import { emptyFact, FACT_FLAG, METHOD } from "../src/fact.ts";
import { BUDGETS } from "./budgets.ts";
import { judged, rounded, told } from "./row.ts";

const CLIENTS = 1_000_000;
/** Those who come back, and ask for what is not there, log in and read record after record, so that they are watched. */
const REGULARS = 2000;
const MOST_REGULARS = DEFAULT_LIMITS.sources.watched;
const VISITS = 40;
const ROUTES = 400;
const ROUNDS = 5;

export function benchCheckpoint(): Row[] {
  const engine = createEngine(DETECTORS, DEFAULT_LIMITS);
  const visit = visitor(engine);
  for (let client = 0; client < CLIENTS; client++) visit(client, 0);
  const comeBack = (from: number, to: number) => {
    for (let index = 1; index <= VISITS; index++)
      for (let client = from; client < to; client++) visit(client, index);
  };
  comeBack(0, REGULARS);
  const usual = measure(engine);
  comeBack(REGULARS, MOST_REGULARS);
  const most = measure(engine);
  const count = (n: number) => n.toLocaleString("en");
  const what = `CPU time of saving ${count(CLIENTS)} clients`;
  const also = ({ restore, bytes }: Figures) =>
    `${rounded(restore)} ms to restore, ${rounded(bytes / 1e6)} MB`;
  return [
    judged("checkpoint", `${what}, ${count(REGULARS)} of them watched`, usual.save, BUDGETS.checkpoint),
    told("checkpoint", "the same", also(usual)),
    told("checkpoint", `${what}, as many watched as can be`, `${rounded(most.save)} ms`),
    judged("checkpoint", "the longest of its pieces", most.longest, BUDGETS.checkpointPiece),
    told("checkpoint", "the same", also(most)),
  ];
}

interface Figures {
  /** Milliseconds of CPU time. */
  readonly save: number;
  /** Milliseconds of the longest piece: for so long nothing else happens in the server. */
  readonly longest: number;
  readonly restore: number;
  readonly bytes: number;
}

function measure(engine: Engine): Figures {
  let save = Number.POSITIVE_INFINITY;
  let longest = Number.POSITIVE_INFINITY;
  let restore = Number.POSITIVE_INFINITY;
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    const { saved, longestPiece } = savedInPieces(engine);
    save = Math.min(save, millisecondsSince(before));
    longest = Math.min(longest, longestPiece);
    const between = process.cpuUsage();
    const checkpoint = readCheckpoint(saved, DETECTORS);
    if (!checkpoint.ok) throw new Error(checkpoint.message);
    createEngine(DETECTORS, DEFAULT_LIMITS, () => {}, checkpoint.state);
    restore = Math.min(restore, millisecondsSince(between));
    bytes = saved.byteLength;
  }
  return { save, longest, restore, bytes };
}

function savedInPieces(engine: Engine): { saved: Uint8Array; longestPiece: number } {
  const pieces = engine.saveInPieces();
  let longestPiece = 0;
  for (;;) {
    const before = process.cpuUsage();
    const { done, value } = pieces.next();
    longestPiece = Math.max(longestPiece, millisecondsSince(before));
    if (done === true) return { saved: value, longestPiece };
  }
}

function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** @returns a visit of a client, one of its kind in each eight */
function visitor(engine: Engine): (client: number, index: number) => void {
  const fact = emptyFact();
  const event = emptyEvent();
  const record: RecordReader = {
    event: () => event,
    route: () => ({ service: "shop", method: "GET", segments: ["api", `list${fact.routeKey}`, "{id}"] }),
    evidence: () => ({ event, findings: [], ref: { file: "bench", line: 1 } }),
  };
  let time = Date.UTC(2026, 2, 2);
  return (client, index) => {
    time += 5;
    const login = index % 8 === 1;
    fact.time = time;
    fact.clientKey = 1 + client;
    fact.agentKey = 1 + (client % 5000);
    fact.serviceKey = 1;
    fact.routeKey = 1 + ((client + index) % ROUTES);
    fact.pathKey = 1 + ((client * 31 + index * 7) % 1_000_003);
    fact.objectKey = fact.pathKey;
    fact.objectNumber = index;
    fact.method = login ? METHOD.POST : METHOD.GET;
    fact.flags = login ? FACT_FLAG.LOGIN : 0;
    fact.userKey = login || index % 8 === 3 ? 1e9 + client : 0;
    fact.status = login ? 401 : index % 8 === 2 ? 404 : 200;
    fact.bytesOut = 500 + ((client * 17) % 4000);
    fact.durationMs = 5 + (index % 40);
    engine.accept(fact, record);
  };
}
