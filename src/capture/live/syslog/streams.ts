/**
 * The messages of one listener, apart by sender and program: each such stream has a format of its own, found from its
 * first lines and again when its lines fail. Lines wait a moment to be sent as a batch; all that waits is bounded.
 */
import type { FormatChoice } from "../../format.ts";
import { deliver } from "../deliver.ts";
import type { SourceHealth } from "../health.ts";
import type { Intake } from "../intake.ts";
import type { Quarantine } from "../quarantine.ts";
import type { createRecogniser } from "../recognise.ts";
import type { SyslogMessage } from "./message.ts";

export interface StreamsOptions {
  readonly intake: Intake;
  readonly health: SourceHealth;
  readonly recognise: ReturnType<typeof createRecogniser>;
  readonly clock: () => number;
  readonly quarantine: Pick<Quarantine, "add"> | undefined;
  readonly service: string | undefined;
  readonly services: readonly string[] | undefined;
  readonly batchEvery: number;
  readonly queueBytes: number;
  readonly retryAfter: number | undefined;
  /** Called when the queue is full, and when there is room again. */
  readonly onFull: (full: boolean) => void;
}

export interface Streams {
  /** True when what waits is as much as may wait: the message was not taken. */
  readonly full: boolean;
  add(message: SyslogMessage, sender: string): void;
  /** Sends what waits, for so many milliseconds at most. */
  close(atMost: number): Promise<void>;
}

interface Stream {
  choice: FormatChoice | undefined;
  /** As they came in, and as they are inside the header: the format is found from these. */
  lines: string[];
  texts: string[];
  bytes: number;
  /** Batches for which nothing was recognised, and lines to pass over before the next try. */
  failures: number;
  deaf: number;
  waits: number;
}

const MOST_STREAMS = 1_000;
const BATCH_BYTES = 1 << 20;
/** Enough lines to tell a format; fewer are waited for so many rounds. */
const TELLING_LINES = 20;
const MOST_WAITS = 4;
const LONGEST_DEAF = 100_000;
/** A stream whose lines fail is looked at anew. */
const FAILED_LINES = 5;

export function createStreams(options: StreamsOptions): Streams {
  const { health, clock } = options;
  /** Least recently used first. */
  const streams = new Map<string, Stream>();
  const stopping = new AbortController();
  let sending: Promise<void> = Promise.resolve();
  let full = false;
  const timer = setInterval(() => flushAll(false), options.batchEvery);
  timer.unref();

  function streamOf(key: string): Stream {
    const known = streams.get(key);
    streams.delete(key);
    const stream = known ?? {
      choice: undefined,
      lines: [],
      texts: [],
      bytes: 0,
      failures: 0,
      deaf: 0,
      waits: 0,
    };
    streams.set(key, stream);
    if (streams.size > MOST_STREAMS) {
      for (const [oldest, idle] of streams) {
        flush(idle, true);
        streams.delete(oldest);
        break;
      }
    }
    return stream;
  }

  function note(change: number): void {
    health.lag += change;
    const now = full ? health.lag > options.queueBytes / 2 : health.lag >= options.queueBytes;
    if (now === full) return;
    full = now;
    options.onFull(full);
  }

  function flushAll(last: boolean): void {
    for (const stream of streams.values()) flush(stream, last);
  }

  function flush(stream: Stream, last: boolean): void {
    if (stream.lines.length === 0) return;
    const early = stream.choice === undefined && stream.lines.length < TELLING_LINES;
    if (early && !last && stream.waits++ < MOST_WAITS) return;
    const { lines, texts, bytes } = stream;
    stream.lines = [];
    stream.texts = [];
    stream.bytes = 0;
    stream.waits = 0;
    stream.choice ??= recogniseStream(stream, texts);
    const { choice } = stream;
    if (choice === undefined) {
      health.ignored += lines.length;
      note(-bytes);
      return;
    }
    // What is wrapped twice is given without its outer wrapping.
    const wrapped = choice.envelope === "none";
    const batch = {
      source: health.source,
      choice: wrapped ? { ...choice, envelope: "syslog" as const } : choice,
      bytes: new Uint8Array(Buffer.from(`${(wrapped ? lines : texts).join("\n")}\n`)),
      ...(options.service !== undefined && { service: options.service }),
      ...(options.services !== undefined && { services: options.services }),
    };
    sending = sending.then(async () => {
      const receipt = await deliver(batch, {
        intake: options.intake,
        health,
        clock,
        signal: stopping.signal,
        ...(options.retryAfter !== undefined && { retryAfter: options.retryAfter }),
      });
      note(-bytes);
      if (receipt === undefined) health.dropped += lines.length;
      else if (receipt.rejected >= FAILED_LINES && receipt.rejected * 2 > lines.length)
        stream.choice = undefined;
    });
  }

  function recogniseStream(stream: Stream, texts: readonly string[]): FormatChoice | undefined {
    const detection = options.recognise(texts);
    if (detection.found) {
      stream.failures = 0;
      return { ...detection.choice, records: "lines" };
    }
    // A syslog carries more than requests: what is none of them costs little.
    stream.deaf = Math.min(100 * 2 ** stream.failures++, LONGEST_DEAF);
    options.quarantine?.add(health.source, detection.reason, texts[0] ?? "");
    return undefined;
  }

  return {
    get full() {
      return full;
    },
    add(message, sender) {
      const stream = streamOf(`${sender} ${message.app}`);
      if (stream.deaf > 0) {
        stream.deaf--;
        health.ignored++;
        return;
      }
      stream.lines.push(message.line);
      stream.texts.push(message.text);
      // Characters, which are bytes in all but few logs.
      stream.bytes += message.line.length;
      note(message.line.length);
      if (stream.bytes >= BATCH_BYTES) flush(stream, true);
    },
    async close(atMost) {
      clearInterval(timer);
      flushAll(true);
      const late = setTimeout(() => stopping.abort(), atMost);
      await sending;
      clearTimeout(late);
    },
  };
}
