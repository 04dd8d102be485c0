/** Receipts by idempotency key or digest: a batch that comes again is answered as it was, and not taken again. */
import type { Receipt } from "../capture/live/intake.ts";

export interface Taken {
  readonly receipt: Receipt;
  /** Of the body, when it came under an idempotency key; empty where it is not known. */
  readonly print: string;
  /** The same name again means the same batch. */
  readonly known: boolean;
}

export interface Receipts {
  /** The receipt of a batch that was taken, or is being taken, under this name. */
  get(name: string): Promise<Taken> | undefined;
  /** A batch that fails, or is not known by its name, is forgotten, so that it may come again. */
  note(name: string, taken: Promise<Taken>): void;
}

/** The newest half of them at least: at 300 batches a second, five minutes. Senders try again within that. */
const MAX_RECEIPTS = 200_000;

export function createReceipts(limit = MAX_RECEIPTS): Receipts {
  let young = new Map<string, Promise<Taken>>();
  let old = new Map<string, Promise<Taken>>();

  function forget(name: string, taken: Promise<Taken>): void {
    for (const kept of [young, old]) if (kept.get(name) === taken) kept.delete(name);
  }

  return {
    get: (name) => young.get(name) ?? old.get(name),
    note(name, taken) {
      young.set(name, taken);
      taken.then(
        ({ known }) => {
          if (!known) forget(name, taken);
        },
        () => forget(name, taken),
      );
      if (young.size < limit / 2) return;
      old = young;
      young = new Map();
    },
  };
}
