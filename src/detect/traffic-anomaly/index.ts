/** Far more or far fewer requests than this service has at this hour: a fact for people, seldom an attack by itself. */
import type { Detector } from "../detector.ts";
import type { Service } from "../endpoints.ts";
import { MINUTE_MS, type ServiceMinute } from "../minutes.ts";
import { type Band, createBand, learnMinute, seasonalIn } from "../series/band.ts";
import { type Baseline, createBaseline, expectation, learn, sameHourOnOtherDays } from "../state/baseline.ts";
import { inSpan } from "../state/spans.ts";
import type { Verdict } from "../verdict.ts";
import { DUE_FLOOR, trafficAnomalyDescriptor } from "./descriptor.ts";
import { createShape, judgeShape, type Shape, shapeWords } from "./shape.ts";

const SPAN_MINUTES = 5;
const SPREADS = 8;
/** The same by the band: three times as far as one minute in a hundred goes. */
const HUNDREDTHS = 3;
const RATIO = 3;
/** Spans in a row that must stay low, and the spans before them that they are held against. */
const LOW_SPANS = 3;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Low is lower than this share of the lowest span that the same hour had on any other day. */
const LOWER_SHARE = 0.75;
const HOUR_SPANS = 12;
/** Without other days to compare with: a service that never sank below this share of its hour does not sink by itself. */
const STEADY_SHARE = 0.5;
/** An hour of history before anything is unusual. */
const ENOUGH_SPANS = 24;

interface Watch {
  readonly usual: Baseline;
  span: number;
  requests: number;
  time: number;
  verdict: Verdict | undefined;
  /** Requests of the last spans, the newest last. */
  readonly recent: number[];
  /** The lowest span so far outside of drops: how far this service sinks by itself; and by hour, on other days. */
  lowest: number;
  readonly hourLow: Float64Array;
  readonly todayLow: Float64Array;
  day: number;
  drop: Verdict | undefined;
  /** Per minute, for charts. */
  readonly band: Band;
  readonly shape: Shape;
}

export const trafficAnomaly: Detector = {
  descriptor: trafficAnomalyDescriptor,
  stateVersion: 2,
  start(context) {
    const { floors } = context;
    const watches = context.state(() => new Map<Service, Watch>());
    return {
      event() {},
      minute(minute) {
        const watch = inSpan(watches, minute, SPAN_MINUTES * MINUTE_MS, createWatch, judgeSpan);
        watch.requests += minute.requests;
        watch.time = minute.time;
        learnMinute(watch.band, minute.start, minute.requests);
      },
      band: (service) => watches.get(service)?.band,
      explain,
    };

    /** Most of the traffic stays away: an outage upstream, a broken route, or lines that are no longer logged. */
    function judgeDrop(watch: Watch, minute: ServiceMinute): void {
      const { recent } = watch;
      const oldest = recent[0];
      if (recent.length >= HOUR_SPANS && oldest !== undefined) watch.lowest = Math.min(watch.lowest, oldest);
      recent.push(watch.requests);
      if (recent.length > HOUR_SPANS + LOW_SPANS) recent.shift();
      if (recent.length < HOUR_SPANS + LOW_SPANS) return;
      const before = recent.slice(0, HOUR_SPANS).reduce((sum, value) => sum + value, 0) / HOUR_SPANS;
      const usual = sameHourOnOtherDays(watch.usual, watch.time);
      const due = Math.min(before, usual ?? before);
      if (
        watch.drop !== undefined &&
        !watch.drop.closed &&
        watch.requests < Number(watch.drop.notes.due) * floors.drop
      ) {
        watch.drop.lastSeen = watch.time;
        watch.drop.touched = minute.start;
        watch.drop.events += watch.requests;
        return;
      }
      const low = recent.slice(-LOW_SPANS);
      if (usual === undefined && watch.lowest < before * STEADY_SHARE) return;
      // Batches end at about the same time every night, and not at all gently.
      const hour = Math.floor(watch.time / HOUR_MS) % 24;
      if (Math.max(...low) > watch.hourLow[hour] * LOWER_SHARE) return;
      if (due < DUE_FLOOR || !low.every((value) => value < due * floors.drop)) return;
      watch.drop = context.open({
        severity: "low",
        confidence: usual === undefined ? 0.75 : 0.85,
        outcome: "unknown",
        entity: { type: "service.name", value: minute.service.name },
        observed: Math.max(...low),
        expected: due,
        threshold: due * floors.drop,
        line: "drop",
        learned: false,
        unit: "requests in five minutes",
        service: minute.service.name,
        endpoint: "(all endpoints)",
        firstSeen: watch.time - LOW_SPANS * SPAN_MINUTES * MINUTE_MS,
        events: low.reduce((sum, value) => sum + value, 0),
        at: watch.time,
        notes: { due: Math.round(due), seasonal: usual === undefined ? 0 : 1 },
      });
    }

    function judgeSpan(watch: Watch, minute: ServiceMinute): void {
      judge(watch, minute);
      judgeDrop(watch, minute);
      const told = isOpen(watch.verdict) || isOpen(watch.drop);
      judgeShape(context, minute, watch.shape, watch.time, watch.requests, told);
      noteLow(watch);
      learn(watch.usual, watch.time, watch.requests);
      watch.requests = 0;
    }

    function judge(watch: Watch, minute: ServiceMinute): void {
      const expected = expectedOf(watch);
      if (expected === undefined) return;
      const threshold = Math.max(floors.requests, expected.mean * RATIO, expected.high);
      if (watch.requests < threshold) return;
      if (watch.verdict === undefined || watch.verdict.closed) {
        watch.verdict = context.open({
          severity: "info",
          confidence: 0.7,
          outcome: "unknown",
          entity: { type: "service.name", value: minute.service.name },
          observed: watch.requests,
          expected: expected.mean,
          threshold,
          line: "requests",
          unit: "requests in five minutes",
          service: minute.service.name,
          endpoint: "(all endpoints)",
          firstSeen: watch.time - SPAN_MINUTES * MINUTE_MS,
          events: watch.requests,
          at: watch.time,
          notes: { seasonal: expected.seasonal ? 1 : 0 },
        });
        return;
      }
      watch.verdict.events += watch.requests;
      watch.verdict.lastSeen = watch.time;
      watch.verdict.touched = minute.start;
      watch.verdict.observed = Math.max(watch.verdict.observed, watch.requests);
    }
  },
};

