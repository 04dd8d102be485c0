/** After a crash: the torn tail of the segment that was open is cut, and the segment closed. */
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { listSegments, readSegment, SEGMENT_HEADER, segmentPath } from "./segment.ts";
import { syncFolder } from "./segment-writer.ts";

export interface Recovery {
  /** Number of the newest segment, 0 when there is none. */
  readonly last: number;
  /** Bytes of unacknowledged tail that were cut. */
  readonly cut: number;
  /** Bytes within segments that were no frame any more. */
  readonly damaged: number;
  /** Bytes that wait for the store. */
  readonly backlog: number;
}

export async function recoverSegments(folder: string): Promise<Recovery> {
  let last = 0;
  let cut = 0;
  let damaged = 0;
  let backlog = 0;
  for (const segment of listSegments(folder)) {
    last = Math.max(last, segment.number);
    if (segment.state === "closed" || segment.state === "storing")
      backlog += (await stat(segment.path)).size - SEGMENT_HEADER;
    if (segment.state !== "open") continue;
    const bytes = await readFile(segment.path);
    const reading = readSegment(bytes, segment.number);
    cut += bytes.length - reading.whole;
    damaged += reading.damaged;
    if (reading.entries.length === 0) {
      await rm(segment.path);
      continue;
    }
    const file = await open(segment.path, "r+");
    try {
      await file.truncate(reading.whole);
      await file.datasync();
    } finally {
      await file.close();
    }
    backlog += reading.whole - SEGMENT_HEADER;
    await rename(segment.path, segmentPath(folder, segment.number, "closed"));
  }
  await syncFolder(folder);
  return { last, cut, damaged, backlog };
}
