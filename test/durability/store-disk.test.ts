/** The store on a disk that fills: nothing is lost from the journal, nothing comes twice, and it goes on by itself. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { type Journal, openJournal } from "../../src/journal/journal.ts";
import type { EventStore } from "../../src/store/contract.ts";
import { openEventStore } from "../../src/store/event-store.ts";
import { storeSegments } from "../../src/store/store-segments.ts";
import { HAS_CHDB } from "../support/chdb.ts";
import { batchOf } from "../support/event-store-suite.ts";
import { eventAt, NOON } from "../support/event-store-suite-events.ts";
import { mountSmallDisk, type SmallDisk } from "../support/small-disk.ts";

const probe = mountSmallDisk(1);
probe?.remove();
if (probe === undefined) console.log("Skipped: the store on a full disk (mounting a tmpfs needs root).");

let disk: SmallDisk | undefined;
let journal: Journal | undefined;
let store: EventStore | undefined;
const folder = mkdtempSync(join(tmpdir(), "vedette-store-disk-"));
afterEach(async () => {
  await journal?.close();
  await store?.close();
  disk?.remove();
  rmSync(folder, { recursive: true, force: true });
});

it.skipIf(probe === undefined || !HAS_CHDB)("stores what waits once there is space again", async () => {
  disk = mountSmallDisk(64);
  if (disk === undefined) return;
  store = await openEventStore({ place: { folder: disk.path } });
  journal = await openJournal({ folder, segmentAge: 3_600_000 });
  let total = 0;
  async function append(segment: number): Promise<void> {
    const events = Array.from({ length: 2000 }, (_, i) =>
      eventAt(NOON + i, { "http.request.body": noise(segment * 2000 + i) }),
    );
    const block = batchOf(BigInt(segment), events);
    await journal?.append({ ...block, minTime: NOON, maxTime: NOON, key: "", facts: new Uint8Array(0) });
    await journal?.rotate();
    total += events.length;
  }
  await append(1);
  await storeSegments(journal, store);
  const ballast = join(disk.path, "ballast");
  fill(ballast);
  for (const segment of [2, 3, 4]) await append(segment);
  await expect(storeSegments(journal, store)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  expect(journal.segments().map(({ number, state }) => [number, state])).toEqual([
    [2, "storing"],
    [3, "closed"],
    [4, "closed"],
  ]);
  rmSync(ballast);
  await storeSegments(journal, store);
  expect(journal.segments()).toEqual([]);
  const ask = async (sql: string) => (await store?.query({ sql, parameters: {} }))?.rows[0];
  expect(await ask("SELECT count(), uniqExact(`event.id`) FROM events")).toEqual([total, total]);
  expect(
    await ask("SELECT sum(requests) FROM entity_minutes WHERE `entity.type` = 'client.address'"),
  ).toEqual([total]);
});

/** Text that does not compress, the same for the same number. */
function noise(seed: number): string {
  let state = seed + 1;
  let text = "";
  for (let i = 0; i < 1500; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += String.fromCharCode(33 + ((state >>> 25) % 90));
  }
  return text;
}

/** Takes all the space there is. */
function fill(path: string): void {
  for (let megabytes = 64; megabytes >= 1; megabytes /= 2) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(megabytes * 1024 * 1024), { flag: "a" });
    } catch {
      // Full for pieces of this size.
    }
  }
}
