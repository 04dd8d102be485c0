/**
 * Hands a batch to the intake until it is taken: a busy journal or a full disk holds the source back, and nothing is
 * lost. A batch that cannot be read whatever the disk does is given up and counted. For sources that can wait; an HTTP client is told to come again instead.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type ErrorCode, VedetteError } from "../../errors.ts";
import { noteError, noteReceipt, type SourceHealth } from "./health.ts";
import type { Intake, IntakeBatch, Receipt } from "./intake.ts";

export interface DeliveryOptions {
  readonly intake: Intake;
  readonly health: SourceHealth;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
  /** First pause after a refusal, in milliseconds; it doubles up to five seconds. */
  readonly retryAfter?: number;
}

const LONGEST_PAUSE = 5_000;
/** What passes by itself; anything else is the batch's own doing. */
const PASSES: ReadonlySet<ErrorCode> = new Set(["JOURNAL_BUSY", "JOURNAL_UNWRITABLE", "JOURNAL_FULL"]);
/** A batch that breaks what reads it so often is given up: those behind it must not wait forever. */
const MOST_BREAKS = 5;

/** @returns undefined when the signal came first: the batch may or may not have been taken */
export async function deliver(batch: IntakeBatch, options: DeliveryOptions): Promise<Receipt | undefined> {
  const { intake, health, clock, signal } = options;
  let pause = options.retryAfter ?? 100;
  let breaks = 0;
  while (!signal.aborted) {
    try {
      // A copy each time: the intake moves the buffer to another thread.
      const receipt = await intake.accept({ ...batch, bytes: batch.bytes.slice() });
      noteReceipt(health, receipt, batch.bytes.length, clock());
      return receipt;
    } catch (cause) {
      noteError(health, "waiting", cause, clock());
      const passes = cause instanceof VedetteError && PASSES.has(cause.code);
      if (!passes && ++breaks === MOST_BREAKS) return giveUp(batch, options);
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
  return undefined;
}

function giveUp(batch: IntakeBatch, { health, clock }: DeliveryOptions): Receipt {
  let rejected = 0;
  for (const byte of batch.bytes) if (byte === LINE_FEED) rejected++;
  const receipt = { accepted: 0, ignored: 0, rejected, foreign: 0, rejections: [] };
  noteReceipt(health, receipt, batch.bytes.length, clock());
  return receipt;
}

const LINE_FEED = 10;
