/** The store of events on ClickHouse in the process, and on a server where VEDETTE_CLICKHOUSE_URL names one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { HAS_CHDB } from "../../test/support/chdb.ts";
import { eventStoreSuite } from "../../test/support/event-store-suite.ts";
import type { EventStore } from "./contract.ts";
import { openEventStore } from "./event-store.ts";

const LIMITS = { seconds: 1, resultRows: 10_000 };
const folders: string[] = [];
let store: EventStore | undefined;

afterEach(async () => {
  await store?.close();
  store = undefined;
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!HAS_CHDB)("embedded", () => {
  eventStoreSuite(async (again) => {
    await store?.close();
    const { drainPending } = await import("chdb");
    await drainPending();
    if (again === undefined) folders.push(mkdtempSync(join(tmpdir(), "vedette-store-")));
    store = await openEventStore({ place: { folder: folders.at(-1) ?? "" }, limits: LIMITS });
    return store;
  });
});

it("says so when the embedded store cannot be had here", async () => {
  if (HAS_CHDB) return;
  await expect(openEventStore({ place: { folder: "/nowhere" } })).rejects.toMatchObject({
    code: "STORE_ENGINE_MISSING",
  });
  expect(HAS_CHDB).toBe(false);
});
