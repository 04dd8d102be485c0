/**
 * A process to kill: journals batches of events as fast as it can, prints each batch once it is acknowledged, and
 * stores what the journal has closed, all at the same time.
 */
import { writeSync } from "node:fs";
import { join } from "node:path";
import { openJournal } from "../../src/journal/journal.ts";
import { openEventStore } from "../../src/store/event-store.ts";
import { createBatchIds } from "../../src/store/events/batch-id.ts";
import { createEventEncoder } from "../../src/store/events/encode-events.ts";
import { storeSegments } from "../../src/store/store-segments.ts";
import { eventAt, NOON } from "../support/event-store-suite-events.ts";

const [folder = ""] = process.argv.slice(2);
const BATCH = 40;
const store = await openEventStore({ place: { folder: join(folder, "store") } });
const journal = await openJournal({
  folder: join(folder, "journal"),
  firstSegment: (await store.lastSegment()) + 1,
  segmentEvents: 400,
  segmentAge: 50,
});
const nextBatch = createBatchIds(Date.now);

async function appendForEver(): Promise<void> {
  const encoder = createEventEncoder();
  for (;;) {
    const batch = nextBatch();
    for (let row = 0; row < BATCH; row++) {
      const event = eventAt(NOON + (Number(batch & 0xffffn) % 600) * 1000, { "user.id": `user ${row % 7}` });
      encoder.push(event, [], { batch, row, observed: NOON, file: "", line: 0 });
    }
    await journal.append({ batch, key: "", facts: new Uint8Array(0), ...encoder.finish() });
    writeSync(1, `${batch}\n`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function storeForEver(): Promise<void> {
  for (;;) {
    await storeSegments(journal, store);
    await journal.release({ segment: Number.MAX_SAFE_INTEGER, offset: 0 });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

await Promise.all([storeForEver(), ...Array.from({ length: 4 }, appendForEver)]);
