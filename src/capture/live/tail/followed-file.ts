/** One file that is followed: what is known of it, and the next whole lines or records in it. */
import type { FileHandle } from "node:fs/promises";
import { createDocumentSplitter, type DocumentSplitter } from "../../documents.ts";
import { type FormatChoice, MAX_LINE_BYTES } from "../../format.ts";
import type { SourceHealth } from "../health.ts";
import { type Fingerprint, readFully } from "./fingerprint.ts";
import type { FileOffset } from "./offset-store.ts";

export interface Followed {
  id: string;
  readonly place: string;
  head: Fingerprint;
  path: string;
  offset: number;
  skip: number;
  pending: number | undefined;
  readonly file: FileHandle;
  readonly health: SourceHealth;
  choice: FormatChoice | undefined;
  /** Size at which nothing was recognised in it. */
  unrecognised: number;
  size: number;
  modified: number;
  /** When it last grew, on the tail's clock. */
  grownAt: number;
  /** It stands under one of the names; otherwise it was rotated away, and is read to its end. */
  listed: boolean;
  /** Inside a line that is too long. */
  passingOver: boolean;
  documents: DocumentState | undefined;
}

interface DocumentState {
  readonly splitter: DocumentSplitter;
  readonly decoder: InstanceType<typeof TextDecoder>;
  at: number;
  /** Records since the start of the document, and how many of those to come were taken before a restart. */
  taken: number;
  known: number;
}

/** Bytes for the intake, and where the file is read up to once they are taken. */
export interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Names the chunk for ever. */
  readonly key: string;
  readonly end: number;
  readonly offset: number;
  readonly skip: number;
}

/** A line that was passed over, for the quarantine. */
export interface LongLine {
  readonly tooLong: string;
}

const LINE_FEED = 10;

export function offsetOf(followed: Followed, seen: number): FileOffset {
  const { id, place, head, path, offset, skip, pending } = followed;
  return { id, place, head, path, offset, skip, seen, ...(pending !== undefined && { pending }) };
}

/** Bytes that were written and not yet taken. */
export function lagOf(followed: Followed): number {
  return Math.max(0, followed.size - (followed.documents?.at ?? followed.offset));
}

/**
 * @param flush the last line is taken though its end has not come
 * @returns undefined when there is nothing more for now
 */
export async function nextLines(followed: Followed, flush: boolean): Promise<Chunk | LongLine | undefined> {
  for (;;) {
    const { offset, pending } = followed;
    const wanted = Math.min((pending ?? followed.size) - offset, MAX_LINE_BYTES);
    if (wanted <= 0) return undefined;
    const buffer = new Uint8Array(wanted);
    const read = await readFully(followed.file, buffer, offset);
    if (read === 0) return undefined;
    const bytes = buffer.subarray(0, read);
    if (pending !== undefined) return lineChunk(followed, bytes);
    if (followed.passingOver) {
      const end = bytes.indexOf(LINE_FEED);
      followed.passingOver = end === -1;
      followed.offset += end === -1 ? read : end + 1;
      continue;
    }
    const last = bytes.lastIndexOf(LINE_FEED);
    if (last !== -1) return lineChunk(followed, bytes.subarray(0, last + 1));
    if (read < MAX_LINE_BYTES) return flush ? lineChunk(followed, bytes) : undefined;
    followed.passingOver = true;
    followed.offset += read;
    return { tooLong: Buffer.from(bytes.subarray(0, 4096)).toString("utf8") };
  }
}

function lineChunk({ id, offset }: Followed, bytes: Uint8Array<ArrayBuffer>): Chunk {
  const end = offset + bytes.length;
  return { bytes, key: `${id}:${offset}-${end}`, end, offset: end, skip: 0 };
}

/** The same for JSON that spans lines: its records, one a line. */
export async function nextDocuments(followed: Followed): Promise<Chunk | undefined> {
  followed.documents ??= {
    splitter: createDocumentSplitter(),
    decoder: new TextDecoder(),
    at: followed.offset,
    taken: 0,
    known: followed.skip,
  };
  const state = followed.documents;
  const { splitter, decoder } = state;
  const records: string[] = [];
  const keep = (record: string): void => {
    state.taken++;
    if (state.known > 0) state.known--;
    else records.push(record.replace(/[\r\n]+/g, " "));
  };
  for (;;) {
    const wanted = Math.min((followed.pending ?? followed.size) - state.at, MAX_LINE_BYTES);
    const buffer = Buffer.alloc(Math.max(0, wanted));
    const read = await readFully(followed.file, buffer, state.at);
    splitter.push(decoder.decode(buffer.subarray(0, read), { stream: true }), keep);
    state.at += read;
    if (read > 0 && followed.pending !== undefined && state.at < followed.pending) continue;
    const start = { offset: followed.offset, skip: followed.skip };
    const whole = !splitter.unfinished;
    const next = whole ? { offset: state.at, skip: 0 } : { offset: start.offset, skip: state.taken };
    if (whole) state.taken = 0;
    if (records.length > 0) {
      const bytes = new Uint8Array(Buffer.from(`${records.join("\n")}\n`));
      const key = `${followed.id}:${start.offset}+${start.skip}-${state.at}`;
      return { bytes, key, end: state.at, ...next };
    }
    if (whole) Object.assign(followed, next);
    if (read === 0 || state.at >= followed.size) return undefined;
  }
}

/** The header that later batches of a W3C log are read by. */
export function withHeader(choice: FormatChoice, bytes: Uint8Array): FormatChoice {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = text.lastIndexOf("#Fields:");
  if (at === -1 || (at > 0 && text[at - 1] !== LINE_FEED)) return choice;
  const end = text.indexOf(LINE_FEED, at);
  const pattern = text
    .subarray(at, end === -1 ? text.length : end)
    .toString("latin1")
    .trimEnd();
  return pattern.length > 8192 ? choice : { ...choice, options: { ...choice.options, pattern } };
}

export async function headOf(file: FileHandle, bytes: number): Promise<Uint8Array> {
  const head = new Uint8Array(bytes);
  const read = await readFully(file, head, 0);
  return head.subarray(0, read);
}
