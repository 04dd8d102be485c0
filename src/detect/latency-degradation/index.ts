/** An endpoint that answers much more slowly than it usually does, for minutes on end. */
import type { Detector } from "../detector.ts";
import { templateOf } from "../endpoints.ts";
import { type EndpointMinute, MINUTE_MS, type ServiceMinute } from "../minutes.ts";
import { type Baseline, createBaseline, learn } from "../state/baseline.ts";
import { createKeyed, entryOf } from "../state/keyed.ts";
import type { Verdict } from "../verdict.ts";
import { latencyDegradationDescriptor, REQUESTS_FLOOR } from "./descriptor.ts";

/** Spells looked at together, and how many of them must be slow. A spell is a minute, or longer until it has enough answers. */
const SPELLS = 5;
const SLOW_SPELLS = 4;
const ENOUGH_SPELLS = 20;
const SPREADS = 6;
/**
 * So many slow spells within half as much again of each other, on most endpoints of the service and several at least, are
 * a step that stays, as a release makes: it is told, and then it is the usual.
 */
const STAYS = 60;
const EVEN = Math.log(1.5);
const SEVERAL = 3;
/** Slower than usual but quicker than this bothers nobody. */
const NOTICED_MS = 100;

interface Watch {
  /** Of ln(1 + milliseconds), in thousandths: a baseline of whole numbers. */
  usual: Baseline;
  /** Slow spells without a pause, and the quickest and slowest of them. */
  slow: number;
  quickest: number;
  slowest: number;
  readonly recent: boolean[];
  timed: number;
  logDurations: number;
  since: number;
  verdict: Verdict | undefined;
}

export const latencyDegradation: Detector = {
  descriptor: latencyDegradationDescriptor,
  stateVersion: 2,
  start(context) {
    const watches = context.state(() => createKeyed<Watch>(20_000));
    return {
      event() {},
      minute(minute) {
        const timed: Watch[] = [];
        for (const at of minute.endpoints.values()) {
          if (at.endpoint.known && at.timed > 0) timed.push(judge(minute, at));
        }
        adopt(minute, timed);
      },
      explain,
    };

    function judge(minute: ServiceMinute, at: EndpointMinute): Watch {
      const watch = entryOf(watches, at.endpoint.id + 1, createWatch);
      watch.timed += at.timed;
      watch.logDurations += at.logDurations;
      if (watch.timed < REQUESTS_FLOOR) return watch;
      const timed = watch.timed;
      const centre = watch.logDurations / timed;
      watch.timed = 0;
      watch.logDurations = 0;
      const { mean, variance, count } = watch.usual;
      const spread = Math.sqrt(Math.max(variance, 2500)) / 1000;
      const usual = mean / 1000;
      const published = usual + Math.log(context.floors.factor);
      const line = Math.max(published, usual + SPREADS * spread);
      const slow = count >= ENOUGH_SPELLS && centre >= line && Math.exp(centre) >= NOTICED_MS;
      countSlow(watch, slow, centre);
      watch.recent.push(slow);
      if (watch.recent.length > SPELLS) watch.recent.shift();
      if (slow && watch.since === 0) watch.since = minute.time - MINUTE_MS;
      const slowSpells = watch.recent.filter(Boolean).length;
      if (!slow) learn(watch.usual, minute.time, centre * 1000);
      if (slowSpells === 0) watch.since = 0;
      if (!slow || slowSpells < SLOW_SPELLS) return watch;
      const milliseconds = Math.exp(centre) - 1;
      if (watch.verdict === undefined || watch.verdict.closed) {
        watch.verdict = context.open({
          severity: "medium",
          confidence: 0.85,
          outcome: "unknown",
          entity: { type: "http.route", value: templateOf(context.endpoints, at.endpoint) },
          observed: milliseconds,
          expected: Math.exp(usual) - 1,
          threshold: Math.exp(line) - 1,
          line: "factor",
          learned: line > published,
          unit: "milliseconds, typical answer",
          service: minute.service.name,
          endpoint: templateOf(context.endpoints, at.endpoint),
          firstSeen: watch.since,
          events: timed,
          at: minute.time,
        });
        return watch;
      }
      watch.verdict.events += timed;
      watch.verdict.lastSeen = minute.time;
      watch.verdict.touched = minute.start;
      watch.verdict.observed = Math.max(watch.verdict.observed, milliseconds);
      return watch;
    }

    /** Most endpoints became slow together and stay so: a lower matter than one that breaks, and not told for ever. */
    function adopt(minute: ServiceMinute, timed: readonly Watch[]): void {
      const staying = timed.filter(
        ({ slow, quickest, slowest }) => slow >= STAYS && slowest - quickest <= EVEN,
      );
      if (staying.length < SEVERAL || staying.length * 2 < timed.length) return;
      for (const watch of staying) {
        watch.usual = createBaseline();
        for (let i = 0; i < ENOUGH_SPELLS; i++) {
          learn(watch.usual, minute.time, 500 * (watch.quickest + watch.slowest));
        }
        watch.slow = 0;
        watch.recent.length = 0;
        watch.since = 0;
        const { verdict } = watch;
        if (verdict === undefined || verdict.closed) continue;
        verdict.severity = "low";
        verdict.notes.together = staying.length;
        verdict.notes.of = timed.length;
        context.changed(verdict);
        watch.verdict = undefined;
      }
    }
  },
};

function createWatch(): Watch {
  return {
    usual: createBaseline(),
    slow: 0,
    quickest: 0,
    slowest: 0,
    recent: [],
    timed: 0,
    logDurations: 0,
    since: 0,
    verdict: undefined,
  };
}

function countSlow(watch: Watch, slow: boolean, centre: number): void {
  watch.quickest = slow && watch.slow > 0 ? Math.min(watch.quickest, centre) : centre;
  watch.slowest = slow && watch.slow > 0 ? Math.max(watch.slowest, centre) : centre;
  watch.slow = slow ? watch.slow + 1 : 0;
}

function explain(verdict: Verdict): string {
  const { together, of } = verdict.notes;
  const step =
    together === undefined
      ? ""
      : ` ${together} of ${of} endpoints became slow together and stayed evenly so for ${STAYS} spells, as after a release: that is taken for usual from now on.`;
  return `The typical answer took up to ${Math.round(verdict.observed)} ms where ${Math.round(verdict.expected ?? 0)} ms is usual. The line is at ${Math.round(verdict.threshold)} ms in at least ${SLOW_SPELLS} of ${SPELLS} spells of a minute or more; one slow minute would not have fired.${step}`;
}
