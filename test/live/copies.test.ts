/** Incidents and facts on their way into a store that is away at first, and comes back. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCopies } from "../../src/live/copies.ts";
import type { EventStore } from "../../src/store/contract.ts";
import { openEventStore } from "../../src/store/event-store.ts";
import { openRecords, type Records } from "../../src/store/records/open.ts";
import { HAS_CHDB } from "../support/chdb.ts";
import { type FailingStore, serveFailingStore } from "../support/failing-store.ts";
import { detectionOf, incidentOf } from "../support/records-suite.ts";

const MOST = 5;
const folder = mkdtempSync(join(tmpdir(), "vedette-copies-"));
let server: FailingStore;
let store: EventStore;
let records: Records;
let time = 1_000;

beforeAll(async () => {
  if (!HAS_CHDB) return;
  server = await serveFailingStore();
  await server.fail("refuse");
  store = await openEventStore({ place: { url: server.url }, mayBeAway: true });
  records = await openRecords({ file: join(folder, "records.db") });
});
afterAll(async () => {
  await records?.close();
  await store?.close();
  await server?.close();
  rmSync(folder, { recursive: true });
});

async function record(id: string, events: number): Promise<string> {
  const incident = incidentOf(id, 0, { events });
  await records.cases.put(incident, [detectionOf(incident, "shop")], () => [], time++);
  return id;
}

async function present(): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const failed = await store.reach().then(
      () => false,
      () => true,
    );
    if (!failed) return;
    await sleep(200);
  }
}

const FACT = detectionOf(incidentOf("fact", 0), "shop");
const rows = async (sql: string) => (await store.query({ sql, parameters: {} })).rows;

describe.skipIf(!HAS_CHDB)("copies", () => {
  it("of more incidents than are noted come from the records, and of too many facts the newest are kept", async () => {
    const copies = createCopies({ cases: records.cases, store, now: () => time, most: MOST });
    await record("before", 1);
    for (let i = 0; i < 3 * MOST; i++) copies.incidents([await record(`i-${i}`, 1)]);
    copies.incidents([await record("i-0", 2)]);
    copies.facts(Array.from({ length: MOST + 3 }, (_, i) => ({ ...FACT, id: `fact-${i}` })));
    await expect(copies.copy()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(store.away).toMatch(/ECONNREFUSED/);
    expect(copies.metrics.dropped).toBe(3);
    expect(copies.metrics.waiting).toBeLessThanOrEqual(2 * MOST);

    await server.fail("none");
    await present();
    await copies.copy();
    expect(store.away).toBeUndefined();
    expect(copies.metrics).toEqual({ waiting: 0, dropped: 3 });
    const wanted = Array.from({ length: 3 * MOST }, (_, i) => [`i-${i}`, i === 0 ? 2 : 1]);
    // By the order of their last change "before" came earlier than the first that was noted.
    expect(await rows("SELECT id, events FROM incidents FINAL ORDER BY toUInt32(substring(id, 3))")).toEqual(
      wanted,
    );
    expect(await rows("SELECT id FROM detections FINAL WHERE startsWith(id, 'fact-') ORDER BY id")).toEqual(
      Array.from({ length: MOST }, (_, i) => [`fact-${i + 3}`]),
    );
    expect(await rows("SELECT count() FROM detections FINAL WHERE startsWith(id, 'd-i-')")).toEqual([[15]]);
  });

  it("that failed come again, in their newest form", async () => {
    const copies = createCopies({ cases: records.cases, store, now: () => time, most: MOST });
    copies.incidents([await record("i-1", 3)]);
    await server.fail("error");
    await expect(copies.copy()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    await record("i-1", 4);
    await server.fail("none");
    // A connection that the server has let go of may be asked once more before the client notices.
    await present();
    await copies.copy();
    expect(await rows("SELECT events, version FROM incidents FINAL WHERE id = 'i-1'")).toEqual([[4, 3]]);
  });
});
