/** Alerts as the server has them: from the settings to what is asked of a changed incident, and what is done again and again. */
import type { Announce } from "../store/records/notices.ts";
import type { Outbox, OutboxCounts } from "../store/records/outbox.ts";
import { createAnnounce } from "./announce.ts";
import { createDelivery, type DeliveryOptions, type RouteMetrics } from "./deliver.ts";
import type { Resolve } from "./guard.ts";
import { openSink } from "./open-sink.ts";
import { type AlertSettings, remindAfter } from "./settings.ts";
import type { SendResult } from "./sink.ts";
import { testNotice } from "./test-notice.ts";

export interface AlertsOptions {
  readonly settings: AlertSettings;
  /** Where the console is reached, for links: "https://vedette.example.com". */
  readonly consoleUrl?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: DeliveryOptions["log"];
  /** 0 to 1; for tests. */
  readonly random?: () => number;
  readonly resolve?: Resolve;
}

export interface Alerts {
  readonly announce: Announce;
  /** What is to be done again and again, once there are records. */
  duties(outbox: Outbox): Promise<readonly AlertDuty[]>;
  metrics(): Promise<AlertMetrics>;
  /** Sends a test through the sink of a route, once. @returns undefined when there is no such route */
  test(route: string): Promise<SendResult | undefined>;
  /** Nothing new is begun any more. */
  stop(): void;
  close(): void;
}

export interface AlertDuty {
  readonly name: string;
  /** Milliseconds. */
  readonly every: number;
  run(): Promise<void>;
}

export interface AlertMetrics {
  readonly routes: readonly (RouteMetrics & Pick<OutboxCounts, "waiting" | "dead">)[];
  readonly outbox: OutboxCounts;
}

const DELIVER_EVERY_MS = 500;
const TIDY_EVERY_MS = 60_000;
const REMINDERS_AT_ONCE = 100;
const KEEP_SENT_MS = 30 * 86_400_000;

export function openAlerts(options: AlertsOptions): Alerts {
  const { settings, consoleUrl, now, log, random = Math.random, resolve } = options;
  const { routes, allow_hosts, timeout_seconds, most_attempts } = settings;
  const timeoutMs = timeout_seconds * 1000;
  const allowed = new Set(allow_hosts);
  const sinks = new Map(
    routes.map(({ name, sink }) => [
      name,
      openSink(sink, { allowed, timeoutMs, now, ...(resolve && { resolve }) }),
    ]),
  );
  let delivery: ReturnType<typeof createDelivery> | undefined;
  let records: Outbox | undefined;

  async function tidy(outbox: Outbox): Promise<void> {
    const at = now();
    for (const route of routes) {
      const silence = remindAfter(route);
      if (silence === 0) continue;
      const time = { route: route.name, toldBefore: at - silence, most: route.most_reminders };
      await outbox.remind(time, createAnnounce([route], consoleUrl), at, REMINDERS_AT_ONCE);
    }
    await outbox.forgetSent(at - KEEP_SENT_MS);
  }

  return {
    announce: createAnnounce(routes, consoleUrl),
    async duties(outbox) {
      const mostAttempts = most_attempts;
      const out = createDelivery({
        outbox,
        sinks,
        mostPerHour: new Map(routes.map(({ name, most_per_hour }) => [name, most_per_hour])),
        timeoutMs,
        mostAttempts,
        now,
        random,
        log,
      });
      delivery = out;
      records = outbox;
      const abandoned = await outbox.abandon(routes.map(({ name }) => name));
      if (abandoned > 0) log("warn", "alerts waited for routes that are gone", { alerts: abandoned });
      return [
        ...routes.map(({ name }) => ({
          name: `alerts:${name}`,
          every: DELIVER_EVERY_MS,
          run: () => out.drain(name),
        })),
        { name: "alerts", every: TIDY_EVERY_MS, run: () => tidy(outbox) },
      ];
    },
    async metrics() {
      const none = { waiting: 0, sent: 0, dead: 0 };
      const outbox = (await records?.counts()) ?? none;
      const routes = (delivery?.metrics ?? []).map(async (route) => {
        const { waiting, dead } = (await records?.counts(route.route)) ?? none;
        return { ...route, waiting, dead };
      });
      return { routes: await Promise.all(routes), outbox };
    },
    async test(route) {
      return sinks.get(route)?.send(testNotice(route, now()), AbortSignal.timeout(timeoutMs));
    },
    stop: () => delivery?.stop(),
    close() {
      for (const sink of sinks.values()) sink.close();
    },
  };
}
