/** Memory of a server that does nothing, and of one under steady load: within its bounds, and flat. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createRandom,
  type ServerProcess,
  SOAK,
  sendEvents,
  startProcess,
} from "../support/server-process.ts";

const MINUTES = SOAK ? Number(process.env.VEDETTE_SOAK_MINUTES ?? 60) : 0.15;
const RATE = SOAK ? 5_000 : 1_500;
const BATCH = 500;
/** Megabytes: what a server takes when nothing comes, and under load. */
const IDLE = 450;
const LOADED = 1_200;
/** Megabytes that the last quarter may be above the second: caches fill in the first. */
const MOST_GROWTH = 60;
const folder = mkdtempSync(join(tmpdir(), "vedette-memory-"));
let server: ServerProcess;

beforeAll(async () => {
  server = await startProcess(folder);
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const random = createRandom(11);
const oneOf = (count: number) => Math.floor(random() * count);

/** Clients, users and paths as many as a service has, again and again; a few attack. */
function bodyAt(now: number): string {
  return Array.from({ length: BATCH }, (_, i) => {
    const client = oneOf(5_000);
    const attacks = oneOf(2_000) === 0;
    return JSON.stringify({
      timestamp: new Date(now + i).toISOString(),
      "service.name": `service-${client % 5}`,
      "http.request.method": oneOf(10) === 0 ? "POST" : "GET",
      "url.path": `/api/v1/${["orders", "users", "items", "carts"][oneOf(4)]}/${oneOf(100_000)}`,
      ...(attacks ? { "url.query": "id=1%27%20UNION%20SELECT%20password%20FROM%20users--" } : {}),
      "http.request.headers": { host: "shop.example", "user-agent": `client/${client % 40}`, accept: "*/*" },
      "http.response.status_code": oneOf(50) === 0 ? 404 : 200,
      "http.response.body.size": 200 + oneOf(5_000),
      duration_ms: 2 + oneOf(60),
      "client.address": `10.1.${client >> 8}.${client & 255}`,
      "user.id": `user-${client}`,
    });
  }).join("\n");
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

describe.skipIf(process.platform !== "linux")("the memory of a server", () => {
  it("that is idle is small", async () => {
    await sleep(2_000);
    expect(server.memory().now).toBeLessThan(IDLE);
  });

  it(`at ${RATE} events a second for ${MINUTES} minutes is bounded and flat`, {
    timeout: (MINUTES + 2) * 90_000,
  }, async () => {
    const began = performance.now();
    const end = began + MINUTES * 60_000;
    const samples: number[] = [];
    let sent = 0;
    while (performance.now() < end) {
      const answer = await sendEvents(server.url, bodyAt(Date.now()));
      await answer.arrayBuffer();
      expect(answer.status).toBe(202);
      sent += BATCH;
      if ((sent / BATCH) % 10 === 0) samples.push(server.memory().now);
      const due = began + (sent / RATE) * 1_000;
      if (due > performance.now()) await sleep(due - performance.now());
    }
    expect(server.memory().peak).toBeLessThan(LOADED);
    expect((await server.metrics()).get("vedette_watch_events_total")).toBe(sent);
    if (!SOAK) return;
    const quarter = Math.floor(samples.length / 4);
    const quarters = [1, 2, 3].map((n) => mean(samples.slice(n * quarter, (n + 1) * quarter)));
    console.log(`Memory by quarter, from the second: ${quarters.map(Math.round).join(", ")} MiB`);
    expect((quarters[2] ?? Number.NaN) - (quarters[0] ?? Number.NaN)).toBeLessThan(MOST_GROWTH);
  });
});
