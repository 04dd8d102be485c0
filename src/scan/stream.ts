/** One input as a stream of facts in order, with everything needed to read a record again for evidence. */
import { documentBatches, type LineBatch, lineBatches } from "../capture/files/batches.ts";
import type { Input } from "../capture/files/discover.ts";
import { createFreeBuffers } from "../capture/files/free-buffers.ts";
import { decodeRecord } from "../capture/files/lines.ts";
import { openInput, type Pieces } from "../capture/files/open.ts";
import type { FormatChoice, LineParser } from "../capture/format.ts";
import { openFormat } from "../capture/open-format.ts";
import { emptyEvent } from "../event.ts";
import { FACT_STRIDE } from "../fact.ts";
import { type FactBatch, rowBytes } from "../pipeline.ts";
import type { PipelinePool, ReadBatch } from "../pipeline-pool.ts";

export interface ScanInput {
  readonly input: Input;
  readonly choice: FormatChoice;
  readonly stateful: boolean;
  /** Bytes already taken from an input that can be read only once. */
  readonly pieces?: Pieces;
}

/** What stands at the head of a stream; `advance` moves on. */
export interface FactStream {
  readonly name: string;
  readonly batch: FactBatch | undefined;
  row: number;
  /** Line in the file of the current batch's line `line`, from 1. */
  lineOf(line: number): number;
  textOf(offset: number, length: number): string;
  parser(): LineParser;
  /** Loads the next batch that has rows. False at the end. */
  next(): Promise<boolean>;
  close(): Promise<void>;
}

export interface StreamCounts {
  onBatch(batch: FactBatch, skipped: number, firstLine: number): void;
  onRead(bytes: number): void;
  onFailure(cause: unknown): void;
}

export function openStream(
  id: number,
  source: ScanInput,
  pool: PipelinePool,
  counts: StreamCounts,
): FactStream {
  const pieces = source.pieces ?? openInput(source.input, { onRead: counts.onRead, reuse: true });
  // Those under way, the one that is read, and the one that is filled.
  const free = createFreeBuffers(pool.width + 2);
  const spareRows = createFreeBuffers(pool.width + 2);
  const batches = source.choice.records === "documents" ? documentBatches(pieces) : lineBatches(pieces, free);
  const ahead: { read: Promise<ReadBatch>; skipped: number; places: readonly number[] | undefined }[] = [];
  const parser = openFormat(source.choice);
  let exhausted = false;
  let opened = false;
  let lines = 0;
  let current: ReadBatch | undefined;
  let firstLine = 1;
  let places: readonly number[] | undefined;
  let headersSeen = 0;

  let filling: Promise<void> | undefined;

  /** Keeps batches under way; one filler at a time, so that they stay in order. */
  function fill(): Promise<void> {
    filling ??= fillAhead().finally(() => {
      filling = undefined;
    });
    return filling;
  }

  async function fillAhead(): Promise<void> {
    if (!opened) {
      pool.open(id, source.choice, source.stateful);
      opened = true;
    }
    while (!exhausted && ahead.length < pool.width) {
      const next = await nextBatch();
      if (next === undefined) exhausted = true;
      else {
        const rows = spareRows.take(rowBytes(next.bytes.length));
        ahead.push({
          read: pool.read(id, next.bytes, rows.buffer),
          skipped: next.skipped,
          places: next.places,
        });
      }
    }
  }

  async function nextBatch(): Promise<LineBatch | undefined> {
    try {
      const next = await batches.next();
      return next.done ? undefined : next.value;
    } catch (cause) {
      counts.onFailure(cause);
      return undefined;
    }
  }

  const stream: FactStream = {
    name: source.input.name,
    get batch() {
      return current?.batch;
    },
    row: 0,
    lineOf: (line) => places?.[line] ?? firstLine + line,
    textOf: (offset, length) => {
      if (current === undefined) return "";
      return decodeRecord(current.bytes.subarray(offset, offset + length));
    },
    parser() {
      feedHeaders();
      return parser;
    },
    async next() {
      for (;;) {
        feedHeaders(true);
        while (ahead.length === 0 && !exhausted) await fill();
        const head = ahead.shift();
        if (head === undefined) {
          release();
          return false;
        }
        release();
        if (!exhausted) void fill();
        current = await head.read;
        places = head.places;
        firstLine = lines + head.skipped + 1;
        lines += head.skipped + current.batch.lines;
        headersSeen = 0;
        stream.row = 0;
        counts.onBatch(current.batch, head.skipped, firstLine);
        if (current.batch.events > 0) return true;
      }
    },
    async close() {
      release();
      if (opened) pool.close(id);
      await batches.return(undefined);
    },
  };
  return stream;

  function release(): void {
    if (current === undefined) return;
    free.give(current.bytes.buffer);
    spareRows.give(current.batch.rows.buffer);
    current = undefined;
  }

  /** A stateful format's parser in this thread sees the headers that the records before it had. */
  function feedHeaders(all = false): void {
    const batch = current?.batch;
    if (batch === undefined) return;
    const line = all ? Number.POSITIVE_INFINITY : batch.rows[stream.row * FACT_STRIDE + 1];
    while (headersSeen < batch.headers.length && (batch.headers[headersSeen]?.line ?? 0) < line) {
      parser.parse(batch.headers[headersSeen]?.text ?? "", emptyEvent());
      headersSeen++;
    }
  }
}
