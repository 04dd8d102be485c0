/** Sample traffic on a server: made up, marked, and gone without a trace of it when it is removed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { type Server, startServer } from "../../src/server.ts";
import { asker, INGEST_KEY, send, setUp, withKey } from "../support/api-server.ts";

const NOON = Date.UTC(2026, 2, 3, 12, 1);
const folder = mkdtempSync(join(tmpdir(), "vedette-sample-"));
let now = NOON;
let server: Server | undefined;
let count = 0;

async function start(settings: Record<string, unknown> = { sample: "auto" }): Promise<Server> {
  const options = {
    data: join(folder, `${count}`),
    port: 0,
    threads: 1,
    ingest_key: INGEST_KEY,
    ...settings,
  };
  server = await startServer(
    readConfig({ environment: {}, options }),
    () => {},
    () => now,
  );
  return server;
}
async function stop(): Promise<void> {
  await server?.close();
  server = undefined;
}
afterEach(async () => {
  await stop();
  rmSync(join(folder, `${count++}`), { recursive: true, force: true });
  now = NOON;
});

async function ask(one: Server, sql: string): Promise<number> {
  await one.live.settle();
  return Number((await one.live.store.query({ sql, parameters: {} })).rows[0]?.[0]);
}
const MADE_UP = "SELECT count() FROM events WHERE `deployment.environment.name` = 'sample'";
const RECEIVED = "SELECT count() FROM events WHERE `deployment.environment.name` != 'sample'";
const UNTIL = "SELECT toUnixTimestamp64Milli(max(timestamp)) FROM events";

/** Waits until the sample has been sent up to the present. */
async function caughtUp(one: Server): Promise<void> {
  while ((await ask(one, UNTIL)) < now - 10_000) await sleep(100);
}

