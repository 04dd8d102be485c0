/**
 * The journal: what is acknowledged stands here, on disk, until the store has it and the engine's checkpoint has
 * passed it. Appends that wait while the disk is busy share one fdatasync. A failed write is never acknowledged:
 * its bytes are cut before the next is written, in a new segment, because after a failed sync the kernel may
 * forget which pages were never written (Rebello et al., "Can Applications Recover from fsync Failures?", 2020).
 */
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { VedetteError } from "../errors.ts";
import { frameBytes, type JournalRecord, MAX_FRAME_BYTES } from "./frame.ts";
import { emptyMetrics, type JournalMetrics } from "./metrics.ts";
import { comparePositions, type Position, START } from "./position.ts";
import { recoverSegments } from "./recover.ts";
import {
  type JournalEntry,
  listSegments,
  readSegment,
  SEGMENT_HEADER,
  type SegmentFile,
  type SegmentState,
  segmentPath,
} from "./segment.ts";
import { createSegment, type SegmentWriter, syncFolder } from "./segment-writer.ts";

export interface JournalOptions {
  readonly folder: string;
  /** Segments are numbered from here on at least: above what the store has seen, should the folder be lost. */
  readonly firstSegment?: number;
  /** A segment is closed when it holds so many bytes or events, or is so old (milliseconds). */
  readonly segmentBytes?: number;
  readonly segmentEvents?: number;
  readonly segmentAge?: number;
  /** The age of one that begins after a pause of `segmentAge`: few events are stored soon, many in large blocks. */
  readonly firstAge?: number;
  /** Appends are refused while more than this waits for the disk. */
  readonly maxWaitingBytes?: number;
  /** Appends are refused while segments of more than this wait for the store. */
  readonly maxBacklogBytes?: number;
  /** Bytes that may still be written to the disk; asked for once a second at most. Default: as many as it takes. */
  readonly room?: () => Promise<number>;
  /** After a failure the disk is left alone for so long, in milliseconds. */
  readonly retryAfter?: number;
  /** Milliseconds that only grow. */
  readonly clock?: () => number;
  /** Called when a segment has been closed and waits for the store. */
  readonly onClosed?: (segment: number) => void;
}

export interface Journal {
  /**
   * @returns the place after the record, once it is on disk
   * @throws VedetteError JOURNAL_BUSY (too much waits), JOURNAL_FULL (the store has not taken enough of it),
   *   JOURNAL_UNWRITABLE (the disk failed, is full, or the
   *   journal is closed), RECORD_TOO_LARGE: the record is then not in the journal
   */
  append(record: JournalRecord): Promise<Position>;
  /** Acknowledged records after `from`, oldest first. */
  read(from?: Position): AsyncGenerator<JournalEntry>;
  /** Segments that wait for the store, oldest first. */
  segments(): SegmentFile[];
  /** Notes how far a segment has come on its way into the store; on disk when it resolves. */
  mark(segment: number, state: Exclude<SegmentState, "open">): Promise<void>;
  /** Removes stored segments that lie wholly before `position`. The newest stays: it keeps the count. */
  release(position: Position): Promise<void>;
  /** Closes the open segment, so that the store can take it. */
  rotate(): Promise<void>;
  /** Waits for what was appended, then closes. */
  close(): Promise<void>;
  readonly metrics: Readonly<JournalMetrics>;
  /** The store has not taken so much that nothing more is kept. */
  readonly full: boolean;
}

interface Waiting {
  readonly record: JournalRecord;
  readonly bytes: number;
  resolve(position: Position): void;
  reject(error: VedetteError): void;
}

/** One write holds at most so much: a reader and the kernel get it in pieces they can hold. */
const MAX_GROUP_BYTES = 16 * 1024 * 1024;
const ROOM_KNOWN_MS = 1_000;

