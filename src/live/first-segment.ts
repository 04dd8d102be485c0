/** Which number the first segment of a journal gets: one above what the store has seen, should the folder be lost. */
import { existsSync } from "node:fs";
import { listSegments } from "../journal/segment.ts";
import type { EventStore } from "../store/contract.ts";

/**
 * A store that is away cannot say what it has seen. A journal that has segments goes on from their numbers by itself;
 * a new one begins with the seconds since the epoch, as no store gets a segment each second for so long.
 * @param now milliseconds since the epoch
 */
export async function firstSegment(
  store: Pick<EventStore, "away" | "lastSegment">,
  folder: string,
  now: () => number,
): Promise<number> {
  if (store.away === undefined) return (await store.lastSegment()) + 1;
  const known = existsSync(folder) && listSegments(folder).length > 0;
  return known ? 1 : Math.floor(now() / 1000);
}
