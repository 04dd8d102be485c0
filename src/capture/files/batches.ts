/**
 * Pieces of bytes → batches of whole lines, each in a buffer of its own that can move to another thread. A line
 * that never ends is passed over piece by piece: memory stays flat whatever comes.
 */
import { createDocumentSplitter } from "../documents.ts";
import { MAX_LINE_BYTES } from "../format.ts";
import { createFreeBuffers, type FreeBuffers } from "./free-buffers.ts";
import type { Pieces } from "./open.ts";

export interface LineBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Over-long lines that stood before this batch and were passed over. */
  readonly skipped: number;
  /** Where each line of the batch stands in the file, when that is not one after the other. */
  readonly places?: readonly number[];
}

const LINE_FEED = 10;
const EMPTY = new Uint8Array(0);

/**
 * @param pieces bytes in order; rejected input is thrown on after what came before it was delivered
 * @param buffers where the bytes of batches lie
 */
export async function* lineBatches(
  pieces: Pieces,
  buffers: FreeBuffers = createFreeBuffers(0),
): AsyncGenerator<LineBatch> {
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
        const bytes = joined(carry, rest.subarray(0, last + 1), buffers.take(carry.length + last + 1));
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

function joined(
  head: Uint8Array,
  tail: Uint8Array,
  whole: Uint8Array<ArrayBuffer> = new Uint8Array(head.length + tail.length),
): Uint8Array<ArrayBuffer> {
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

/** Records of a JSON document in batches of about this many characters. */
const DOCUMENT_BATCH_CHARS = 1 << 20;

/**
 * The same for JSON that spans lines: every record becomes one line (a line break outside of a JSON string is only
 * white space, and inside one it is not allowed), with its place in the file beside it.
 */
export async function* documentBatches(pieces: Pieces): AsyncGenerator<LineBatch> {
  const splitter = createDocumentSplitter();
  const decoder = new TextDecoder();
  let records: string[] = [];
  let places: number[] = [];
  let chars = 0;
  let failure: unknown;
  const onRecord = (record: string, line: number) => {
    records.push(record.replace(/[\r\n]+/g, " "));
    places.push(line);
    chars += record.length;
  };
  const batch = (skipped: number): LineBatch => {
    const bytes = new Uint8Array(Buffer.from(`${records.join("\n")}\n`));
    const taken = { bytes, skipped, places };
    records = [];
    places = [];
    chars = 0;
    return taken;
  };
  try {
    for await (const piece of pieces) {
      splitter.push(decoder.decode(piece, { stream: true }), onRecord);
      if (chars >= DOCUMENT_BATCH_CHARS) yield batch(0);
    }
  } catch (cause) {
    failure = cause;
  }
  splitter.push(decoder.decode(), onRecord);
  const end = splitter.end();
  const skipped = end.skipped + (end.unfinished ? 1 : 0);
  if (records.length > 0 || skipped > 0) yield batch(skipped);
  if (failure !== undefined) throw failure;
}
