/**
 * What the page is given to show, as JSON: bounded, in the order it is shown, every text from a log already inert
 * (`../inert.ts`). Times are milliseconds since the epoch, UTC; null where there is none.
 */
import type { Category, FindingClass, Outcome, Severity, Stage } from "../../event.ts";

export interface Page {
  readonly version: 1;
  readonly verdict: string;
  /** What was scanned, in a few words: a file's name or "12 files". */
  readonly subject: string;
  /** The folder that all inputs share, with its slash; places below are told without it. */
  readonly folder: string;
  readonly command: string;
  readonly inputs: readonly PageInput[];
  readonly lines: number;
  readonly parsed: number;
  readonly ignored: number;
  readonly skipped: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly timeline: PageTimeline;
  readonly incidents: readonly PageIncident[];
  /** Detections that belong to no incident. */
  readonly alsoSeen: readonly PageDetection[];
  readonly services: readonly PageService[];
  readonly blindSpots: readonly PageBlindSpot[];
  readonly problems: readonly PageProblem[];
  readonly omitted: Omitted;
}

/** How many of each the page leaves out to stay a size that can be mailed. */
interface Omitted {
  readonly incidents: number;
  readonly detections: number;
  readonly samples: number;
  readonly alsoSeen: number;
  readonly endpoints: number;
  readonly inputs: number;
  readonly problems: number;
}

export interface PageInput {
  readonly file: string;
  readonly format: string;
  readonly title: string;
  readonly evidence: string;
  readonly mapping: readonly (readonly [field: string, path: string])[];
  readonly lines: number;
  readonly parsed: number;
  readonly skipped: number;
}

export interface PageTimeline {
  readonly start: number;
  readonly stepMs: number;
  readonly requests: readonly number[];
  readonly refused: readonly number[];
  readonly failed: readonly number[];
  readonly attacks: readonly number[];
}

/** What an incident and a detection have in common. */
export interface Happening {
  readonly id: string;
  readonly severity: Severity;
  readonly outcome: Outcome;
  readonly who: { readonly type: string; readonly value: string };
  readonly members: readonly string[];
  readonly memberCount: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly detectedAt: number | null;
  readonly events: number;
}

export interface PageIncident extends Happening {
  readonly title: string;
  /** 0 to 100. */
  readonly risk: number;
  readonly stages: readonly Stage[];
  readonly categories: readonly Category[];
  /** Empty when there was no room. */
  readonly summary: string;
  readonly recommendation: string;
  readonly detections: readonly PageDetection[];
  readonly detectionCount: number;
}

export interface PageDetection extends Happening {
  readonly category: Category;
  readonly class: FindingClass | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly service: string;
  readonly endpoint: string;
  readonly observed: number;
  readonly expected: number | null;
  readonly threshold: number;
  readonly unit: string;
  readonly explanation: string;
  readonly samples: readonly PageSample[];
  readonly sampleCount: number;
}

export interface PageSample {
  /** "access.log:5899". */
  readonly place: string;
  readonly time: number | null;
  readonly request: string;
  readonly status: number | null;
  readonly findings: readonly PageFinding[];
}

export interface PageFinding {
  readonly class: FindingClass;
  readonly location: string;
  readonly evidence: string;
  readonly decoded: string;
  /** 0 to 1. */
  readonly score: number;
  readonly reason: string;
}

export interface PageService {
  readonly name: string;
  readonly requests: number;
  readonly endpoints: readonly PageEndpoint[];
}

export interface PageEndpoint {
  readonly endpoint: string;
  readonly requests: number;
  /** Shares, 0 to 1. */
  readonly clientErrors: number;
  readonly serverErrors: number;
  /** Milliseconds. */
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface PageBlindSpot {
  readonly field: string;
  readonly title: string;
  readonly lost: readonly string[];
  readonly advice: string;
}

interface PageProblem {
  readonly code: string;
  readonly input: string;
  readonly message: string;
  readonly remedy: string;
}
