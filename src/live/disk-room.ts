/**
 * What stays free of the disk. The journal alone could fill it to the last byte; then the store, which would empty
 * the journal, has no room to work in, and nothing moves again.
 */
import { statfs } from "node:fs/promises";

export interface DiskRoom {
  /** Bytes of the whole disk; infinite where the file system does not say. */
  readonly size: number;
  /** Bytes that stay free: for the store, which reserves what it inserts and merges, and for checkpoints. */
  readonly reserve: number;
  /** Bytes that may be written before the reserve is touched; negative when it has been. */
  readonly room: number;
}

/** The reserve: a quarter of a small disk; of a large one, what ten segments of the journal weigh. */
const SHARE = 4;
const MOST_BYTES = 512 * 1024 * 1024;

export async function diskRoom(folder: string): Promise<DiskRoom> {
  const { blocks, bavail, bsize } = await statfs(folder);
  if (blocks === 0)
    return { size: Number.POSITIVE_INFINITY, reserve: MOST_BYTES, room: Number.POSITIVE_INFINITY };
  const size = blocks * bsize;
  const reserve = Math.min(MOST_BYTES, size / SHARE);
  return { size, reserve, room: bavail * bsize - reserve };
}
