/**
 * The contract of a payload detector: what it looks for, said for people, and how it looks. One detector reads
 * one language the way that language's own reader would. The shared suite in `detector.suite.ts` holds each to it.
 */
import type { FindingClass } from "../event.ts";
import type { Context } from "./context.ts";

/** One reading of a value: as sent, or after some decoding. */
export interface Reading {
  readonly text: string;
  /** `text` with ASCII letters in lower case; same length, so offsets agree. */
  readonly lower: string;
  /** Bits of `gate/shape.ts`. */
  readonly shape: number;
}

/** A partial finding: `inspect` adds location, evidence and decoded text. */
export interface Match {
  /** "sqli/union-select": stable, for exceptions and counts. */
  readonly rule: string;
  /** 0 to 1. At 0.5 and above it counts as an attack. */
  readonly score: number;
  /** One sentence for a person. */
  readonly reason: string;
  /** The telling part of the reading, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

export interface Detector {
  readonly class: FindingClass;
  readonly id: string;
  readonly title: string;
  /** What an attacker wants with it, in one or two sentences. */
  readonly meaning: string;
  /** "CWE-89". */
  readonly cwe: readonly string[];
  /** CAPEC patterns and MITRE ATT&CK techniques: "CAPEC-66", "T1190". */
  readonly patterns: readonly string[];
  /** OWASP API Security Top 10 (2023): "API8:2023". */
  readonly owasp: readonly string[];
  /** Normal traffic that comes near it. */
  readonly falsePositives: readonly string[];
  /** Whether a reading of this shape can hold anything for this detector. Cheap, and never wrongly no. */
  wants(shape: number, context: Context): boolean;
  /** Never throws; linear in the length of the reading. */
  find(reading: Reading, context: Context): readonly Match[];
}

export const NO_MATCH: readonly Match[] = Object.freeze([]);
