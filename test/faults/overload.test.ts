/** Far more than the server can take: it refuses the rest, stays within its memory, answers on its health, and recovers. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { watchHealth } from "../support/health-watch.ts";
import { type ServerProcess, SOAK, sendEvents, startProcess } from "../support/server-process.ts";
import { ask } from "../support/stored.ts";

const SECONDS = SOAK ? 600 : 4;
/** Bodies under way are several times what there is room for. */
const SENDERS = 200;
const BATCH = 1_500;
/** Megabytes, of the whole process under load. */
const MOST_MEMORY = 1_200;
/** Milliseconds in which /healthz answers whatever else there is to do. */
const HEALTH_WITHIN = 10_000;
const folder = mkdtempSync(join(tmpdir(), "vedette-overload-"));
let server: ServerProcess;

beforeAll(async () => {
  server = await startProcess(folder);
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const text = Array.from({ length: BATCH }, (_, i) =>
  JSON.stringify({
    timestamp: new Date(Date.UTC(2026, 2, 3) + i).toISOString(),
    "http.request.method": "GET",
    "url.path": `/orders/${i}`,
    "url.query": "page=2&sort=newest",
    "http.request.headers": { host: "shop.example", "user-agent": "curl/8.4.0", accept: "x".repeat(300) },
    "http.response.status_code": 200,
    "client.address": `192.0.2.${i % 250}`,
  }),
).join("\n");
const body = new Uint8Array(Buffer.from(text));

it("accepts or refuses each request, and no more than it can hold", {
  timeout: 120_000 + SECONDS * 2_000,
}, async () => {
  const counts = { sent: 0, accepted: 0, refused: 0, others: new Set<number>() };
  const until = performance.now() + SECONDS * 1_000;
  const watch = watchHealth(server.url);
  const senders = Array.from({ length: SENDERS }, async () => {
    while (performance.now() < until) {
      counts.sent++;
      const answer = await sendEvents(server.url, body);
      await answer.arrayBuffer();
      if (answer.status === 202) counts.accepted++;
      else if (
        (answer.status === 429 || answer.status === 503) &&
        answer.headers.get("retry-after") === "1"
      ) {
        counts.refused++;
        // As Retry-After asks, but for the sake of the load.
        await sleep(100);
      } else counts.others.add(answer.status);
    }
  });
  await Promise.all(senders);
  const health = await watch.stop();
  expect(health).toMatchObject({ failed: 0 });
  expect(health.asked).toBeGreaterThan(1);
  expect(health.slowest).toBeLessThan(HEALTH_WITHIN);
  expect(counts.others).toEqual(new Set());
  expect(counts.accepted + counts.refused).toBe(counts.sent);
  expect(counts.accepted).toBeGreaterThan(0);
  expect(counts.refused).toBeGreaterThan(0);
  if (process.platform === "linux") expect(server.memory().peak).toBeLessThan(MOST_MEMORY);

  const metrics = await server.metrics();
  expect(metrics.get("vedette_intake_events_total")).toBe(counts.accepted * BATCH);
  expect(metrics.get("vedette_intake_waiting_bytes")).toBe(0);
  expect((await sendEvents(server.url, body)).status).toBe(202);
  expect(await server.stop()).toBe(0);
  const [[stored] = []] = await ask(folder, ["SELECT count() FROM events"]);
  expect(stored).toEqual([(counts.accepted + 1) * BATCH]);
});
