import { SEVERITIES, type Severity } from "../event.ts";

export function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** The graver of two. */
export function atLeast(a: Severity, b: Severity): Severity {
  return rank(a) >= rank(b) ? a : b;
}
