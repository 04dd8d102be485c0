/**
 * Events as they come in, for those who watch: each batch is decoded once, whoever watches, and each watcher has a
 * bounded queue. Who reads slower than events come loses the newest, and is told how many.
 */
import { VedetteError } from "../errors.ts";
import type { ApiEvent, Finding } from "../event.ts";
import type { WatchedBatch } from "../live/watch.ts";
import { decodeEvents } from "../store/events/decode-events.ts";
import type { EventPredicate } from "./query/predicate.ts";

export interface TailedEvent {
  readonly id: string;
  readonly event: ApiEvent;
  readonly findings: readonly Finding[];
}

export interface Watcher {
  /** Waits for events, at most `wait` milliseconds. @returns what came, and how many were lost since the last call */
  next(wait: number): Promise<{ readonly events: readonly TailedEvent[]; readonly dropped: number }>;
  readonly closed: boolean;
  close(): void;
}

export interface Tails {
  /** @throws VedetteError TOO_MANY_REQUESTS when too many watch */
  watch(matches: EventPredicate): Watcher;
  accept(batch: WatchedBatch): void;
  readonly watching: number;
  /** Ends every watcher: the server closes. */
  close(): void;
}

export interface TailLimits {
  readonly watchers: number;
  /** Events that wait for one watcher, and their bytes as they came. */
  readonly queue: number;
  readonly bytes: number;
  /** Milliseconds that all watchers together may take of one batch. */
  readonly batchMs: number;
}

export const TAIL_LIMITS: TailLimits = { watchers: 50, queue: 500, bytes: 4 << 20, batchMs: 20 };
/** The clock is looked at after so many rows. */
const ROWS_A_LOOK = 64;

interface Watching {
  readonly matches: EventPredicate;
  events: TailedEvent[];
  bytes: number;
  dropped: number;
  wake: () => void;
}

export function createTails(limits: TailLimits = TAIL_LIMITS): Tails {
  const watching = new Set<Watching>();

  return {
    watch(matches) {
      if (watching.size >= limits.watchers)
        throw new VedetteError("TOO_MANY_REQUESTS", `${watching.size} clients follow events already`);
      const own: Watching = { matches, events: [], bytes: 0, dropped: 0, wake: () => {} };
      watching.add(own);
      return {
        async next(wait) {
          if (own.events.length === 0 && own.dropped === 0 && watching.has(own)) {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, wait);
              own.wake = () => {
                clearTimeout(timer);
                resolve();
              };
            });
          }
          const { events, dropped } = own;
          own.events = [];
          own.bytes = 0;
          own.dropped = 0;
          return { events, dropped };
        },
        get closed() {
          return !watching.has(own);
        },
        close: () => end(own),
      };
    },
    accept({ payload, batch }) {
      if (watching.size === 0) return;
      const stored = decodeEvents(payload, batch);
      // Watching must not hold up taking events in: what is not looked at counts as lost.
      const until = performance.now() + limits.batchMs;
      const size = payload.length / Math.max(1, stored.rows);
      let row = 0;
      for (; row < stored.rows; row++) {
        if (row % ROWS_A_LOOK === ROWS_A_LOOK - 1 && performance.now() > until) break;
        offer({ id: stored.id(row), event: stored.event(row), findings: stored.findings(row) }, size);
      }
      for (const each of watching) {
        each.dropped += stored.rows - row;
        if (each.events.length > 0 || each.dropped > 0) each.wake();
      }
    },
    close: () => watching.forEach(end),
    get watching() {
      return watching.size;
    },
  };

  function end(one: Watching): void {
    watching.delete(one);
    one.wake();
  }

  /** @param bytes of it, as the mean of its batch */
  function offer(tailed: TailedEvent, bytes: number): void {
    for (const each of watching) {
      if (!each.matches(tailed.event, tailed.findings)) continue;
      const room = each.events.length < limits.queue && each.bytes + bytes <= limits.bytes;
      if (!room && each.events.length > 0) each.dropped++;
      else {
        each.events.push(tailed);
        each.bytes += bytes;
      }
    }
  }
}
