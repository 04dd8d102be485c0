/** Requests that are odd for this service, though no multiple of anything: by step, season, level and roughness. */
import type { DetectContext } from "../detector.ts";
import { MINUTE_MS, type ServiceMinute } from "../minutes.ts";
import { createRecords, isRecord, type Records } from "../series/records.ts";
import { createSurpriseSeries, SIDES, type SurpriseSeries, surprise } from "../series/surprise.ts";
import type { Verdict } from "../verdict.ts";
import { DUE_FLOOR } from "./descriptor.ts";

export interface Shape {
  readonly series: SurpriseSeries;
  readonly records: Records;
}

const SPAN_MS = 5 * MINUTE_MS;
/** Two weeks of spans. */
const REMEMBERED = 4032;
/** Two days, before anything is odd. */
const ENOUGH_SPANS = 576;
/** Sides that add nothing are not told. */
const TOLD_SIDE = 1;

export function createShape(): Shape {
  return { series: createSurpriseSeries(REMEMBERED), records: createRecords() };
}

/**
 * @param time event time of the span's last event, milliseconds
 * @param requests of the span
 * @param told whether the traffic of now is told of already
 */
export function judgeShape(
  context: DetectContext,
  { service }: ServiceMinute,
  { series, records }: Shape,
  time: number,
  requests: number,
  told: boolean,
): void {
  const before = records.seen === 0 ? 0 : (series.values.sorted[series.values.count >> 1] ?? 0);
  const { score, sides } = surprise(series, time, requests);
  const record = isRecord(records, score);
  if (told || !record || score < context.floors.surprise || records.seen < ENOUGH_SPANS) return;
  if (Math.max(before, requests) < DUE_FLOOR) return;
  const ranked = SIDES.filter((side) => sides[side] >= TOLD_SIDE).sort((a, b) => sides[b] - sides[a]);
  context.open({
    severity: "info",
    confidence: 0.6,
    outcome: "unknown",
    entity: { type: "service.name", value: service.name },
    observed: score,
    threshold: context.floors.surprise,
    line: "surprise",
    unit: "tenfold unlikelihoods",
    service: service.name,
    endpoint: "(all endpoints)",
    firstSeen: time - SPAN_MS,
    events: requests,
    at: time,
    notes: {
      sides: ranked
        .slice(0, 3)
        .map((side) => `${side} ${sides[side].toFixed(1)}`)
        .join(", "),
      usual: Math.round(before),
    },
  });
}

export function shapeWords({ events, observed, threshold, notes }: Verdict): string {
  return `${events} requests in five minutes, where ${notes.usual} are in the middle of the last two weeks, are odd for this service by ${observed.toFixed(1)} tenfold unlikelihoods: ${notes.sides}. The line is at ${threshold.toFixed(1)}. The same height at its usual time, reached in usual steps, would not have fired.`;
}