export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { folder } = options;
  const segmentBytes = options.segmentBytes ?? 48 * 1024 * 1024;
  const segmentEvents = options.segmentEvents ?? 100_000;
  const segmentAge = options.segmentAge ?? 5_000;
  const firstAge = Math.min(options.firstAge ?? segmentAge, segmentAge);
  const maxWaitingBytes = options.maxWaitingBytes ?? 64 * 1024 * 1024;
  const maxBacklogBytes = options.maxBacklogBytes ?? Number.POSITIVE_INFINITY;
  const retryAfter = options.retryAfter ?? 1_000;
  const clock = options.clock ?? (() => performance.now());

  const metrics = emptyMetrics();
  let last = Math.max(await prepare(folder, metrics), (options.firstSegment ?? 1) - 1);
  let writer: SegmentWriter | undefined;
  let openedAt = 0;
  let closedAt = Number.NEGATIVE_INFINITY;
  /** The open segment must be closed before anything is written: it failed, is full, or is old. */
  let closeFirst = false;
  let restUntil = Number.NEGATIVE_INFINITY;
  let lastFailure: unknown;
  let room = 0;
  let roomAt = Number.NEGATIVE_INFINITY;
  let queue: Waiting[] = [];
  let running: Promise<void> | undefined;
  let closed = false;
  /** Since an append was refused for it, until the store has taken a segment. */
  let full = false;

  function append(record: JournalRecord): Promise<Position> {
    const bytes = frameBytes(record);
    if (closed) return refuse(new VedetteError("JOURNAL_UNWRITABLE", "The journal is closed", folder));
    if (bytes > MAX_FRAME_BYTES)
      return refuse(
        new VedetteError("RECORD_TOO_LARGE", `A batch of ${bytes} bytes is over ${MAX_FRAME_BYTES}`),
      );
    if (metrics.failing && clock() < restUntil) {
      metrics.refusedFailing++;
      return refuse(unwritable(folder, lastFailure));
    }
    if (metrics.backlogBytes + metrics.waitingBytes + bytes > maxBacklogBytes) {
      metrics.refusedFull++;
      full = true;
      const held = `${metrics.backlogBytes} bytes wait for the store`;
      return refuse(
        new VedetteError("JOURNAL_FULL", `${held}, and more may not: ${maxBacklogBytes}`, folder),
      );
    }
    if (metrics.waitingBytes > 0 && metrics.waitingBytes + bytes > maxWaitingBytes) {
      metrics.refusedBusy++;
      const held = `${metrics.waiting} batches (${metrics.waitingBytes} bytes)`;
      return refuse(new VedetteError("JOURNAL_BUSY", `${held} wait for the disk already`, folder));
    }
    metrics.waiting++;
    metrics.waitingBytes += bytes;
    return new Promise((resolve, reject) => {
      queue.push({ record, bytes, resolve, reject });
      kick();
    });
  }

  function kick(): Promise<void> {
    running ??= run().finally(() => {
      running = undefined;
      // What came after the last look at it.
      if (workLeft()) void kick();
    });
    return running;
  }

  function workLeft(): boolean {
    return queue.length > 0 || (closeFirst && writer !== undefined && !metrics.failing);
  }

  async function run(): Promise<void> {
    // Appends of this turn of the event loop join the first group.
    await Promise.resolve();
    while (queue.length > 0 || (closeFirst && writer !== undefined)) {
      const group = takeGroup();
      try {
        if (closeFirst) await closeSegment();
        if (group.length === 0) continue;
        await requireRoom(group.reduce((sum, { bytes }) => sum + bytes, 0));
        if (writer === undefined) {
          writer = await createSegment(folder, last + 1);
          last++;
          openedAt = clock();
        }
        const before = writer.synced;
        const positions = await writer.write(group.map((waiting) => waiting.record));
        metrics.syncs++;
        metrics.bytes += writer.synced - before;
        metrics.backlogBytes += writer.synced - before;
        metrics.failing = false;
        acknowledge(group, positions);
        if (writer.synced >= segmentBytes || writer.events >= segmentEvents) closeFirst = true;
      } catch (cause) {
        fail(group, cause);
        return;
      }
    }
  }

  async function requireRoom(bytes: number): Promise<void> {
    if (options.room === undefined) return;
    if (room < bytes || clock() - roomAt >= ROOM_KNOWN_MS) {
      room = await options.room();
      roomAt = clock();
    }
    if (room < bytes) throw new Error("what is left of the disk is kept for the store");
    room -= bytes;
  }

  function takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of queue) {
      if (count > 0 && bytes + waiting.bytes > MAX_GROUP_BYTES) break;
      bytes += waiting.bytes;
      count++;
    }
    const group = queue.slice(0, count);
    queue = queue.slice(count);
    return group;
  }

  async function closeSegment(): Promise<void> {
    if (writer !== undefined) {
      await writer.close();
      const { number, events } = writer;
      writer = undefined;
      closedAt = clock();
      if (events > 0) options.onClosed?.(number);
    }
    closeFirst = false;
  }

  function acknowledge(group: readonly Waiting[], positions: readonly Position[]): void {
    for (const [i, waiting] of group.entries()) {
      settle(waiting);
      metrics.batches++;
      metrics.events += waiting.record.events;
      waiting.resolve(positions[i] ?? START);
    }
  }

  /** Nobody who waits is acknowledged; whoever comes after the rest tries the disk again. */
  function fail(group: readonly Waiting[], cause: unknown): void {
    metrics.failures++;
    metrics.failing = true;
    lastFailure = cause;
    restUntil = clock() + retryAfter;
    closeFirst = true;
    const turnedAway = [...group, ...queue];
    queue = [];
    for (const waiting of turnedAway) {
      settle(waiting);
      waiting.reject(unwritable(folder, cause));
    }
  }

  function settle(waiting: Waiting): void {
    metrics.waiting--;
    metrics.waitingBytes -= waiting.bytes;
  }

  function closeWhenOld(): void {
    const age = openedAt - closedAt >= segmentAge ? firstAge : segmentAge;
    if (writer === undefined || clock() - openedAt < age) return;
    if (metrics.failing && clock() < restUntil) return;
    closeFirst = true;
    void kick();
  }

  async function* read(from: Position = START): AsyncGenerator<JournalEntry> {
    let after = from;
    for (;;) {
      const next = listSegments(folder).find((segment) => segment.number >= after.segment);
      if (next === undefined) return;
      const end = writer?.number === next.number ? writer.synced : Number.POSITIVE_INFINITY;
      const bytes = await readFile(next.path).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === "ENOENT") return undefined;
        throw cause;
      });
      // Renamed or removed since it was listed.
      if (bytes === undefined) continue;
      for (const entry of readSegment(bytes, next.number).entries) {
        if (entry.end <= end && comparePositions(entry.position, after) > 0) yield entry;
      }
      if (end !== Number.POSITIVE_INFINITY) return;
      after = { segment: next.number + 1, offset: 0 };
    }
  }

  const timer = setInterval(closeWhenOld, Math.max(10, firstAge / 4));
  timer.unref();

  return {
    metrics,
    get full() {
      return full;
    },
    append,
    read,
    segments: () => listSegments(folder).filter(({ state }) => state === "closed" || state === "storing"),
    async mark(number, state) {
      const segment = listSegments(folder).find((known) => known.number === number);
      if (segment === undefined || segment.state === state || segment.state === "open") return;
      const { size } = await stat(segment.path);
      await rename(segment.path, segmentPath(folder, number, state));
      if (state === "stored") {
        metrics.backlogBytes = Math.max(0, metrics.backlogBytes - (size - SEGMENT_HEADER));
        full = false;
      }
      await syncFolder(folder);
    },
    async release(position) {
      const segments = listSegments(folder);
      const newest = segments.at(-1)?.number ?? 0;
      for (const segment of segments) {
        if (segment.state !== "stored" || segment.number >= Math.min(position.segment, newest)) continue;
        await rm(segment.path, { force: true });
      }
    },
    async rotate() {
      if (writer === undefined) return;
      closeFirst = true;
      do await kick();
      while (workLeft());
    },
    async close() {
      closed = true;
      clearInterval(timer);
      closeFirst = true;
      while (queue.length > 0 || running !== undefined) await kick();
      if (writer !== undefined) await closeSegment().catch(() => undefined);
    },
  };
}

async function prepare(folder: string, metrics: JournalMetrics): Promise<number> {
  try {
    await mkdir(folder, { recursive: true });
    const recovery = await recoverSegments(folder);
    metrics.cut = recovery.cut;
    metrics.damaged = recovery.damaged;
    metrics.backlogBytes = recovery.backlog;
    return recovery.last;
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

/** A rejection that the caller may look at later. */
function refuse(error: VedetteError): Promise<never> {
  return Promise.reject(error);
}

function unwritable(folder: string, cause: unknown): VedetteError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new VedetteError("JOURNAL_UNWRITABLE", `Cannot write the journal in ${folder}: ${reason}`, folder, {
    cause,
  });
}