interface ExpectedSpan {
  readonly mean: number;
  readonly high: number;
  readonly seasonal: boolean;
}

function createWatch(span: number, { time }: ServiceMinute): Watch {
  return {
    usual: createBaseline(),
    span,
    requests: 0,
    time,
    verdict: undefined,
    recent: [],
    lowest: Number.POSITIVE_INFINITY,
    hourLow: new Float64Array(24).fill(Number.POSITIVE_INFINITY),
    todayLow: new Float64Array(24).fill(Number.POSITIVE_INFINITY),
    day: Math.floor(time / DAY_MS),
    drop: undefined,
    band: createBand(),
    shape: createShape(),
  };
}

/** By days enough, their middle: a ramp does not move it. Before that, what the service had so far. */
function expectedOf({ band, usual, time }: Watch): ExpectedSpan | undefined {
  const season = seasonalIn(band, time, HUNDREDTHS);
  if (season !== undefined) {
    return { mean: season.usual * SPAN_MINUTES, high: season.high * SPAN_MINUTES, seasonal: true };
  }
  const { mean, spread, count, seasonal } = expectation(usual, time);
  return count < ENOUGH_SPANS ? undefined : { mean, high: mean + SPREADS * spread, seasonal };
}

function isOpen(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && !verdict.closed;
}

function noteLow(watch: Watch): void {
  const day = Math.floor(watch.time / DAY_MS);
  if (day !== watch.day) {
    for (let h = 0; h < 24; h++) watch.hourLow[h] = Math.min(watch.hourLow[h], watch.todayLow[h]);
    watch.todayLow.fill(Number.POSITIVE_INFINITY);
    watch.day = day;
  }
  const hour = Math.floor(watch.time / HOUR_MS) % 24;
  watch.todayLow[hour] = Math.min(watch.todayLow[hour], watch.requests);
}

function explain(verdict: Verdict): string {
  if (verdict.line === "surprise") return shapeWords(verdict);
  if (verdict.notes.due !== undefined) {
    return `At most ${Math.round(verdict.observed)} requests came in five minutes, three times in a row, where about ${verdict.notes.due} were due by the hour before${verdict.notes.seasonal === 1 ? " and by this hour on other days" : ""}; the line is at ${Math.round(verdict.threshold)}. An evening sinks slowly and would not have fired.`;
  }
  const when = verdict.notes.seasonal === 1 ? "at this hour" : "in the time seen so far";
  return `${Math.round(verdict.observed)} requests in five minutes where ${Math.round(verdict.expected ?? 0)} are usual ${when}; the line is at ${Math.round(verdict.threshold)}. More traffic alone is no attack: look at what it asked for.`;
}
