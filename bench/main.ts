/**
 * `npm run bench`: how fast and how large, against budgets and against peers in the same run. Prints one table;
 * `npm run bench -- start linear` runs parts of it.
 */
import { availableParallelism, cpus, loadavg } from "node:os";
import { printTable, type Row } from "../eval/table.ts";
import { benchBehaviour } from "./behaviour.ts";
import { benchCheckpoint } from "./checkpoint.ts";
import { benchCrowdSec } from "./crowdsec.ts";
import { benchIngest } from "./ingest.ts";
import { benchInspect } from "./inspect-rows.ts";
import { benchLatency } from "./latency.ts";
import { benchLinear } from "./linear.ts";
import { removeLogs } from "./logs.ts";
import { benchMemory } from "./memory.ts";
import { benchQuery } from "./query.ts";
import { benchScan } from "./scan.ts";
import { benchStart } from "./start.ts";
import { benchStore } from "./store.ts";

const parts: Record<string, () => Row[] | Promise<Row[]>> = {
  start: benchStart,
  inspect: benchInspect,
  linear: benchLinear,
  scan: benchScan,
  crowdsec: benchCrowdSec,
  behaviour: benchBehaviour,
  memory: benchMemory,
  ingest: benchIngest,
  latency: benchLatency,
  store: benchStore,
  query: benchQuery,
  checkpoint: benchCheckpoint,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown[0]}"; there are ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
const rows: Row[] = [];
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`${name} ...`);
    rows.push(...(await measure()));
  }
} finally {
  removeLogs();
}
console.log(`\n${printTable(rows)}

Node ${process.versions.node} on ${process.platform} ${process.arch}, ${availableParallelism()} x ${cpus()[0]?.model ?? "unknown CPU"}.
Load of the machine at the end: ${loadavg()[1]?.toFixed(1)} over five minutes; over ${availableParallelism()}, others had a share of it.
The best of several runs; what else runs makes figures worse, never better.`);
if (rows.some(({ met }) => met === false)) process.exitCode = 1;
