/**
 * From the journal into the store, a segment at a time and in order. The journal notes that a segment's way has
 * begun before the store hears of it, so that after a kill the store looks before it inserts.
 */
import { readFile } from "node:fs/promises";
import type { Journal } from "../journal/journal.ts";
import { readSegment } from "../journal/segment.ts";
import type { EventStore } from "./contract.ts";

export interface StoredSegment {
  readonly segment: number;
  readonly events: number;
}

/**
 * Stores every closed segment that waits.
 * @returns what was stored, oldest first
 * @throws VedetteError STORE_UNAVAILABLE, JOURNAL_UNWRITABLE: what is left comes again with the next call
 */
export async function storeSegments(journal: Journal, store: EventStore): Promise<readonly StoredSegment[]> {
  const done: StoredSegment[] = [];
  for (const { number, state, path } of journal.segments()) {
    const { entries } = readSegment(await readFile(path), number);
    if (state === "closed") await journal.mark(number, "storing");
    const events = await store.insert(number, entries, state === "storing");
    await journal.mark(number, "stored");
    done.push({ segment: number, events });
  }
  return done;
}
