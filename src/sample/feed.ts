/** Sends the sample as any source sends its events: first what lies in the past, then each moment as it comes. */
import { setImmediate as breathe } from "node:timers/promises";
import type { FormatChoice } from "../capture/format.ts";
import { newHealth, noteReceipt, type SourceHealth } from "../capture/live/health.ts";
import type { Intake } from "../capture/live/intake.ts";
import { SAMPLE_SOURCE, sampleKey } from "../live/sample-mark.ts";
import { caughtUp, endOfNext, type SampleProgress } from "./progress.ts";
import { type SampleEvent, sampleTraffic } from "./traffic.ts";

export interface FeedOptions {
  readonly seed: number;
  readonly progress: SampleProgress;
  readonly intake: Intake;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Keeps how far it is. */
  readonly note: (progress: SampleProgress) => Promise<void>;
}

export interface Feed {
  /** Sends what is due. @throws VedetteError JOURNAL_BUSY, JOURNAL_UNWRITABLE: it goes on from there the next time */
  send(): Promise<void>;
  /** Nothing new is sent any more. */
  stop(): void;
  readonly progress: SampleProgress;
  readonly health: SourceHealth;
}

/** Between two notes in the present; what was sent since is known by its keys. */
const NOTE_EVERY_MS = 20_000;
const DAY_MS = 86_400_000;
/** Events that are made at a stretch. */
const STRETCH = 500;

export function createFeed({ seed, intake, now, note, ...options }: FeedOptions): Feed {
  const health = newHealth(SAMPLE_SOURCE, "sample");
  let { progress } = options;
  let noted = progress;
  let stopping = false;
  let traffic: Generator<SampleEvent, void, void> | undefined;
  let made: SampleEvent[] = [];

  async function keep(): Promise<void> {
    await note(progress);
    noted = progress;
  }

  /** Makes the events before `end`; they are kept until they have been taken. */
  async function make(end: number): Promise<void> {
    traffic ??= sampleTraffic({ seed, began: progress.began }, progress.until);
    for (let n = 1; (made.at(-1)?.time ?? 0) < end && !stopping; n++) {
      const next = traffic.next();
      if (next.done === true) return;
      made.push(next.value);
      if (n % STRETCH === 0) await breathe();
    }
  }

  async function sendOne(end: number): Promise<void> {
    await make(end);
    if (stopping) return;
    const due = made.filter(({ time }) => time < end);
    if (due.length > 0) {
      const bytes = new Uint8Array(Buffer.from(due.map(({ line }) => line).join("\n")));
      const size = bytes.length;
      const key = sampleKey(`${progress.began} ${progress.until}`);
      const receipt = await intake.accept({ source: SAMPLE_SOURCE, choice: choiceAt(now()), bytes, key });
      noteReceipt(health, receipt, size, now());
    }
    made = made.slice(due.length);
    progress = { ...progress, until: end };
    if (progress.until <= progress.coarseUntil || progress.until - noted.until >= NOTE_EVERY_MS) await keep();
  }

  return {
    async send() {
      while (!stopping) {
        const at = now();
        const next = caughtUp(progress, at, options.progress.until);
        if (next !== progress) {
          if (next.until !== progress.until) {
            traffic = undefined;
            made = [];
          }
          progress = next;
          await keep();
        }
        const end = endOfNext(progress);
        if (end > at) return;
        await sendOne(end);
      }
    },
    stop() {
      stopping = true;
      health.state = "stopped";
    },
    get progress() {
      return progress;
    },
    health,
  };
}

function choiceAt(now: number): FormatChoice {
  const newest = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  return {
    format: "vedette",
    envelope: "none",
    options: { zoneMinutes: 0, newest },
    records: "lines",
    fallbacks: [],
  };
}
