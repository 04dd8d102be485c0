/** Bytes to spend on what the page shows, so that the file stays one that can be mailed whatever was found. */
import { scriptJson } from "./escape.ts";

export interface Purse {
  /** Takes the item's bytes when the whole then stays within `limit`; once refused, a limit refuses all. */
  spend(item: unknown, limit: number): boolean;
}

/** Bytes of the data in all when each kind of detail has had its share; what one leaves, the next may use. */
export const LIMITS = {
  incidents: 1_500_000,
  words: 2_500_000,
  members: 2_800_000,
  detections: 3_500_000,
  alsoSeen: 3_800_000,
  samples: 4_200_000,
} as const;

export function createPurse(): Purse {
  let spent = 0;
  const closed = new Set<number>();
  return {
    spend(item, limit) {
      if (closed.has(limit)) return false;
      const bytes = Buffer.byteLength(scriptJson(item)) + 1;
      if (spent + bytes > limit) {
        closed.add(limit);
        return false;
      }
      spent += bytes;
      return true;
    },
  };
}
