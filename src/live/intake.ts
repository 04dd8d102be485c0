/**
 * What a source hands over → read on a thread → on disk in the journal → acknowledged → watched. Batches reach the
 * engine in the order of the journal, so that a replay of the journal is the same stream.
 */
import type { Intake, IntakeBatch, Receipt } from "../capture/live/intake.ts";
import { VedetteError } from "../errors.ts";
import type { Journal } from "../journal/journal.ts";
import type { Position } from "../journal/position.ts";
import type { FrontAnswer } from "./front.ts";
import type { FrontPool } from "./front-pool.ts";
import { createReceipts } from "./receipts.ts";
import type { WatchedBatch } from "./watch.ts";

export interface IntakeOptions {
  readonly pool: FrontPool;
  readonly journal: Journal;
  readonly nextBatch: () => bigint;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly trustedProxies: readonly string[];
  /** Service of events that name none, from sources that name none. */
  readonly service: string;
  /** Called for each batch once it is on disk, in the order of the journal. */
  readonly onJournaled: (batch: WatchedBatch, position: Position) => void;
  /** Lines that could not be read. */
  readonly onRejected?: (batch: IntakeBatch, answer: FrontAnswer) => void;
  /** Bytes that may be under way between a source and the disk. */
  readonly maxBytes?: number;
}

export interface IntakeMetrics {
  events: number;
  bytes: number;
  rejected: number;
  refusedBusy: number;
  /** Bytes under way. */
  waitingBytes: number;
}

export interface LiveIntake extends Intake {
  readonly metrics: Readonly<IntakeMetrics>;
  /** Remembers what the journal holds, so that a repetition after a restart is known. */
  remember(key: string, events: number): void;
  /** Waits for what is under way. */
  idle(): Promise<void>;
}

const MAX_BYTES = 128 * 1024 * 1024;

export function createIntake(options: IntakeOptions): LiveIntake {
  const { pool, journal, maxBytes = MAX_BYTES } = options;
  const receipts = createReceipts();
  const underWay = new Set<Promise<Receipt>>();
  const metrics: IntakeMetrics = { events: 0, bytes: 0, rejected: 0, refusedBusy: 0, waitingBytes: 0 };
  /** Journaled batches wait here for those before them: promises may resolve in any order. */
  let order = Promise.resolve();

  async function take(batch: IntakeBatch): Promise<Receipt> {
    const { bytes } = batch;
    const size = bytes.length;
    metrics.waitingBytes += size;
    try {
      const number = options.nextBatch();
      const answer = await pool.read({
        choice: batch.choice,
        bytes,
        batch: number,
        observed: options.now(),
        file: batch.source.startsWith("/") ? batch.source : "",
        service: batch.service ?? options.service,
        services: batch.services,
        trustedProxies: options.trustedProxies,
      });
      if (answer.rejected > 0) options.onRejected?.(batch, answer);
      if (answer.events > 0) await write(batch, number, answer);
      metrics.events += answer.events;
      metrics.bytes += size;
      metrics.rejected += answer.rejected;
      return {
        accepted: answer.events,
        ignored: answer.ignored,
        rejected: answer.rejected,
        rejections: answer.rejections.map(({ line, reason }) => ({ line, reason })),
      };
    } finally {
      metrics.waitingBytes -= size;
    }
  }

  async function write(batch: IntakeBatch, number: bigint, answer: FrontAnswer): Promise<void> {
    const { facts, payload, events, minTime, maxTime } = answer;
    const rows = new Uint8Array(facts.buffer, facts.byteOffset, facts.byteLength);
    const written = journal.append({
      batch: number,
      events,
      minTime,
      maxTime,
      key: batch.key ?? "",
      facts: rows,
      payload,
    });
    const watched = { batch: number, facts: rows, payload };
    order = Promise.allSettled([order, written]).then(([, outcome]) => {
      if (outcome.status === "fulfilled") options.onJournaled(watched, outcome.value);
    });
    await written;
  }

  return {
    accept(batch) {
      const { key } = batch;
      const known = key === undefined ? undefined : receipts.get(key);
      if (known !== undefined) return known;
      if (metrics.waitingBytes > 0 && metrics.waitingBytes + batch.bytes.length > maxBytes) {
        metrics.refusedBusy++;
        return Promise.reject(
          new VedetteError(
            "JOURNAL_BUSY",
            `${metrics.waitingBytes} bytes are being read already`,
            batch.source,
          ),
        );
      }
      const receipt = take(batch);
      if (key !== undefined) receipts.note(key, receipt);
      underWay.add(receipt);
      const done = () => void underWay.delete(receipt);
      receipt.then(done, done);
      return receipt;
    },
    remember(key, events) {
      if (key === "") return;
      receipts.note(key, Promise.resolve({ accepted: events, ignored: 0, rejected: 0, rejections: [] }));
    },
    async idle() {
      await Promise.allSettled(underWay);
      await order;
    },
    metrics,
  };
}
