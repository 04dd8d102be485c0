/**
 * What people set of detectors: whether each runs, and where its thresholds begin. Plain data: it is part of the
 * engine's checkpoints, of the journal (so that a restart applies a change where it was applied) and of backtests.
 */
import type { Detector, Floors } from "./detector.ts";

export interface DetectorSetting {
  /** A detector that does not run keeps what it has learned, and learns nothing. */
  readonly enabled: boolean;
  /** By name; those that are not named begin at their published floor. */
  readonly thresholds: Readonly<Record<string, number>>;
}

/** By the id of the detector; those that are not named run as published. */
export type DetectorSettings = Readonly<Record<string, DetectorSetting>>;

export const AS_PUBLISHED: DetectorSettings = {};

/** Where a verdict's line came from. */
export type ThresholdOrigin = "floor" | "learned" | "set";

const PUBLISHED_SETTING: DetectorSetting = { enabled: true, thresholds: {} };

export function settingOf(settings: DetectorSettings, detector: string): DetectorSetting {
  return settings[detector] ?? PUBLISHED_SETTING;
}

export function isEnabled(settings: DetectorSettings, detector: string): boolean {
  return settingOf(settings, detector).enabled;
}

/** Where each threshold of a detector begins. */
export function floorsOf({ descriptor }: Detector, settings: DetectorSettings): Floors {
  const set = settingOf(settings, descriptor.id).thresholds;
  return Object.fromEntries(descriptor.thresholds.map(({ name, floor }) => [name, set[name] ?? floor]));
}

/** Learned values stand above their floor by more than rounding. */
const ABOVE = 1 + 1e-9;

/** @param learned what the detector says of it, where comparing with the floor would not tell */
export function originOf(
  { descriptor }: Detector,
  line: string,
  threshold: number,
  floors: Floors,
  learned?: boolean,
): ThresholdOrigin {
  if (learned ?? threshold > floors[line] * ABOVE) return "learned";
  const published = descriptor.thresholds.find(({ name }) => name === line)?.floor;
  return floors[line] === published ? "floor" : "set";
}

/** The sentence about it that ends an explanation. */
export function originWords(
  { descriptor }: Detector,
  verdict: { readonly line: string; readonly origin: ThresholdOrigin; readonly floor: number },
): string {
  const published = descriptor.thresholds.find(({ name }) => name === verdict.line);
  const { origin, line } = verdict;
  if (origin === "learned") return `This line was learned: ${published?.learned ?? ""}.`;
  if (origin === "floor") return `This line is the published floor ("${line}").`;
  return `This line was set by hand: "${line}" is ${verdict.floor} here, and ${published?.floor} as published.`;
}
