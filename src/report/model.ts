/** What a scan found, as every form of the report reads it. */
import type { ErrorCode } from "../errors.ts";
import type { Detection, EventField, Incident } from "../event.ts";

export interface ScanResult {
  readonly inputs: readonly InputSummary[];
  readonly lines: number;
  /** Events: lines that are requests. */
  readonly parsed: number;
  /** Lines of the log that are no requests: blank lines, comments, headers. */
  readonly ignored: number;
  /** Lines that fit no format, or were too long. */
  readonly skipped: number;
  /** Event times in milliseconds; NaN when no event had one. */
  readonly firstTime: number;
  readonly lastTime: number;
  readonly incidents: readonly Incident[];
  readonly detections: readonly Detection[];
  readonly blindSpots: readonly BlindSpot[];
  readonly timeline: Timeline;
  readonly services: readonly ServiceSummary[];
  readonly problems: readonly Problem[];
  readonly elapsedMs: number;
}

export interface InputSummary {
  readonly file: string;
  /** Format id and title; empty when nothing was recognised. */
  readonly format: string;
  readonly title: string;
  /** Why this format: "98 of 100 lines fit". */
  readonly evidence: string;
  /** JSON only: which event field was read from where. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly lines: number;
  readonly parsed: number;
  readonly skipped: number;
}

/** Something that went wrong with an input, while the rest was scanned. */
export interface Problem {
  readonly code: ErrorCode;
  readonly input: string;
  readonly message: string;
  readonly remedy: string;
}

/** A field that this log lacks, what that switches off, and how to add it. */
export interface BlindSpot {
  readonly field: EventField;
  readonly title: string;
  /** What cannot be seen without it. */
  readonly lost: readonly string[];
  /** The configuration line for this server that adds it; empty when it is not known. */
  readonly advice: string;
}

/** Traffic over time in equal steps. */
export interface Timeline {
  /** Event time of the first step, milliseconds. */
  readonly start: number;
  readonly stepMs: number;
  readonly requests: readonly number[];
  /** 4xx and 5xx. */
  readonly refused: readonly number[];
  readonly failed: readonly number[];
  /** Requests that carried a finding of attack strength. */
  readonly attacks: readonly number[];
}

export interface ServiceSummary {
  readonly name: string;
  readonly requests: number;
  readonly endpoints: readonly EndpointSummary[];
}

export interface EndpointSummary {
  readonly endpoint: string;
  readonly requests: number;
  /** Shares, 0 to 1. */
  readonly clientErrors: number;
  readonly serverErrors: number;
  /** Milliseconds; undefined when the log has no durations. */
  readonly p50: number | undefined;
  readonly p95: number | undefined;
}
