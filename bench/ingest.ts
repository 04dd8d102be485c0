/**
 * `vedette serve` under load: events per CPU-second of the server process with everything on and every batch
 * acknowledged from disk, and how long an acknowledgement takes at 70 % of that load.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Row } from "../eval/table.ts";
import { BUDGETS } from "./budgets.ts";
import { middlewareLine, simulatedLines } from "./middleware-events.ts";
import { judged, quantile, rounded, told } from "./row.ts";
import { cpuSeconds, KEY, memory, type Served, serve } from "./served.ts";

const BATCH = 500;
const SENDERS = 8;
const SETTLE_MS = 4_000;
const EVENTS = Number(process.env.VEDETTE_BENCH_INGEST ?? 300_000);

interface Load {
  readonly events: number;
  /** Seconds. */
  readonly wall: number;
  readonly cpu: number;
  /** Milliseconds, ascending. */
  readonly acknowledged: readonly number[];
}

export async function benchIngest(): Promise<Row[]> {
  if (process.platform !== "linux") {
    console.log("  skipped: the CPU time of a running process is read from /proc, which this system has not");
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "vedette-bench-ingest-"));
  let server: Served | undefined;
  try {
    const lines = await simulatedLines(folder, EVENTS);
    const lean = bodiesOf(lines.map(middlewareLine));
    server = await serve(join(folder, "data"));
    await sleep(SETTLE_MS);
    const idle = memory(server, "VmRSS");
    await send(server, lean.slice(0, 60), Number.POSITIVE_INFINITY);
    const full = await send(server, lean, Number.POSITIVE_INFINITY);
    const calm = await send(server, lean, (full.events / full.wall) * 0.7);
    const rich = bodiesOf(lines);
    const richly = await send(server, rich, Number.POSITIVE_INFINITY);
    return [
      told("ingest", "bytes of an event as it is sent", `${bytesOf(lean)}`),
      judged(
        "ingest",
        "events per CPU-second of the server, all on, durable",
        full.events / full.cpu,
        BUDGETS.ingest,
      ),
      told("ingest", "the same: events per second", `${Math.round(full.events / full.wall)}`),
      judged(
        "ingest",
        "acknowledgement at 70 % load: 99th percentile",
        quantile(calm.acknowledged, 0.99),
        BUDGETS.acknowledged,
      ),
      told("ingest", "the same: median", `${quantile(calm.acknowledged, 0.5).toFixed(1)} ms`),
      told("ingest", `events of ${bytesOf(rich)} bytes per CPU-second`, rounded(richly.events / richly.cpu)),
      judged("ingest", "memory before the first event", idle, BUDGETS.serveIdleMemory),
      judged("ingest", "peak memory", memory(server, "VmHWM"), BUDGETS.serveMemory),
    ];
  } finally {
    server?.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

function bodiesOf(lines: readonly string[]): string[] {
  const bodies: string[] = [];
  for (let from = 0; from + BATCH <= lines.length; from += BATCH) {
    bodies.push(lines.slice(from, from + BATCH).join("\n"));
  }
  return bodies;
}

function bytesOf(bodies: readonly string[]): number {
  return Math.round(bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0) / (bodies.length * BATCH));
}

/** @param rate events a second at most */
async function send({ url, pid }: Served, bodies: readonly string[], rate: number): Promise<Load> {
  const acknowledged: number[] = [];
  const queue = [...bodies.entries()];
  const began = performance.now();
  const before = cpuSeconds(pid);
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [index, body] = next;
        const due = began + ((index * BATCH) / rate) * 1000;
        if (due > performance.now()) await sleep(due - performance.now());
        const at = performance.now();
        // Each time another request: the same bytes again, with ids, would be known as a repetition.
        const headers = { authorization: `Bearer ${KEY}`, "idempotency-key": `${began} ${index}` };
        const answer = await fetch(`${url}/v1/events`, { method: "POST", headers, body });
        if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
        await answer.arrayBuffer();
        acknowledged.push(performance.now() - at);
      }
    }),
  );
  const wall = (performance.now() - began) / 1000;
  // What was acknowledged is still on its way into the store, which is part of its price.
  await sleep(SETTLE_MS);
  return {
    events: bodies.length * BATCH,
    wall,
    cpu: cpuSeconds(pid) - before,
    acknowledged: acknowledged.sort((a, b) => a - b),
  };
}
