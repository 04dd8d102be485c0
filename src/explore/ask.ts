/** One question from the command line: over the API of a running server, or to its data folder while none runs. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { VedetteError } from "../errors.ts";
import { openJournal } from "../journal/journal.ts";
import type { EventStore } from "../store/contract.ts";
import { openEventStore } from "../store/event-store.ts";
import { lockFolder } from "../store/folder-lock.ts";
import { answerQuery, type QueryAnswer } from "../store/sql/query.ts";
import { storeSegments } from "../store/store-segments.ts";
import { callServer, notVedette, type ServerAddress } from "./call.ts";

const answerSchema = z.object({
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.enum(["string", "number", "bool", "datetime", "timespan", "json", "list", "map"]),
    }),
  ),
  rows: z.array(z.array(z.unknown())),
  truncated: z.boolean(),
});
/**
 * Opens the store itself, and first takes into it what a server left in the journal.
 * @param now milliseconds since the epoch
 * @throws VedetteError INPUT_NOT_FOUND, DATA_FOLDER_IN_USE, and what the query and the store throw
 */
export async function askFolder(
  folder: string,
  query: string,
  rows: number,
  now: number,
): Promise<QueryAnswer> {
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
      return await answerQuery(query, { now, scope: { services: "all" }, rows }, (asked) =>
        store.query(asked),
      );
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

/** @throws VedetteError SERVER_UNREACHABLE, and what the server answers */
export async function askServer(server: ServerAddress, query: string, rows: number): Promise<QueryAnswer> {
  const read = answerSchema.safeParse(await callServer(server, "POST", "/query", { query, rows }));
  if (!read.success) throw notVedette(server.url);
  return read.data;
}
