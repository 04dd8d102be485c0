/**
 * From the outbox to the sinks. Each route goes its own way, one notice after the other, so that a sink that is slow
 * or down holds up no other. A notice is marked as begun before it is sent: after a crash in between it goes out
 * once more, under the same id.
 */
import type { Notice, Outbox } from "../store/records/outbox.ts";
import { type Allowance, createAllowance } from "./allowance.ts";
import { backoff } from "./backoff.ts";
import { type NoticeMessage, noticeSchema } from "./notice.ts";
import type { SendResult, Sink } from "./sink.ts";

export interface DeliveryOptions {
  readonly outbox: Outbox;
  /** By the name of the route. */
  readonly sinks: ReadonlyMap<string, Sink>;
  /** By the name of the route: notices that go out within any hour. */
  readonly mostPerHour: ReadonlyMap<string, number>;
  readonly timeoutMs: number;
  /** A notice is given up after so many. */
  readonly mostAttempts: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly log: (level: "info" | "warn" | "error", message: string, detail?: object) => void;
}

export interface RouteMetrics {
  readonly route: string;
  readonly sink: string;
  readonly sent: number;
  /** Attempts that did not succeed. */
  readonly failed: number;
  readonly givenUp: number;
}

export interface Delivery {
  /** Sends what is due on a route, until it is all sent, the sink fails, or delivery stops. */
  drain(route: string): Promise<void>;
  readonly metrics: readonly RouteMetrics[];
  /** Nothing new is begun any more. */
  stop(): void;
}

/** Notices that are read from the outbox at once. */
const BATCH = 20;
const MOST_PAUSE_MS = 60_000;

interface RouteState {
  readonly name: string;
  readonly sink: Sink;
  sent: number;
  failed: number;
  givenUp: number;
  failuresInARow: number;
  pausedUntil: number;
  readonly allowance: Allowance;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { outbox, sinks, mostPerHour, timeoutMs, mostAttempts, now, random, log } = options;
  const routes = new Map<string, RouteState>();
  for (const [name, sink] of sinks) {
    const allowance = createAllowance(outbox, name, mostPerHour.get(name) ?? Number.POSITIVE_INFINITY);
    const nothing = { sent: 0, failed: 0, givenUp: 0, failuresInARow: 0, pausedUntil: 0 };
    routes.set(name, { name, sink, allowance, ...nothing });
  }
  let stopping = false;

  /** @returns whether the sink works */
  async function deliver(route: RouteState, id: string): Promise<boolean> {
    // As it is now: it may have taken up a change since it was found.
    const notice = await outbox.begin(id);
    if (notice === undefined) return true;
    const message = messageOf(notice);
    const result: SendResult =
      message === undefined
        ? { ok: false, again: false, error: "The notice was written by another version of the program." }
        : await route.sink.send(message, AbortSignal.timeout(timeoutMs));
    if (result.ok) {
      await outbox.sent(notice.id, now());
      route.sent++;
      route.allowance.take(now());
      route.failuresInARow = 0;
      return true;
    }
    route.failed++;
    const { attempts } = notice;
    const wait = backoff(attempts, random(), result.waitMs);
    const again = result.again && attempts < mostAttempts;
    await outbox.failed(notice.id, result.error, again ? now() + wait : undefined);
    const told = { route: route.name, notice: notice.id, attempts, reason: result.error };
    if (!again) {
      route.givenUp++;
      log("error", "an alert was given up", told);
    } else if (attempts === 1) {
      log("warn", "an alert could not be sent; it is tried again", told);
    }
    // A final answer is about this notice; any other may be about the sink, which gets some peace.
    if (!result.again) return true;
    route.failuresInARow++;
    const pause = Math.min(MOST_PAUSE_MS, backoff(route.failuresInARow, random()));
    route.pausedUntil = now() + Math.max(pause, result.waitMs ?? 0);
    return false;
  }

  return {
    async drain(name) {
      const route = routes.get(name);
      if (route === undefined) return;
      while (!stopping && now() >= route.pausedUntil) {
        const due = await outbox.due(name, now(), BATCH);
        if (due.length === 0) return;
        for (const { id } of due) {
          const held = await route.allowance.heldUntil(now());
          if (held !== undefined) {
            if (route.pausedUntil < held)
              log("warn", "alerts wait: the route has had as many as it takes in an hour", { route: name });
            route.pausedUntil = held;
            return;
          }
          if (stopping || !(await deliver(route, id))) return;
        }
      }
    },
    get metrics() {
      return [...routes.values()].map(({ name, sink, sent, failed, givenUp }) => ({
        route: name,
        sink: sink.kind,
        sent,
        failed,
        givenUp,
      }));
    },
    stop() {
      stopping = true;
    },
  };
}

function messageOf({ id, payload }: Notice): NoticeMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return undefined;
  }
  const document = noticeSchema.safeParse(value);
  return document.success ? { id, ...document.data } : undefined;
}
