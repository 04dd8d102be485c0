/**
 * The engine's state on disk, with the place in the journal that it has seen. Written beside the old one and renamed,
 * so that a crash leaves one or the other; what is not whole is passed over, and the journal is read from its start.
 */
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Position } from "../journal/position.ts";

export interface SavedEngine {
  readonly position: Position;
  /** Of `Engine.save`. */
  readonly state: Uint8Array;
}

const NAME = "engine";
/** Magic, checksum of the rest, segment, offset. */
const HEADER = 32;
const MAGIC = Buffer.from("VEDCKPT1");

export async function writeEngine(folder: string, { position, state }: SavedEngine): Promise<void> {
  await mkdir(folder, { recursive: true });
  const header = Buffer.alloc(HEADER);
  MAGIC.copy(header);
  header.writeBigUInt64LE(BigInt(position.segment), 16);
  header.writeBigUInt64LE(BigInt(position.offset), 24);
  header.writeUInt32LE(crc32(state, crc32(header.subarray(16))), 8);
  const path = join(folder, `${NAME}.new`);
  const file = await open(path, "w");
  try {
    await file.writev([header, state]);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(path, join(folder, NAME));
  const parent = await open(folder, "r");
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
}

/** @returns undefined when there is none, or none that is whole */
export async function readEngine(folder: string): Promise<SavedEngine | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(folder, NAME));
  } catch {
    return undefined;
  }
  if (bytes.length < HEADER || !bytes.subarray(0, 8).equals(MAGIC)) return undefined;
  const state = bytes.subarray(HEADER);
  if (bytes.readUInt32LE(8) !== crc32(state, crc32(bytes.subarray(16, HEADER)))) return undefined;
  const position = {
    segment: Number(bytes.readBigUInt64LE(16)),
    offset: Number(bytes.readBigUInt64LE(24)),
  };
  return { position, state };
}
