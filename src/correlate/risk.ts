/** How much an incident deserves attention: 0 to 100, from its gravest verdict, its breadth and whether it worked. */

import { rank } from "../detect/severity.ts";
import type { Verdict } from "../detect/verdict.ts";
import type { Outcome, Severity } from "../event.ts";

const BASE: Readonly<Record<Severity, number>> = { info: 5, low: 20, medium: 45, high: 70, critical: 90 };
const WORKED: Readonly<Record<Outcome, number>> = {
  unknown: 0,
  attempted: 0,
  probably_succeeded: 6,
  succeeded: 8,
};
const PER_CATEGORY = 4;
const MOST_FOR_BREADTH = 12;

export function riskOf(
  verdicts: readonly Verdict[],
  severity: Severity,
  outcome: Outcome,
  stages: number,
): number {
  const gravest = verdicts.filter((verdict) => rank(verdict.severity) === rank(severity));
  const confidence = Math.max(...gravest.map((verdict) => verdict.confidence));
  const categories = new Set(verdicts.filter((v) => v.severity !== "info").map((v) => v.category)).size;
  const breadth = Math.min(
    MOST_FOR_BREADTH,
    (categories - 1) * PER_CATEGORY + Math.max(0, stages - 2) * PER_CATEGORY,
  );
  const risk = BASE[severity] * (0.7 + 0.3 * confidence) + breadth + WORKED[outcome];
  return Math.round(Math.min(100, Math.max(0, risk)));
}
