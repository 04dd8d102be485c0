/** Which file this is, whatever its name: device and inode, and a digest of its first bytes. */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

export interface Fingerprint {
  /** Bytes that were looked at: a young file has few. */
  readonly length: number;
  readonly hash: string;
}

export const FINGERPRINT_BYTES = 1024;
/** A file that is told by less than this may be another that begins alike. */
export const TELLING_BYTES = 48;

export async function fingerprint(file: FileHandle, length = FINGERPRINT_BYTES): Promise<Fingerprint> {
  const head = Buffer.alloc(Math.min(length, FINGERPRINT_BYTES));
  const bytes = await readFully(file, head, 0);
  return { length: bytes, hash: createHash("sha256").update(head.subarray(0, bytes)).digest("base64url") };
}

/** True when the file still begins as it did. */
export async function beginsWith(file: FileHandle, head: Fingerprint): Promise<boolean> {
  const now = await fingerprint(file, head.length);
  return now.length === head.length && now.hash === head.hash;
}

/** @returns bytes read: fewer than asked for only at the end of the file */
export async function readFully(file: FileHandle, into: Uint8Array, position: number): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await file.read(into, filled, into.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

/** gzip, zstd, bzip2, xz, zip: rotated files that were read before they were compressed. */
const COMPRESSED = [
  [0x1f, 0x8b],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  [0x50, 0x4b, 0x03, 0x04],
] as const;

export function isCompressed(head: Uint8Array): boolean {
  return COMPRESSED.some((magic) => magic.every((byte, index) => head[index] === byte));
}
