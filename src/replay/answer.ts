/** What may be asked of history, and the documents that answer: the same over the API and from a data folder. */
import { z } from "zod";
import type { Exception } from "../correlate/exceptions.ts";
import type { DetectionSettings } from "../correlate/settings.ts";
import type { Detector } from "../detect/detector.ts";
import { type DetectorSettings, settingOf } from "../detect/settings.ts";
import { detectorSettings } from "../detect/settings-schema.ts";
import type { Detection, Incident } from "../event.ts";
import { type Comparison, compare, type SweptValue, sweptValue } from "./compare.ts";
import { type ReplayOptions, replay } from "./replay.ts";

const HOUR_MS = 3_600_000;
const MOST_DAYS = 92;
const time = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));

export const historyRequest = {
  since: time,
  /** Now, unless said. */
  until: time.optional(),
  /** Hours before `since` that are learned from and not told. */
  learn_hours: z.number().min(0).max(336).default(24),
  service: z.string().min(1).max(200).optional(),
  /** Sample traffic instead of what was received. */
  sample: z.boolean().default(false),
};

export const proposalRequest = {
  /** What would be set of detectors, beside what is. */
  detectors: detectorSettings.optional(),
};

export interface HistoryRequest {
  readonly since: number;
  readonly until?: number | undefined;
  readonly learn_hours: number;
  readonly service?: string | undefined;
  readonly sample: boolean;
}

export interface Proposal {
  readonly detectors?: DetectorSettings | undefined;
  readonly exceptions?: readonly Exception[] | undefined;
}

/** Where history is read, and how far one may look. */
export type HistorySource = Pick<ReplayOptions, "read" | "networks" | "services" | "signal" | "bounds">;

interface Covered {
  readonly from: string;
  /** Earlier than asked for when it is not complete. */
  readonly until: string;
  readonly complete: boolean;
  /** That were read, those to learn from too. */
  readonly events: number;
}

export interface ReplayAnswer extends Covered {
  readonly incidents_total: number;
  readonly detections_total: number;
  /** Gravest first. */
  readonly incidents: readonly Incident[];
  /** Those of the incidents. */
  readonly detections: readonly Detection[];
}

export type BacktestAnswer = Covered & Comparison;

const MOST_INCIDENTS = 200;
const MOST_DETECTIONS = 1_000;

/** @param now milliseconds since the epoch @returns what is wrong with the times, if anything is */
export function wrongTimes({ since, until }: HistoryRequest, now: number): string | undefined {
  const end = until ?? now;
  if (since >= end) return "It ends before it begins";
  return end - since > MOST_DAYS * 24 * HOUR_MS ? `At most ${MOST_DAYS} days can be looked at` : undefined;
}

/** @throws what `source.read` throws */
export async function answerReplay(
  request: HistoryRequest,
  settings: DetectionSettings,
  source: HistorySource,
  now: number,
): Promise<ReplayAnswer> {
  const replayed = await replay(optionsOf(request, source, now), [settings]);
  const { incidents = [], detections = [] } = replayed.told[0] ?? {};
  const shown = incidents.slice(0, MOST_INCIDENTS);
  const held = new Set(shown.flatMap((incident) => incident.detections));
  return {
    ...coveredBy(request, replayed),
    incidents_total: incidents.length,
    detections_total: detections.length,
    incidents: shown,
    detections: detections.filter(({ id }) => held.has(id)).slice(0, MOST_DETECTIONS),
  };
}

/** @throws what `source.read` throws */
export async function answerBacktest(
  request: HistoryRequest,
  present: DetectionSettings,
  proposal: Proposal,
  source: HistorySource,
  now: number,
): Promise<BacktestAnswer> {
  const proposed = proposedOf(present, proposal);
  const replayed = await replay(optionsOf(request, source, now), [present, proposed]);
  const [before, after] = replayed.told;
  return { ...coveredBy(request, replayed), ...compare(before, after) };
}

export interface SweepAnswer extends Covered {
  readonly values: readonly SweptValue[];
}

export interface Sweep {
  readonly detector: Detector;
  readonly threshold: string;
  readonly values: readonly number[];
}

/** One detector alone, at several values of one threshold, in one pass. @throws what `source.read` throws */
export async function answerSweep(
  request: HistoryRequest,
  present: DetectionSettings,
  { detector, threshold, values }: Sweep,
  source: HistorySource,
  now: number,
): Promise<SweepAnswer> {
  const { id } = detector.descriptor;
  const tried = values.map((value) =>
    proposedOf(present, { detectors: { [id]: { enabled: true, thresholds: { [threshold]: value } } } }),
  );
  const options = { ...optionsOf(request, source, now), detectors: [detector] };
  const replayed = await replay(options, tried);
  const swept = values.map((value, i) => sweptValue(value, replayed.told[i]));
  return { ...coveredBy(request, replayed), values: swept };
}

function optionsOf(request: HistoryRequest, source: HistorySource, now: number): ReplayOptions {
  const { since, until = now, learn_hours, service, sample } = request;
  const { services } = source;
  const asked =
    service === undefined ? services : services === "all" || services.includes(service) ? [service] : [];
  return { ...source, since, until, learn: learn_hours * HOUR_MS, services: asked, sample };
}

function coveredBy(
  { since }: HistoryRequest,
  { until, complete, events }: { until: number; complete: boolean; events: number },
): Covered {
  return { from: new Date(since).toISOString(), until: new Date(until).toISOString(), complete, events };
}

/** A proposed threshold stands beside those that are set; a proposed exception beside those that hold. */
function proposedOf(
  present: DetectionSettings,
  { detectors = {}, exceptions = [] }: Proposal,
): DetectionSettings {
  const merged = Object.entries(detectors).map(([id, { enabled, thresholds }]) => [
    id,
    { enabled, thresholds: { ...settingOf(present.detectors, id).thresholds, ...thresholds } },
  ]);
  return {
    detectors: { ...present.detectors, ...Object.fromEntries(merged) },
    exceptions: [...present.exceptions, ...exceptions],
  };
}