describe("the sample", () => {
  it("brings incidents of many kinds at once, marked as what they are, and goes on", async () => {
    const one = await start();
    await caughtUp(one);
    expect(one.sample.state).toBe("running");
    const before = await ask(one, MADE_UP);
    expect(before).toBeGreaterThan(5_000);
    expect(await ask(one, RECEIVED)).toBe(0);
    expect(await ask(one, "SELECT countIf(not startsWith(`service.name`, 'sample-')) FROM events")).toBe(0);
    const cases = await one.live.records.cases.list({ limit: 100 });
    expect(cases.every(({ sample }) => sample)).toBe(true);
    const categories = new Set(cases.flatMap(({ incident }) => incident.categories));
    expect([...categories]).toEqual(
      expect.arrayContaining(["scanner", "injection", "credential_stuffing", "enumeration"]),
    );
    expect(new Set(cases.map(({ incident }) => incident.outcome)).size).toBeGreaterThan(1);
    now += 60_000;
    await caughtUp(one);
    expect(await ask(one, MADE_UP)).toBeGreaterThan(before);
    expect(one.live.watch.events).toBe(0);
  });

  it("goes on after a stop where it was, without a copy", async () => {
    let one = await start();
    await caughtUp(one);
    now += 30_000;
    await caughtUp(one);
    // As a crash leaves it: what was noted of the progress is older than what was sent.
    const { preferences } = one.live.records;
    const noted = (await preferences.setting("sample")) as { until: number };
    await stop();
    now += 45 * 60_000;
    one = await start();
    const known = (await one.live.records.preferences.setting("sample")) as { until: number };
    expect(known.until).toBeGreaterThanOrEqual(noted.until);
    await caughtUp(one);
    const copies = `SELECT count() - uniqExact(timestamp, \`span_id\`) FROM events`;
    expect(await ask(one, copies)).toBe(0);
    const gaps = `SELECT max(gap) FROM (SELECT toUnixTimestamp64Milli(timestamp) - lagInFrame(toUnixTimestamp64Milli(timestamp), 1,
      toUnixTimestamp64Milli(timestamp)) OVER (ORDER BY timestamp ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS gap FROM events)`;
    expect(await ask(one, gaps)).toBeLessThan(120_000);
  });

  it("ends with the first event that is received, and is removed without it", async () => {
    let one = await start();
    await caughtUp(one);
    const own = { timestamp: new Date(now).toISOString(), "url.path": "/mine", "service.name": "mine" };
    await send(one, [own, { ...own, "deployment.environment.name": "staging" }]);
    while (one.sample.state === "running") await sleep(50);
    expect(one.sample.state).toBe("ended");
    const admin = await setUp(one);
    const [incident] = ((await admin.ask("GET", "/incidents")).body as { incidents: { id: string }[] })
      .incidents;
    await admin.ask("POST", `/incidents/${incident?.id}/comments`, { text: "so that is how it looks" });
    expect((await admin.ask("GET", "/sample")).body).toMatchObject({ state: "ended" });

    expect((await admin.ask("DELETE", "/sample")).status).toBe(204);
    expect((await admin.ask("DELETE", "/sample")).status).toBe(204);
    expect((await admin.ask("GET", "/sample")).body).toEqual({ state: "removed", began: null });
    expect(await ask(one, MADE_UP)).toBe(0);
    expect(await ask(one, RECEIVED)).toBe(2);
    for (const table of ["entity_minutes", "incidents", "detections"]) {
      const named = table.endsWith("minutes") ? " WHERE `service.name` != 'mine'" : "";
      expect([table, await ask(one, `SELECT count() FROM ${table}${named}`)]).toEqual([table, 0]);
    }
    expect((await admin.ask("GET", "/incidents")).body).toEqual({ incidents: [], next: null });
    const entries = await one.live.records.audit.read({ limit: 50 });
    expect(entries.filter(({ action }) => action === "sample.remove")).toHaveLength(2);

    await stop();
    one = await start({ sample: true });
    expect(one.sample.state).toBe("removed");
    now += 60_000;
    await sleep(1_200);
    expect(await ask(one, MADE_UP)).toBe(0);
    expect(await ask(one, RECEIVED)).toBe(2);
  });

  it("is removed whole when the server was cut off in the midst of it", async () => {
    let one = await start();
    await caughtUp(one);
    const { preferences } = one.live.records;
    await one.live.settle();
    const noted = (await preferences.setting("sample")) as object;
    await stop();
    // The removal had been asked for, and nothing of it done.
    const left = await start({ sample: false });
    await left.live.records.preferences.putSetting("sample", { ...noted, state: "removing" });
    await stop();
    one = await start();
    expect(one.sample.state).toBe("removed");
    expect(await ask(one, "SELECT count() FROM events")).toBe(0);
    expect(await one.live.records.cases.list({ limit: 1 })).toEqual([]);
  });

  it("does not begin where sources are set up, where something was received, or unasked", async () => {
    const named = { sample: "auto", sources: { files: [{ paths: [join(folder, "no.log")] }] } };
    expect((await start(named)).sample.state).toBe("none");
    await stop();
    const unasked = await start({});
    expect(unasked.sample.state).toBe("none");
    await send(unasked, [{ "url.path": "/mine", "http.request.method": "GET" }]);
    expect(await ask(unasked, RECEIVED)).toBe(1);
    await stop();
    expect((await start()).sample.state).toBe("none");
  });

  it("is removed by those alone who may", async () => {
    const one = await start({ sample: "auto" });
    const key = await withKey(one, "reader", ["health:read", "sources:read"]);
    expect((await key.ask("GET", "/sample")).status).toBe(200);
    expect((await key.ask("DELETE", "/sample")).status).toBe(403);
    expect((await asker(one, "nobody").ask("DELETE", "/sample")).status).toBe(401);
    const limited = await withKey(one, "limited", ["sources:write"], ["mine"]);
    expect((await limited.ask("DELETE", "/sample")).status).toBe(403);
    expect(one.sample.state).toBe("running");
  });
});
