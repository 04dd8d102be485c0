/** A store in a folder of its own with given events, for tests of the query language. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiEvent, Finding } from "../../src/event.ts";
import type { EventStore } from "../../src/store/contract.ts";
import { openEventStore } from "../../src/store/event-store.ts";
import { createEventEncoder } from "../../src/store/events/encode-events.ts";

export interface QueryStore {
  readonly store: EventStore;
  close(): Promise<void>;
}

/** Opens a store that holds the events as one batch; `log.file.line` is an event's number, from 1. */
export async function openQueryStore(
  events: readonly (readonly [ApiEvent, readonly Finding[]])[],
  observed: number,
): Promise<QueryStore> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-query-"));
  const store = await openEventStore({ place: { folder }, limits: { seconds: 60 } });
  const batch = 1_700_000_000_000_000_000n;
  const encoder = createEventEncoder();
  for (const [row, [event, findings]] of events.entries()) {
    encoder.push(event, findings, { batch, row, observed, file: "access.log", line: row + 1 });
  }
  await store.insert(1, [{ batch, ...encoder.finish() }], false);
  return {
    store,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
