/**
 * What a source hands over → read on a thread → on disk in the journal → acknowledged → watched. Batches reach the
 * engine in the order of the journal, so that a replay of the journal is the same stream.
 */
import type { Intake, IntakeBatch, Receipt } from "../capture/live/intake.ts";
import type { DetectorSettings } from "../detect/settings.ts";
import { VedetteError } from "../errors.ts";
import type { JournalRecord } from "../journal/frame.ts";
import type { Journal } from "../journal/journal.ts";
import type { Position } from "../journal/position.ts";
import type { FrontAnswer } from "./front.ts";
import type { FrontPool } from "./front-pool.ts";
import { createPace, type Pace } from "./pace.ts";
import { createReceipts, type Taken } from "./receipts.ts";
import { SAMPLE_SOURCE } from "./sample-mark.ts";
import { settingsRecord } from "./settings-record.ts";
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
  /** Of these, events for services that the source may not speak for. */
  foreign: number;
  /** Batches that had been taken before, and were answered as then. */
  repeated: number;
  refusedBusy: number;
  /** Bytes under way. */
  waitingBytes: number;
}

export interface LiveIntake extends Intake {
  readonly metrics: Readonly<IntakeMetrics>;
  readonly pace: Pace;
  /** Remembers what the journal holds, so that a repetition after a restart is known. @param key of its record */
  remember(key: string, events: number): void;
  /** Settings among the events: applied after what was taken in before, and before what comes after. */
  configure(settings: DetectorSettings): Promise<void>;
  /** Waits for what is under way. */
  idle(): Promise<void>;
}

const MAX_BYTES = 128 * 1024 * 1024;

/** Between name and print in the journal; no header can hold it. */
const PRINT_MARK = "\n";

function journalKey(name: string, print: string): string {
  return print === "" ? name : name + PRINT_MARK + print;
}

export function createIntake(options: IntakeOptions): LiveIntake {
  const { pool, journal, maxBytes = MAX_BYTES } = options;
  const receipts = createReceipts();
  const pace = createPace();
  const underWay = new Set<Promise<Taken>>();
  const metrics: IntakeMetrics = {
    events: 0,
    bytes: 0,
    rejected: 0,
    foreign: 0,
    repeated: 0,
    refusedBusy: 0,
    waitingBytes: 0,
  };
  /** Journaled batches wait here for those before them: promises may resolve in any order. */
  let order = Promise.resolve();

  async function take(batch: IntakeBatch): Promise<Taken> {
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
        file: batch.source.startsWith("/") || batch.source === SAMPLE_SOURCE ? batch.source : "",
        service: batch.service ?? options.service,
        services: batch.services,
        trustedProxies: options.trustedProxies,
      });
      if (answer.rejected > 0) options.onRejected?.(batch, answer);
      const name = batch.key ?? (answer.named ? batch.digest : undefined);
      const print = batch.print ?? "";
      if (answer.events > 0) await write(journalKey(name ?? "", print), number, answer);
      metrics.events += answer.events;
      metrics.bytes += size;
      const rejected = answer.rejected + (batch.skipped ?? 0);
      metrics.rejected += rejected;
      metrics.foreign += answer.foreign;
      const receipt = {
        accepted: answer.events,
        ignored: answer.ignored,
        rejected,
        foreign: answer.foreign,
        rejections: answer.rejections.map(({ line, reason }) => ({ line, reason })),
      };
      return { receipt, print, known: name !== undefined };
    } finally {
      metrics.waitingBytes -= size;
    }
  }

  async function write(key: string, number: bigint, answer: FrontAnswer): Promise<void> {
    const { facts, payload, events, minTime, maxTime } = answer;
    const rows = new Uint8Array(facts.buffer, facts.byteOffset, facts.byteLength);
    await append({ batch: number, events, minTime, maxTime, key, facts: rows, payload });
  }

  function append(record: JournalRecord): Promise<void> {
    const written = journal.append(record);
    order = Promise.allSettled([order, written]).then(([, outcome]) => {
      if (outcome.status === "fulfilled") options.onJournaled(record, outcome.value);
    });
    return written.then(() => undefined);
  }

  /** The batch may have been taken before; when it is not known by its name after all, it is another. */
  async function again(batch: IntakeBatch, before: Promise<Taken>): Promise<Receipt> {
    const { receipt, print, known } = await before;
    if (!known) return begin(batch);
    if (print !== "" && batch.print !== undefined && print !== batch.print)
      throw new VedetteError(
        "IDEMPOTENCY_KEY_REUSED",
        "Another body was taken under this key",
        "Idempotency-Key",
      );
    metrics.repeated++;
    return receipt;
  }

  async function begin(batch: IntakeBatch): Promise<Receipt> {
    if (metrics.waitingBytes > 0 && metrics.waitingBytes + batch.bytes.length > maxBytes) {
      metrics.refusedBusy++;
      throw new VedetteError(
        "JOURNAL_BUSY",
        `${metrics.waitingBytes} bytes are being read already`,
        batch.source,
      );
    }
    const began = performance.now();
    const taken = take(batch);
    const name = batch.key ?? batch.digest;
    if (name !== undefined) receipts.note(name, taken);
    underWay.add(taken);
    const done = () => void underWay.delete(taken);
    taken.then(done, done);
    const { receipt } = await taken;
    pace.note(receipt.accepted, performance.now() - began);
    return receipt;
  }

  return {
    accept(batch) {
      const name = batch.key ?? batch.digest;
      const before = name === undefined ? undefined : receipts.get(name);
      return before === undefined ? begin(batch) : again(batch, before);
    },
    remember(key, events) {
      if (key === "") return;
      const [name = "", print = ""] = key.split(PRINT_MARK);
      const receipt = { accepted: events, ignored: 0, rejected: 0, foreign: 0, rejections: [] };
      receipts.note(name, Promise.resolve({ receipt, print, known: true }));
    },
    async configure(settings) {
      await append(settingsRecord(settings));
      await order;
    },
    async idle() {
      await Promise.allSettled(underWay);
      await order;
    },
    metrics,
    pace,
  };
}
