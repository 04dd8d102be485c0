/** A notice in words for people: sinks lay them out and make them inert in their own way. */
import { shortened } from "../report/inert.ts";
import type { NoticeMessage } from "./notice.ts";

const REASON_WORDS: Readonly<Record<NoticeMessage["reason"], string>> = {
  new: "New incident",
  reopened: "Reopened",
  severity: "More severe",
  outcome: "Went further",
  merged: "Merged",
  reminder: "Still open",
  test: "Test",
};

const OUTCOME_WORDS = {
  unknown: "unknown",
  attempted: "attempted",
  probably_succeeded: "probably succeeded",
  succeeded: "succeeded",
} as const;

const MAX_FACT = 200;
const MAX_EXPLANATIONS = 3;

export interface Words {
  /** Ours, safe everywhere: "HIGH, new incident". */
  readonly lead: string;
  /** From here on text may come from logs. It has no control characters and no line breaks. */
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** Summary, what to do, and what was measured: whole paragraphs. */
  readonly paragraphs: readonly string[];
  readonly url: string | undefined;
}

export function wordsOf({ reason, incident, detections, merged = [], url }: NoticeMessage): Words {
  const others = (incident.member_count ?? 1) - 1;
  const more = others > 0 ? ` and ${others} more` : "";
  const facts = [
    { label: "Severity", value: `${incident.severity}, risk ${Math.round(incident.risk)} of 100` },
    { label: "Outcome", value: OUTCOME_WORDS[incident.outcome] },
    { label: "By", value: `${shortened(incident.entity.value, MAX_FACT)}${more}` },
    { label: "Service", value: incident.services.join(", ") },
    { label: "Seen", value: `${shortTime(incident.first_seen)} to ${shortTime(incident.last_seen)} UTC` },
    { label: "Events", value: String(incident.events) },
    { label: "Takes in", value: merged.join(", ") },
  ];
  return {
    lead: `${incident.severity.toUpperCase()}, ${REASON_WORDS[reason].toLowerCase()}`,
    title: shortened(incident.title, MAX_FACT),
    facts: facts
      .filter(({ value }) => value !== "")
      .map(({ label, value }) => ({ label, value: shortened(value, MAX_FACT + 20) })),
    paragraphs: [
      incident.summary,
      ...detections.slice(0, MAX_EXPLANATIONS).map(({ explanation }) => explanation),
      incident.recommendation,
    ]
      .filter((paragraph) => paragraph !== "")
      .map((paragraph) => shortened(paragraph, 700)),
    url,
  };
}

const shortTime = (time: string) => time.slice(0, 16).replace("T", " ");
