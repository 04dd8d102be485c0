import { type ApiEvent, ATTACK_SCORE, type Finding, type FindingClass } from "../../src/event.ts";
import { inspect } from "../../src/inspect/inspect.ts";

/** One sample of a corpus. `wanted` lists the classes that would be right; none for benign traffic. */
export interface Sample {
  readonly set: string;
  readonly text: string;
  readonly event: ApiEvent;
  readonly wanted: readonly FindingClass[] | undefined;
}

/** An attack counts as found when a fitting class is; a benign sample is flagged by any class. */
export function isFlagged(sample: Sample): boolean {
  return inspect(sample.event).some(
    (finding) =>
      finding.score >= ATTACK_SCORE && (sample.wanted === undefined || fits(finding, sample.wanted)),
  );
}

function fits(finding: Finding, wanted: readonly FindingClass[]): boolean {
  return wanted.length === 0 || wanted.includes(finding.class);
}

/** 0 for the half that may be looked at, 1 for the half that is only scored. FNV-1a with a final mix. */
export function halfOf(text: string): 0 | 1 {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b) >>> 0;
  return ((hash ^ (hash >>> 13)) & 1) === 1 ? 1 : 0;
}
