/**
 * The store is away: events are taken until the journal holds what it may, then senders get 503; incidents are found
 * and told all the while. When the store is back, everything goes on by itself, and every event is in it once.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEventStore } from "../../src/store/event-store.ts";
import { SECRET } from "../support/alert-route.ts";
import { HAS_CHDB } from "../support/chdb.ts";
import { type FailingStore, type Failure, serveFailingStore } from "../support/failing-store.ts";
import { openReceiver, type Receiver } from "../support/receiver.ts";
import { PROGRAM, type ServerProcess, SOAK, sendEvents, startProcess } from "../support/server-process.ts";

const JOURNAL_BYTES = SOAK ? 100e6 : 2e6;
const BATCH = 200;
const folder = mkdtempSync(join(tmpdir(), "vedette-away-"));
let store: FailingStore;
let receiver: Receiver;
let server: ServerProcess;
const acknowledged: number[] = [];
let next = 0;

beforeAll(async () => {
  if (!HAS_CHDB) return;
  store = await serveFailingStore();
  await store.fail("refuse");
  receiver = await openReceiver();
  const sink = { kind: "webhook", url: receiver.url, secret: SECRET };
  server = await startProcess(folder, {
    store: store.url,
    journal_budget_gb: JOURNAL_BYTES / 1e9,
    alerts: {
      allow_hosts: ["127.0.0.1"],
      routes: [{ name: "ops", sink, group_seconds: 0, categories: ["injection"] }],
    },
  });
});
afterAll(async () => {
  await server?.kill();
  await receiver?.close();
  await store?.close();
  rmSync(folder, { recursive: true, force: true });
});

const event = (request: number, i: number, more: object = {}) =>
  JSON.stringify({
    timestamp: new Date(Date.UTC(2026, 2, 3) + request * 100 + i).toISOString(),
    "http.request.method": "GET",
    "url.path": `/away/${request}/${i}`,
    "client.address": "192.0.2.7",
    ...more,
  });

async function send(more: object = {}): Promise<Response> {
  const request = next++;
  const answer = await sendEvents(
    server.url,
    Array.from({ length: BATCH }, (_, i) => event(request, i, more)).join("\n"),
  );
  if (answer.status === 202) acknowledged.push(request);
  return answer;
}

/** Each at a service of its own: several who do the same to one are one incident. */
const attackOf = (attacker: string) => ({
  "service.name": `of ${attacker}`,
  "client.address": attacker,
  "url.query": "id=1%27%20UNION%20SELECT%20password%20FROM%20users--",
});

/** A command on the server's data folder. */
async function run(command: string, ...options: string[]): Promise<{ status: unknown; stdout: string }> {
  const config = ["--config", join(folder, "vedette.json")];
  const data = ["--data", join(folder, "data"), ...(command === "doctor" ? config : [])];
  const child = spawn(process.execPath, [PROGRAM, command, ...data, ...options]);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  const [status] = await once(child, "close");
  return { status, stdout };
}

async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await is()) return;
    await sleep(100);
  }
  throw new Error(`${what} did not come about: ${server.log()}`);
}

const metric = async (name: string) => (await server.metrics()).get(`vedette_${name}`);

const FAILURES: readonly (readonly [Failure, string, string])[] = [
  ["refuse", "that nobody answers for", "203.0.113.1"],
  ["error", "that answers 500", "203.0.113.2"],
  ["hang", "that takes connections and is silent", "203.0.113.3"],
];

describe.skipIf(!HAS_CHDB)("a store", { timeout: SOAK ? 600_000 : 120_000 }, () => {
  it("that is not there when the server starts costs no event and no alert; the server says so", async () => {
    const attacker = "203.0.113.9";
    expect((await send(attackOf(attacker))).status).toBe(202);
    await until("an alert without a store", async () =>
      receiver.received.some(({ body }) => JSON.parse(body).incident.entity.value === attacker),
    );
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: "ready",
      store: "away: events wait in the journal",
    });
    expect(await metric("store_away")).toBe(1);
    const { status, stdout } = await run("status", "--once");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Store +away \(.*ECONNREFUSED.*\); journal: /m);
    expect((await run("doctor")).stdout).toMatch(
      /^warn +store engine: http:\/\/127\.0\.0\.1:\d+ does not answer/m,
    );

    await store.fail("none");
    await until("an empty journal", async () => (await metric("journal_backlog_bytes")) === 0);
    expect(await metric("store_away")).toBe(0);
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ store: "ok" });
    expect((await run("status", "--once")).stdout).toMatch(/^Store +200 events, /m);
  });

  it.each(FAILURES)("that fails (%s: %s) costs no event and no alert", async (failure, _name, attacker) => {
    expect((await send()).status).toBe(202);
    await store.fail(failure);
    expect((await send(attackOf(attacker))).status).toBe(202);
    await until("an alert while the store is away", async () =>
      receiver.received.some(({ body }) => JSON.parse(body).incident.entity.value === attacker),
    );

    let answer = await send();
    while (answer.status === 202) answer = await send();
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(await answer.json()).toMatchObject({ code: "JOURNAL_FULL" });
    expect(await metric("journal_backlog_bytes")).toBeLessThanOrEqual(JOURNAL_BYTES);
    expect(await metric("journal_backlog_bytes")).toBeGreaterThan(JOURNAL_BYTES / 2);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

    await store.fail("none");
    await until("room in the journal", async () => (await send()).status === 202);
    await until("an empty journal", async () => (await metric("journal_backlog_bytes")) === 0);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it("has every event once, and every incident, when it is back", async () => {
    expect(await server.stop()).toBe(0);
    const events = await openEventStore({ place: { url: store.url } });
    const ask = async (sql: string) => (await events.query({ sql, parameters: {} })).rows;
    const rows = await ask(
      `SELECT toUInt32(splitByChar('/', \`url.path\`)[3]) AS request, count(), uniqExact(\`url.path\`) FROM events
         GROUP BY request`,
    );
    const incidents = await ask("SELECT DISTINCT `entity.value` FROM incidents ORDER BY 1");
    await events.close();
    const stored = new Map(rows.map(([request, ...counts]) => [Number(request), counts]));
    expect(acknowledged.filter((request) => stored.get(request)?.[1] !== BATCH)).toEqual([]);
    expect([...stored].filter(([, [all, different]]) => all !== different)).toEqual([]);
    const attackers = [...FAILURES.map(([, , attacker]) => attacker), "203.0.113.9"].sort();
    expect(incidents.flat()).toEqual(expect.arrayContaining(attackers));
    const told = receiver.received
      .map(({ body }) => JSON.parse(body))
      .filter(({ reason }) => reason === "new");
    expect(told.map(({ incident }) => incident.entity.value).sort()).toEqual(attackers);
  });
});
