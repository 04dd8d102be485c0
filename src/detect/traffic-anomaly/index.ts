/** Far more or far fewer requests than this service has at this hour: a fact for people, seldom an attack by itself. */
import type { Detector } from "../detector.ts";
import type { Service } from "../endpoints.ts";
import { MINUTE_MS, type ServiceMinute } from "../minutes.ts";
import { type Baseline, createBaseline, expectation, learn } from "../state/baseline.ts";
import type { Verdict } from "../verdict.ts";
import { REQUESTS_FLOOR, trafficAnomalyDescriptor } from "./descriptor.ts";

const SPAN_MINUTES = 5;
const SPREADS = 8;
const RATIO = 3;
/** An hour of history before anything is unusual. */
const ENOUGH_SPANS = 24;

interface Watch {
  readonly usual: Baseline;
  span: number;
  requests: number;
  time: number;
  verdict: Verdict | undefined;
}

export const trafficAnomaly: Detector = {
  descriptor: trafficAnomalyDescriptor,
  start(context) {
    const watches = new Map<Service, Watch>();
    return {
      event() {},
      minute(minute) {
        const span = Math.floor(minute.start / (SPAN_MINUTES * MINUTE_MS));
        let watch = watches.get(minute.service);
        if (watch === undefined) {
          watch = { usual: createBaseline(), span, requests: 0, time: minute.time, verdict: undefined };
          watches.set(minute.service, watch);
        }
        if (span !== watch.span) {
          judge(watch, minute);
          learn(watch.usual, watch.time, watch.requests);
          watch.span = span;
          watch.requests = 0;
        }
        watch.requests += minute.requests;
        watch.time = minute.time;
      },
      explain,
    };

    function judge(watch: Watch, minute: ServiceMinute): void {
      const expected = expectation(watch.usual, watch.time);
      if (expected.count < ENOUGH_SPANS) return;
      const threshold = Math.max(
        REQUESTS_FLOOR,
        expected.mean * RATIO,
        expected.mean + SPREADS * expected.spread,
      );
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

function explain(verdict: Verdict): string {
  const when = verdict.notes.seasonal === 1 ? "at this hour" : "in the time seen so far";
  return `${Math.round(verdict.observed)} requests in five minutes where ${Math.round(verdict.expected ?? 0)} are usual ${when}; the line is at ${Math.round(verdict.threshold)}. More traffic alone is no attack: look at what it asked for.`;
}
