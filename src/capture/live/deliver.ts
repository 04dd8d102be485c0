/**
 * Hands a batch to the intake until it is taken: a busy journal or a full disk holds the source back, and nothing is
 * lost. For sources that can wait; an HTTP client is told to come again instead.
 */
import { setTimeout as sleep } from "node:timers/promises";
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

/** @returns undefined when the signal came first: the batch may or may not have been taken */
export async function deliver(batch: IntakeBatch, options: DeliveryOptions): Promise<Receipt | undefined> {
  const { intake, health, clock, signal } = options;
  let pause = options.retryAfter ?? 100;
  while (!signal.aborted) {
    try {
      // A copy each time: the intake moves the buffer to another thread.
      const receipt = await intake.accept({ ...batch, bytes: batch.bytes.slice() });
      noteReceipt(health, receipt, batch.bytes.length, clock());
      return receipt;
    } catch (cause) {
      noteError(health, "waiting", cause, clock());
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
  return undefined;
}
