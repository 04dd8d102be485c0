/**
 * Traffic of a made-up shop without an end: days of `simulate`, one after the other, each from a seed of its own.
 * Its services and its environment say in every event that it is a sample.
 */
import type { SimulatedRequest } from "../simulate/request.ts";
import { simulate } from "../simulate/simulate.ts";

export interface SampleOptions {
  readonly seed: number;
  /** Milliseconds since the epoch. */
  readonly began: number;
}

export interface SampleEvent {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** In Vedette's own format, without a line end. */
  readonly line: string;
}

/** What lies before a first look at it. */
export const HISTORY_MS = 2.5 * 3_600_000;
const DAY_MS = 86_400_000;
/** A few a second by day. */
const EVENTS_PER_DAY = 130_000;
const ENVIRONMENT = "sample";

/** In the hours before the first look: attacks of many kinds, that fail and that succeed. */
const BEFORE = [
  "scanner_tool@0.2",
  "password_spraying@0.4",
  "injection_sqli@0.7",
  "enumeration_ids@0.9",
  "credential_stuffing@1.1",
  "broken_access@1.6",
  "account_takeover@1.7",
  "webshell@2",
  "injection_ssrf@2.2",
];
/** After it, one at a time; each is over before the next begins. */
const AFTER = [
  "injection_traversal",
  "brute_force",
  "injection_log4shell",
  "coupon_guessing",
  "probing",
  "injection_xss",
  "scraping",
  "injection_cmdi",
  "enumeration_users",
  "injection_nosqli",
  "otp_guessing",
  "broken_function_access",
  "injection_ssti",
  "scanner_browser",
  "credential_stuffing",
  "error_spike",
  "rate_abuse",
  "session_hijack",
  "webshell",
  "injection_sqli",
];
const HOURS_APART = 0.8;
const LAST_HOUR = 22.5;

/**
 * Events in order of time, from the one that is first at or after `from`. The same options give the same events,
 * wherever they are taken up.
 */
export function* sampleTraffic(options: SampleOptions, from: number): Generator<SampleEvent, void, void> {
  const { seed, began } = options;
  for (let day = Math.floor((from - began) / DAY_MS); ; day++) {
    const run = simulate({
      seed: seed + day,
      days: 1,
      events: EVENTS_PER_DAY,
      start: began + day * DAY_MS,
      attacks: attacksOf(day),
      noise: true,
    });
    for (const request of run.requests()) {
      if (request.event.timestamp >= from) yield eventOf(request);
    }
  }
}

function attacksOf(day: number): string {
  const first = day === 0 ? HISTORY_MS / 3_600_000 + 0.03 : 0.3;
  const list = day === 0 ? [...BEFORE] : [];
  for (let n = 0; first + n * HOURS_APART < LAST_HOUR; n++) {
    const name = AFTER[(n + day * 7) % AFTER.length];
    list.push(`${name}@${(first + n * HOURS_APART).toFixed(2)}`);
  }
  return list.join(",");
}

function eventOf({ event }: SimulatedRequest): SampleEvent {
  const { timestamp, "event.id": _id, ...fields } = event;
  const line = JSON.stringify({
    timestamp: new Date(timestamp).toISOString(),
    ...fields,
    "service.name": `sample-${fields["service.name"]}`,
    "deployment.environment.name": ENVIRONMENT,
  });
  return { time: timestamp, line };
}
