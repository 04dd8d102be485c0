/** No lines where there are always lines: the service, the network or the logging stopped, or somebody cut it out. */
import type { Detector } from "../detector.ts";
import type { Verdict } from "../verdict.ts";
import { EXPECTED_FLOOR, GAP_FLOOR_MS, logSilenceDescriptor } from "./descriptor.ts";

/** A gap is longer than any seen before by this factor. */
const LONGER = 4;
/** Half-life of the memory of the longest gap. */
const MEMORY_MS = 86_400_000;
/** So many events in order after the gap show that the clock did not just jump. */
const CONFIRM = 20;
const HISTORY_MS = 3_600_000;
const ENOUGH_EVENTS = 500;
const HOUR_MS = 3_600_000;

/** After a silence the lines come as before; when they stay rare, the day was over. */
const RESUMED = 6;

interface Suspect {
  readonly from: number;
  readonly to: number;
  /** The lines must be back by then. */
  readonly until: number;
  readonly expected: number;
  readonly threshold: number;
  confirmed: number;
}

export const logSilence: Detector = {
  descriptor: logSilenceDescriptor,
  start(context) {
    let first = Number.NaN;
    let last = Number.NaN;
    let events = 0;
    let longest = 0;
    let longestAt = 0;
    /** Events by hour of the day, and hours seen: the rate that a gap is held against. */
    const hourEvents = new Float64Array(24);
    const hourMs = new Float64Array(24);
    let meanGap = 0;
    let lastGaps = 0;
    let suspect: Suspect | undefined;

    return {
      event(moment) {
        const { time } = moment.fact;
        if (Number.isNaN(time)) return;
        events++;
        if (Number.isNaN(first)) {
          first = time;
          last = time;
          return;
        }
        if (suspect !== undefined) confirm(time, moment.endpoint.service.name);
        const gap = time - last;
        if (gap < 0) return;
        const hour = Math.floor(time / HOUR_MS) % 24;
        const faded = longest * 2 ** (-(time - longestAt) / MEMORY_MS);
        const threshold = Math.max(GAP_FLOOR_MS, faded * LONGER);
        if (gap >= threshold && events >= ENOUGH_EVENTS && last - first >= HISTORY_MS) {
          const expected = expectedIn(last, gap);
          const until = time + CONFIRM * meanGap * RESUMED;
          if (expected >= EXPECTED_FLOOR) {
            suspect = { from: last, to: time, until, expected, threshold, confirmed: 0 };
          }
        }
        if (gap > faded && suspect === undefined) {
          longest = gap;
          longestAt = time;
        }
        if (gap < threshold) {
          hourEvents[hour]++;
          hourMs[hour] += gap;
          meanGap += (gap - meanGap) / Math.min(events, 1000);
          lastGaps += (gap - lastGaps) / Math.min(events, 20);
        }
        last = time;
      },
      explain,
    };

    /** Events that the gap should have held, by the lower of the recent rate and those hours' own. */
    function expectedIn(from: number, gap: number): number {
      const recentRate = 1 / Math.max(1, meanGap, lastGaps);
      let expected = 0;
      const steps = Math.max(1, Math.min(48, Math.round(gap / HOUR_MS)));
      for (let i = 0; i < steps; i++) {
        const hour = Math.floor((from + (gap * (i + 0.5)) / steps) / HOUR_MS) % 24;
        const known = hourMs[hour] > HOUR_MS / 4;
        const rate = known ? hourEvents[hour] / hourMs[hour] : recentRate / 4;
        expected += Math.min(rate, Math.max(recentRate, known ? rate : 0)) * (gap / steps);
      }
      return expected;
    }

    function confirm(time: number, service: string): void {
      if (suspect === undefined) return;
      if (time < suspect.from) {
        suspect = undefined;
        return;
      }
      if (time > suspect.until) {
        longest = suspect.to - suspect.from;
        longestAt = suspect.to;
        suspect = undefined;
        return;
      }
      if (++suspect.confirmed < CONFIRM) return;
      context.open({
        severity: "medium",
        confidence: Math.min(0.95, 0.7 + suspect.expected / 10_000),
        outcome: "unknown",
        entity: { type: "service.name", value: service },
        observed: (suspect.to - suspect.from) / 60_000,
        expected: suspect.threshold / LONGER / 60_000,
        threshold: suspect.threshold / 60_000,
        unit: "minutes without a line",
        service,
        endpoint: "(all endpoints)",
        firstSeen: suspect.from,
        at: suspect.to,
        notes: { missing: Math.round(suspect.expected) },
      });
      longest = suspect.to - suspect.from;
      longestAt = suspect.to;
      suspect = undefined;
    }
  },
};

function explain(verdict: Verdict): string {
  return `For ${Math.round(verdict.observed)} minutes there was no line, where about ${verdict.notes.missing} were due at the usual rate of those hours. The line is at ${Math.round(verdict.threshold)} minutes: four times the longest gap of late, and at least ${Math.round(GAP_FLOOR_MS / 60_000)}.`;
}
