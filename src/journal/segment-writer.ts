/** The open end of the journal: frames behind one another in one file, each group of them synced at once. */
import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { encodeFrame, type JournalRecord } from "./frame.ts";
import type { Position } from "./position.ts";
import { encodeSegmentHeader, SEGMENT_HEADER, segmentPath } from "./segment.ts";

export interface SegmentWriter {
  readonly number: number;
  /** Bytes that are on disk for certain. */
  readonly synced: number;
  readonly events: number;
  /** @returns the place after each record, once all of them are on disk; rejects when any of it failed */
  write(records: readonly JournalRecord[]): Promise<Position[]>;
  /** Cuts what was never acknowledged, syncs, and names the file closed; an empty segment is removed. */
  close(): Promise<void>;
}

export async function createSegment(folder: string, number: number): Promise<SegmentWriter> {
  const path = segmentPath(folder, number, "open");
  const nonce = randomBytes(8).readBigUInt64LE();
  let file: FileHandle | undefined = await open(path, "w");
  try {
    await writeAll(file, [encodeSegmentHeader(number, nonce)], 0);
    await file.datasync();
    await syncFolder(folder);
  } catch (cause) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true }).catch(() => undefined);
    throw cause;
  }

  let synced = SEGMENT_HEADER;
  let end = SEGMENT_HEADER;
  let frames = 0;
  let events = 0;

  return {
    number,
    get synced() {
      return synced;
    },
    get events() {
      return events;
    },
    async write(records) {
      if (file === undefined) throw new Error("the segment is closed");
      const buffers: Buffer[] = [];
      const positions: Position[] = [];
      let offset = synced;
      let written = 0;
      for (const [i, record] of records.entries()) {
        const frame = encodeFrame(record, nonce, frames + i);
        for (const part of frame) offset += part.length;
        for (const part of frame) if (part.length > 0) buffers.push(part);
        positions.push({ segment: number, offset });
        written += record.events;
      }
      end = offset;
      await writeAll(file, buffers, synced);
      await file.datasync();
      synced = offset;
      frames += records.length;
      events += written;
      return positions;
    },
    async close() {
      if (file !== undefined) {
        if (end > synced) await file.truncate(synced);
        await file.datasync();
        end = synced;
        const closing = file;
        file = undefined;
        await closing.close();
      }
      if (frames === 0) await rm(path, { force: true });
      else await rename(path, segmentPath(folder, number, "closed"));
      await syncFolder(folder);
    },
  };
}

/** Positional, so that a second try after a failure writes over the first. */
async function writeAll(file: FileHandle, buffers: readonly Buffer[], position: number): Promise<void> {
  const total = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
  const { bytesWritten } = await file.writev(buffers, position);
  if (bytesWritten === total) return;
  const rest = Buffer.concat(buffers);
  for (let done = bytesWritten; done < total; ) {
    const more = await file.write(rest, done, total - done, position + done);
    if (more.bytesWritten === 0) throw new Error("the disk takes no more bytes");
    done += more.bytesWritten;
  }
}

/** Makes creations, renames and removals in a folder last through a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
