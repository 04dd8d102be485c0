/** The journal's way into the store, and what may go from either: stored segments, old days, what is over budget. */
import type { Journal } from "../journal/journal.ts";
import { comparePositions, type Position } from "../journal/position.ts";
import type { EventStore, Retention } from "../store/contract.ts";
import { storeSegments } from "../store/store-segments.ts";
import { diskRoom } from "./disk-room.ts";
import type { LiveLog } from "./live.ts";

/** Stored segments stay so long: a sender that was cut off comes again within it, and its batch is then known. */
const REMEMBER_MS = 600_000;
/** Most that stored events take of a disk that is smaller than their budget. */
const EVENTS_OF_DISK = 0.7;

export interface StoringOptions {
  readonly journal: Journal;
  readonly journalFolder: string;
  readonly store: EventStore;
  /** Of the embedded store; undefined for a server of its own, which looks after its own disk. */
  readonly storeFolder: string | undefined;
  readonly retention: Retention;
  readonly budgetBytes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What has been watched. */
  readonly seen: () => Position;
  /** What checkpoints hold: a restart goes on from there. */
  readonly checkpointed: () => Position;
  readonly log: LiveLog;
}

export interface Storing {
  /** Closed segments into the store. @throws VedetteError of the store */
  store(): Promise<void>;
  /** Old data, and the oldest over budget. */
  evict(): Promise<void>;
}

export function createStoring(options: StoringOptions): Storing {
  const { journal, store, now, seen } = options;
  /** Where the journal stood, and when: what is older than REMEMBER_MS may go. */
  const passed: { readonly position: Position; readonly at: number }[] = [];

  /** What is kept for repetitions alone goes at once when the disk is too full for the store to work. */
  async function release(): Promise<void> {
    let old: Position | undefined;
    if ((await diskRoom(options.journalFolder)).room < 0) old = seen();
    else while (passed[0] !== undefined && now() - passed[0].at > REMEMBER_MS) old = passed.shift()?.position;
    if (old === undefined) return;
    const held = options.checkpointed();
    await journal.release(comparePositions(old, held) < 0 ? old : held);
  }

  return {
    async store() {
      await release();
      await store.reach();
      const stored = await storeSegments(journal, store);
      if (stored.length > 0) passed.push({ position: seen(), at: now() });
    },
    async evict() {
      let budget = options.budgetBytes;
      if (options.storeFolder !== undefined)
        budget = Math.min(budget, (await diskRoom(options.storeFolder)).size * EVENTS_OF_DISK);
      for (const gone of await store.evict(now(), options.retention, budget)) {
        options.log("warn", "removed stored data to keep a limit", gone);
      }
    },
  };
}
