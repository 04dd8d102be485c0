/** A data folder without its server: its store, opened for one question. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { VedetteError } from "../errors.ts";
import { openJournal } from "../journal/journal.ts";
import type { EventStore } from "../store/contract.ts";
import { openEventStore } from "../store/event-store.ts";
import { lockFolder } from "../store/folder-lock.ts";
import { storeSegments } from "../store/store-segments.ts";

/**
 * Opens the store, and first takes into it what a server left in the journal.
 * @throws VedetteError INPUT_NOT_FOUND, DATA_FOLDER_IN_USE, and what `ask` and the store throw
 */
export async function withStoredFolder<T>(
  folder: string,
  ask: (store: EventStore) => Promise<T>,
): Promise<T> {
  if (!existsSync(join(folder, "store")))
    throw new VedetteError(
      "INPUT_NOT_FOUND",
      "There is no data of a server here; name --data or --url",
      folder,
    );
  const unlock = lockFolder(folder);
  try {
    const store = await openEventStore({ place: { folder: join(folder, "store") } });
    try {
      await takeJournal(join(folder, "journal"), store);
      return await ask(store);
    } finally {
      await store.close();
    }
  } finally {
    unlock();
  }
}

/** As a server does when it starts. */
async function takeJournal(folder: string, store: EventStore): Promise<void> {
  const journal = await openJournal({ folder, firstSegment: (await store.lastSegment()) + 1 });
  try {
    await storeSegments(journal, store);
  } finally {
    await journal.close();
  }
}
