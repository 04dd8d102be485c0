/**
 * How soon something is seen, with other traffic beside it: from the POST of an event to its place in a live tail, and
 * from the POST of an attack to the incident in the API. Wall time of a machine that is shared with the sender: what
 * else runs makes it longer.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Row } from "../eval/table.ts";
import { readFolderAddress } from "../src/store/folder-address.ts";
import { BUDGETS } from "./budgets.ts";
import { middlewareLine, simulatedLines } from "./middleware-events.ts";
import { judged, quantile, told } from "./row.ts";
import { KEY, type Served, serve } from "./served.ts";

const PROBES = 40;
const PROBE_EVERY_MS = 400;
/** Of the traffic beside the probes. */
const BATCH = 100;
const BATCH_EVERY_MS = 50;
const POLL_MS = 40;
/** Longer is as good as never. */
const PATIENCE_MS = 10_000;

export async function benchLatency(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-bench-latency-"));
  const stop = new AbortController();
  let server: Served | undefined;
  try {
    const lines = (await simulatedLines(folder, 40_000)).map(middlewareLine);
    const data = join(folder, "data");
    server = await serve(data);
    const key = readFolderAddress(data)?.key;
    if (key === undefined) throw new Error("the server left no key for programs on this machine");
    const { url } = server;
    const traffic = keepSending(url, lines, stop.signal);
    const arrivals = follow(url, key, stop.signal);
    await sleep(5_000);
    const detected: number[] = [];
    const tailed: number[] = [];
    for (let probe = 0; probe < PROBES; probe++) {
      const seen = arrivals.of(`/probe/${probe}`);
      const client = `198.51.100.${probe + 1}`;
      const sent = performance.now();
      await post(url, attackOf(client, `/probe/${probe}`));
      tailed.push((await within(seen)) - sent);
      await within(incidentOf(url, key, client));
      detected.push(performance.now() - sent);
      await sleep(PROBE_EVERY_MS);
    }
    stop.abort();
    await Promise.allSettled([traffic, arrivals.ended]);
    for (const each of [detected, tailed]) each.sort((a, b) => a - b);
    const rate = (BATCH * 1000) / BATCH_EVERY_MS;
    return [
      told("latency", "events a second beside it, at most", `${rate}`),
      judged("latency", "attack to incident: 95th percentile", quantile(detected, 0.95), BUDGETS.detected),
      told("latency", "the same: median", `${quantile(detected, 0.5).toFixed(0)} ms`),
      judged("latency", "event to live tail: 95th percentile", quantile(tailed, 0.95), BUDGETS.tailed),
      told("latency", "the same: median", `${quantile(tailed, 0.5).toFixed(0)} ms`),
    ];
  } finally {
    stop.abort();
    server?.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two requests that carry SQL, from a client of their own. */
function attackOf(client: string, path: string): string {
  const event = {
    timestamp: Date.now(),
    "service.name": "shop-api",
    "client.address": client,
    "http.request.method": "GET",
    "url.path": path,
    "url.query": "id=1%27%20UNION%20SELECT%20username,password%20FROM%20users--",
    "http.response.status_code": 403,
  };
  return [event, event].map((each) => JSON.stringify(each)).join("\n");
}

async function post(url: string, body: string): Promise<void> {
  const headers = { authorization: `Bearer ${KEY}` };
  const answer = await fetch(`${url}/v1/events`, { method: "POST", headers, body });
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

/** Normal traffic of now, a batch at a time, until it is stopped. */
async function keepSending(url: string, lines: readonly string[], signal: AbortSignal): Promise<void> {
  for (let from = 0; !signal.aborted; from = (from + BATCH) % (lines.length - BATCH)) {
    const began = performance.now();
    const now = new Date().toISOString();
    const batch = lines.slice(from, from + BATCH);
    await post(url, batch.map((line) => JSON.stringify({ ...JSON.parse(line), timestamp: now })).join("\n"));
    await sleep(Math.max(0, BATCH_EVERY_MS - (performance.now() - began)), undefined, { signal });
  }
}

/** A live tail of the probes. */
function follow(url: string, key: string, signal: AbortSignal) {
  const waiting = new Map<string, (at: number) => void>();
  async function read(): Promise<void> {
    const query = encodeURIComponent('events | where url.path startswith "/probe/"');
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${url}/api/v1/events/tail?query=${query}`, { headers, signal });
    for await (const chunk of answer.body ?? []) {
      const at = performance.now();
      for (const [, path = ""] of Buffer.from(chunk)
        .toString()
        .matchAll(/"url\.path":"([^"]+)"/g)) {
        waiting.get(path)?.(at);
      }
    }
  }
  return {
    ended: read(),
    of: (path: string) => new Promise<number>((resolve) => waiting.set(path, resolve)),
  };
}

async function incidentOf(url: string, key: string, client: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/v1/incidents?limit=50`, {
      headers: { authorization: `Bearer ${key}` },
    });
    if ((await answer.text()).includes(`"${client}"`)) return;
    await sleep(POLL_MS);
  }
}

async function within<T>(wanted: Promise<T>): Promise<T> {
  const late = sleep(PATIENCE_MS, undefined, { ref: false }).then(() => {
    throw new Error(`nothing was seen in ${PATIENCE_MS} ms`);
  });
  return Promise.race([wanted, late]);
}
