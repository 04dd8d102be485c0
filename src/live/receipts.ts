/** Receipts by idempotency key: a batch that comes again is answered as it was, and not taken again. */
import type { Receipt } from "../capture/live/intake.ts";

export interface Receipts {
  /** The receipt of a batch that was taken, or is being taken, under this key. */
  get(key: string): Promise<Receipt> | undefined;
  /** A batch that fails is forgotten, so that it may come again. */
  note(key: string, receipt: Promise<Receipt>): void;
}

/** Ten minutes of a thousand batches a second: senders retry within minutes. */
const MAX_RECEIPTS = 600_000;

export function createReceipts(limit = MAX_RECEIPTS): Receipts {
  let young = new Map<string, Promise<Receipt>>();
  let old = new Map<string, Promise<Receipt>>();
  return {
    get: (key) => young.get(key) ?? old.get(key),
    note(key, receipt) {
      young.set(key, receipt);
      receipt.catch(() => {
        young.delete(key);
        old.delete(key);
      });
      if (young.size < limit / 2) return;
      old = young;
      young = new Map();
    },
  };
}
