/** What a service is heading for, told before it is there: slow answers and failures that grow steadily. */
import type { Category } from "../../event.ts";
import type { Detector, Opening } from "../detector.ts";
import type { Service } from "../endpoints.ts";
import { MINUTE_MS, type ServiceMinute } from "../minutes.ts";
import { inSpan } from "../state/spans.ts";
import type { Verdict } from "../verdict.ts";
import { thresholdForecastDescriptor } from "./descriptor.ts";
import { type Breach, createTrack, follow, SPAN_MS, type Track } from "./track.ts";

/** Fewer answers in five minutes have no typical one, and no share. */
const ENOUGH_TIMED = 20;
const ENOUGH_REQUESTS = 50;
/** Slower than usual but quicker than this bothers nobody. */
const NOTICED_MS = 100;

interface Watch {
  span: number;
  time: number;
  timed: number;
  logDurations: number;
  dynamic: number;
  errors: number;
  /** Of ln(1 + milliseconds). */
  readonly slowness: Track;
  /** Of the log odds of failing, with half a failure added, so that none has one too. */
  readonly failing: Track;
}

export const thresholdForecast: Detector = {
  descriptor: thresholdForecastDescriptor,
  stateVersion: 1,
  start(context) {
    const { floors } = context;
    const watches = context.state(() => new Map<Service, Watch>());
    return {
      event() {},
      minute(minute) {
        const watch = inSpan(watches, minute, SPAN_MS, createWatch, (ended) => {
          judge(minute, ended);
          Object.assign(ended, { timed: 0, logDurations: 0, dynamic: 0, errors: 0 });
        });
        watch.time = minute.time;
        watch.dynamic += minute.dynamic;
        watch.errors += minute.errors;
        for (const { timed, logDurations } of minute.endpoints.values()) {
          watch.timed += timed;
          watch.logDurations += logDurations;
        }
      },
      explain,
    };

    function judge(minute: ServiceMinute, watch: Watch): void {
      const { span, timed, logDurations, dynamic, errors } = watch;
      if (timed >= ENOUGH_TIMED) {
        const lineOf = (usual: number) => Math.max(usual + Math.log(floors.factor), Math.log(1 + NOTICED_MS));
        const breach = follow(watch.slowness, span, logDurations / timed, lineOf);
        if (breach !== undefined) {
          const line = lineOf(breach.usual);
          tell(minute, watch, watch.slowness, breach, "latency_degradation", {
            line: "factor",
            unit: "milliseconds, typical answer",
            observed: Math.expm1(breach.value),
            expected: Math.expm1(breach.usual),
            threshold: Math.expm1(line),
            ...interval(breach, Math.expm1),
          });
        }
      }
      if (dynamic >= ENOUGH_REQUESTS) {
        const odds = Math.log((errors + 0.5) / (dynamic - errors + 0.5));
        const breach = follow(watch.failing, span, odds, () => Math.log(floors.share / (1 - floors.share)));
        if (breach !== undefined) {
          tell(minute, watch, watch.failing, breach, "error_spike", {
            line: "share",
            unit: "percent of the requests failing",
            observed: percent(breach.value),
            expected: percent(breach.usual),
            threshold: 100 * floors.share,
            ...interval(breach, percent),
          });
        }
      }
    }

    function tell(
      { service, start }: ServiceMinute,
      { time, dynamic }: Watch,
      track: Track,
      { steps, coverage, judged }: Breach,
      category: Category,
      { low, high, now, ...numbers }: Numbers,
    ): void {
      if (track.verdict !== undefined && !track.verdict.closed) {
        track.verdict.events += dynamic;
        track.verdict.lastSeen = time;
        track.verdict.touched = start;
        return;
      }
      track.verdict = context.open({
        ...numbers,
        category,
        severity: "info",
        confidence: judged === 0 ? 0.5 : coverage,
        outcome: "unknown",
        entity: { type: "service.name", value: service.name },
        learned: false,
        service: service.name,
        endpoint: "(all endpoints)",
        firstSeen: time - SPAN_MS,
        events: dynamic,
        at: time,
        notes: {
          minutes: (steps * SPAN_MS) / MINUTE_MS,
          low: rounded(low),
          high: rounded(high),
          now: rounded(now),
          covered: Math.round(coverage * 100),
          judged,
        },
      });
    }
  },
};

type Numbers = Pick<Opening, "line" | "unit" | "observed" | "expected" | "threshold"> & Interval;

interface Interval {
  readonly low: number;
  readonly high: number;
  readonly now: number;
}

function interval({ low, high, now }: Breach, shown: (value: number) => number): Interval {
  return { low: shown(low), high: shown(high), now: shown(now) };
}

function createWatch(span: number): Watch {
  return {
    span,
    time: Number.NaN,
    timed: 0,
    logDurations: 0,
    dynamic: 0,
    errors: 0,
    slowness: createTrack(),
    failing: createTrack(),
  };
}

function percent(odds: number): number {
  return 100 / (1 + Math.exp(-odds));
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function explain({ observed, expected, threshold, line, notes }: Verdict): string {
  const slow = line === "factor";
  const shown = (value: number) => (slow ? `${Math.round(value)} ms` : `${rounded(value)} %`);
  const what = slow ? "The typical answer takes" : "The share of failing requests is";
  return `${what} ${shown(Number(notes.now))} now, where ${shown(expected ?? 0)} is usual, and is forecast at ${shown(observed)} in ${notes.minutes} minutes: between ${shown(Number(notes.low))} and ${shown(Number(notes.high))}. Of ${notes.judged} earlier forecasts as far ahead, ${notes.covered} % came true within their interval, where 90 % are meant to. The line is at ${shown(threshold)}; a growth that ends before it would not have fired.`;
}
