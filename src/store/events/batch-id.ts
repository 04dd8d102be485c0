/**
 * The ids of events. A batch has a number: milliseconds since the epoch when it was taken in, times 2^20, plus a
 * count from a random start; so numbers grow, and two processes do not meet. An event without an id of its own is
 * called by its batch and its row, which cost two bytes on disk where a random id costs sixteen.
 */
import { randomInt } from "node:crypto";

const COUNT_BITS = 20n;

/** @returns numbers that grow, whatever the clock does */
export function createBatchIds(clock: () => number): () => bigint {
  let last = 0n;
  const start = BigInt(randomInt(2 ** 18));
  return () => {
    const now = (BigInt(Math.floor(clock())) << COUNT_BITS) + start;
    last = now > last ? now : last + 1n;
    return last;
  };
}

/** When a batch was taken in, milliseconds since the epoch. */
export function arrivalOf(batch: bigint): number {
  return Number(batch >> COUNT_BITS);
}

/** "1f3a9c04b0012345-17": batch in 16 hexadecimal digits, row. */
export function eventIdOf(batch: bigint, row: number): string {
  return `${batch.toString(16).padStart(16, "0")}-${row}`;
}

/** @returns undefined when the id is one that the sender gave */
export function readEventId(id: string): { readonly batch: bigint; readonly row: number } | undefined {
  const [, batch, row] = /^([0-9a-f]{16})-(\d{1,9})$/.exec(id) ?? [];
  if (batch === undefined || row === undefined) return undefined;
  return { batch: BigInt(`0x${batch}`), row: Number(row) };
}
