/**
 * A segment: a file of frames behind a header that names it. Its name says its number and how far it has come:
 *
 *     0000000000000007.open      being written, or cut short by a crash
 *     0000000000000007.closed    whole, not yet in the store
 *     0000000000000007.storing   its way into the store has begun: after a crash, look before storing again
 *     0000000000000007.stored    in the store; removed when the engine's checkpoint has passed it
 *
 * A rename is atomic, so a crash leaves one state or the next.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { type DecodedFrame, decodeFrame, FRAME_HEADER } from "./frame.ts";
import type { Position } from "./position.ts";

export const SEGMENT_STATES = ["open", "closed", "storing", "stored"] as const;
export type SegmentState = (typeof SEGMENT_STATES)[number];

export interface SegmentFile {
  readonly number: number;
  readonly state: SegmentState;
  readonly path: string;
}

/** Eight bytes of name, the nonce, the number, and a checksum of these. */
export const SEGMENT_HEADER = 32;
const MAGIC = Buffer.from("VEDJRNL1");

export function encodeSegmentHeader(number: number, nonce: bigint): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER);
  MAGIC.copy(header);
  header.writeBigUInt64LE(nonce, 8);
  header.writeBigUInt64LE(BigInt(number), 16);
  header.writeUInt32LE(crc32(header.subarray(0, 24)), 24);
  return header;
}

/** @returns the nonce; undefined when the header is not whole */
export function decodeSegmentHeader(bytes: Buffer): bigint | undefined {
  if (bytes.length < SEGMENT_HEADER || !bytes.subarray(0, 8).equals(MAGIC)) return undefined;
  if (crc32(bytes.subarray(0, 24)) !== bytes.readUInt32LE(24)) return undefined;
  return bytes.readBigUInt64LE(8);
}

export function segmentPath(folder: string, number: number, state: SegmentState): string {
  return join(folder, `${String(number).padStart(16, "0")}.${state}`);
}

/** In the order they were written. */
export function listSegments(folder: string): SegmentFile[] {
  const found: SegmentFile[] = [];
  for (const name of readdirSync(folder)) {
    const [, digits = "", suffix = ""] = /^(\d{16})\.([a-z]+)$/.exec(name) ?? [];
    const state = SEGMENT_STATES.find((known) => known === suffix);
    if (state !== undefined) found.push({ number: Number(digits), state, path: join(folder, name) });
  }
  return found.sort((a, b) => a.number - b.number);
}

/** A record with the place after it: reading on from there gives the next one. */
export interface JournalEntry extends DecodedFrame {
  readonly position: Position;
}

export interface SegmentReading {
  readonly nonce: bigint | undefined;
  readonly entries: readonly JournalEntry[];
  /** Bytes up to the end of the last whole frame. */
  readonly whole: number;
  /** Bytes between whole frames that are no frame: what the disk lost or changed. Not the torn tail. */
  readonly damaged: number;
}

/**
 * Every whole frame of a segment. After damage it looks for the next frame, so that one bad sector costs the
 * records on it and not those behind it; bytes after the last whole frame are the torn tail of a crash.
 */
export function readSegment(bytes: Buffer, number: number): SegmentReading {
  const nonce = decodeSegmentHeader(bytes);
  if (nonce === undefined) return { nonce, entries: [], whole: 0, damaged: 0 };
  const entries: JournalEntry[] = [];
  let whole = SEGMENT_HEADER;
  let damaged = 0;
  let offset = whole;
  while (offset + FRAME_HEADER <= bytes.length) {
    const frame = decodeFrame(bytes, offset, nonce);
    if (frame === undefined) {
      offset = nextNonce(bytes, offset + 1, nonce);
      continue;
    }
    damaged += offset - whole;
    entries.push({ ...frame, position: { segment: number, offset: frame.end } });
    offset = frame.end;
    whole = frame.end;
  }
  return { nonce, entries, whole, damaged };
}

/** Where the next frame could start: eight bytes before the segment's nonce. */
function nextNonce(bytes: Buffer, from: number, nonce: bigint): number {
  const wanted = Buffer.alloc(8);
  wanted.writeBigUInt64LE(nonce);
  const found = bytes.indexOf(wanted, from + 8);
  return found === -1 ? bytes.length : found - 8;
}
