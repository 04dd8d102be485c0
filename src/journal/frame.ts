/**
 * How a record stands in a segment: a header of fixed size, then its parts. The checksum covers all that follows
 * it, so a frame that a crash cut short, or that the disk changed, never reads as a record. The nonce is drawn
 * for each segment: bytes that a client sent can never pass for a frame.
 *
 *      0  u32  CRC-32 (IEEE 802.3) of everything from byte 4 to the end of the frame
 *      4  u32  bytes after the header
 *      8  u64  nonce of the segment
 *     16  u32  events
 *     20  u32  bytes of the key
 *     24  u32  bytes of the facts
 *     28  u32  number of the frame within its segment, from 0
 *     32  f64  earliest event time, milliseconds since the epoch
 *     40  f64  latest event time
 *     48  u64  batch
 *     56       key (UTF-8), facts, payload
 */
import { crc32 } from "node:zlib";

/** One acknowledged batch: what the store will keep, what the engine needs to go on, and who sent it. */
export interface JournalRecord {
  /** Number of the batch, which its events carry too (store/events/batch-id.ts): what is stored is told by it. */
  readonly batch: bigint;
  readonly events: number;
  /** Milliseconds since the epoch; NaN when no event has a time. */
  readonly minTime: number;
  readonly maxTime: number;
  /** Idempotency key of the request; empty when it had none. */
  readonly key: string;
  /** Rows of facts (fact.ts), so that the engine resumes without parsing again. */
  readonly facts: Uint8Array;
  /** The events as the store takes them. */
  readonly payload: Uint8Array;
}

export const FRAME_HEADER = 56;

/** No frame is larger, header and all: what a reader must be ready to hold. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;

export function frameBytes(record: JournalRecord): number {
  return FRAME_HEADER + Buffer.byteLength(record.key) + record.facts.length + record.payload.length;
}

/** @returns the frame in parts: the facts and the payload are the caller's own bytes, not copied */
export function encodeFrame(record: JournalRecord, nonce: bigint, number: number): Buffer[] {
  const key = Buffer.from(record.key);
  const head = Buffer.allocUnsafe(FRAME_HEADER + key.length);
  const facts = asBuffer(record.facts);
  const payload = asBuffer(record.payload);
  head.writeUInt32LE(key.length + facts.length + payload.length, 4);
  head.writeBigUInt64LE(nonce, 8);
  head.writeUInt32LE(record.events, 16);
  head.writeUInt32LE(key.length, 20);
  head.writeUInt32LE(facts.length, 24);
  head.writeUInt32LE(number, 28);
  head.writeDoubleLE(record.minTime, 32);
  head.writeDoubleLE(record.maxTime, 40);
  head.writeBigUInt64LE(record.batch, 48);
  key.copy(head, FRAME_HEADER);
  head.writeUInt32LE(checksum(payload, checksum(facts, checksum(head.subarray(4), 0))), 0);
  return [head, facts, payload];
}

export interface DecodedFrame extends JournalRecord {
  readonly number: number;
  /** Offset in `bytes` of what follows the frame. */
  readonly end: number;
}

/** @returns the frame at `offset`, its parts as views of `bytes`; undefined when none stands there whole */
export function decodeFrame(bytes: Buffer, offset: number, nonce: bigint): DecodedFrame | undefined {
  if (offset < 0 || offset + FRAME_HEADER > bytes.length) return undefined;
  if (bytes.readBigUInt64LE(offset + 8) !== nonce) return undefined;
  const end = offset + FRAME_HEADER + bytes.readUInt32LE(offset + 4);
  if (end > bytes.length) return undefined;
  const facts = offset + FRAME_HEADER + bytes.readUInt32LE(offset + 20);
  const payload = facts + bytes.readUInt32LE(offset + 24);
  if (payload > end) return undefined;
  if (crc32(bytes.subarray(offset + 4, end)) !== bytes.readUInt32LE(offset)) return undefined;
  return {
    batch: bytes.readBigUInt64LE(offset + 48),
    events: bytes.readUInt32LE(offset + 16),
    number: bytes.readUInt32LE(offset + 28),
    minTime: bytes.readDoubleLE(offset + 32),
    maxTime: bytes.readDoubleLE(offset + 40),
    key: bytes.toString("utf8", offset + FRAME_HEADER, facts),
    facts: bytes.subarray(facts, payload),
    payload: bytes.subarray(payload, end),
    end,
  };
}

/** zlib takes no bytes at all for a fresh start, and would forget the sum so far. */
function checksum(bytes: Buffer, sum: number): number {
  return bytes.length === 0 ? sum : crc32(bytes, sum);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
