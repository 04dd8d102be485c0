/**
 * Pieces of bytes → batches of whole lines, each in a buffer of its own that can move to another thread. A line
 * that never ends is passed over piece by piece: memory stays flat whatever comes.
 */
import { MAX_LINE_BYTES } from "../format.ts";
import type { Pieces } from "./open.ts";

export interface LineBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Over-long lines that stood before this batch and were passed over. */
  readonly skipped: number;
}

const LINE_FEED = 10;
const EMPTY = new Uint8Array(0);

/** @param pieces bytes in order; rejected input is thrown on after what came before it was delivered */
export async function* lineBatches(pieces: Pieces): AsyncGenerator<LineBatch> {
  let carry: Uint8Array = EMPTY;
  let skipping = false;
  let skipped = 0;
  let failure: unknown;
  try {
    for await (const piece of pieces) {
      let rest = piece;
      if (skipping) {
        const end = rest.indexOf(LINE_FEED);
        if (end === -1) continue;
        skipping = false;
        rest = rest.subarray(end + 1);
      }
      const last = rest.lastIndexOf(LINE_FEED);
      if (last !== -1) {
        const bytes = joined(carry, rest.subarray(0, last + 1));
        carry = EMPTY;
        yield { bytes, skipped };
        skipped = 0;
        rest = rest.subarray(last + 1);
      }
      if (carry.length + rest.length > MAX_LINE_BYTES) {
        carry = EMPTY;
        skipping = true;
        skipped++;
      } else if (rest.length > 0) {
        carry = joined(carry, rest);
      }
    }
  } catch (cause) {
    failure = cause;
  }
  if (carry.length > 0 || skipped > 0) yield { bytes: joined(carry, EMPTY), skipped };
  if (failure !== undefined) throw failure;
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}
