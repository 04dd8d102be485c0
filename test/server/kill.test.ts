/**
 * kill -9 under load, again and again: what was acknowledged is stored, each event once, whatever the sender repeats.
 * The short form; VEDETTE_KILLS=200 is the long one.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { startServer } from "../../src/server.ts";

const KILLS = Number(process.env.VEDETTE_KILLS ?? 5);
const KEY = "an-ingest-key-for-tests";
const BATCH = 40;
const folder = mkdtempSync(join(tmpdir(), "vedette-kill-"));
const program = join(import.meta.dirname, "../../dist/vedette.js");
let child: ChildProcess | undefined;

afterAll(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

async function start(): Promise<string> {
  const started = spawn(process.execPath, [program, "serve", "--data", folder, "--port", "0"], {
    env: { ...process.env, VEDETTE_INGEST_KEY: KEY, VEDETTE_THREADS: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child = started;
  let said = "";
  for await (const chunk of started.stdout) {
    said += String(chunk);
    const url = /listens on (http:\S+);/.exec(said)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error(`the server did not start: ${said}`);
}

async function kill(): Promise<void> {
  const gone = new Promise((resolve) => child?.once("exit", resolve));
  child?.kill("SIGKILL");
  await gone;
}

/** Seeded, so that a failure can be looked at again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const idsOf = (batch: number) => Array.from({ length: BATCH }, (_, i) => `b${batch}-${i}`);

async function send(url: string, batch: number): Promise<boolean> {
  const body = idsOf(batch)
    .map((id) => JSON.stringify({ "event.id": id, timestamp: "2026-03-03T00:00:00Z", "url.path": "/k" }))
    .join("\n");
  const headers = { authorization: `Bearer ${KEY}`, "idempotency-key": `batch ${batch}` };
  try {
    const answer = await fetch(`${url}/v1/events`, { method: "POST", headers, body });
    return answer.status === 202;
  } catch {
    return false;
  }
}

it("loses no acknowledged event and stores none twice", { timeout: 120_000 + KILLS * 10_000 }, async () => {
  const random = createRandom(7);
  const acknowledged = new Set<number>();
  let again: number[] = [];
  let next = 0;
  for (let round = 0; round <= KILLS; round++) {
    const url = await start();
    let running = true;
    const senders = Array.from({ length: 4 }, async () => {
      while (running) {
        const batch = again.shift() ?? next++;
        if (await send(url, batch)) acknowledged.add(batch);
        else again.push(batch);
      }
    });
    await sleep(300 + random() * 1_500);
    if (round < KILLS) await kill();
    running = false;
    await Promise.all(senders);
    again = [...new Set(again)];
  }
  await kill();

  const options = { data: folder, port: 0, threads: 1, ingest_key: KEY };
  const server = await startServer(readConfig({ environment: {}, options }), () => {});
  await server.live.settle();
  const { rows } = await server.live.store.query({
    sql: `SELECT substringIndex(\`event.supplied_id\`, '-', 1), count(), uniqExact(\`event.supplied_id\`)
      FROM events GROUP BY 1`,
    parameters: {},
  });
  await server.close();
  const stored = new Map(
    rows.map(([batch, all, different]) => [String(batch), [Number(all), Number(different)]]),
  );
  const lost = [...acknowledged].filter((batch) => stored.get(`b${batch}`)?.[1] !== BATCH);
  const twice = [...stored].filter(([, [all, different]]) => all !== different);
  expect(acknowledged.size).toBeGreaterThan(KILLS * 5);
  expect({ lost, twice }).toEqual({ lost: [], twice: [] });
});
