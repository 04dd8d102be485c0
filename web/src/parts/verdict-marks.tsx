/** Severity, outcome and state as shapes with their words, so that none is told by colour alone. */
import type { Outcome, Severity } from "../../../src/event.ts";
import { outcomeWords, sentence } from "../../../src/report/html/view/words.ts";
import type { Incident } from "../api/answers.ts";

const TONES: Readonly<Record<Severity, string>> = {
  critical: "text-critical",
  high: "text-high",
  medium: "text-medium",
  low: "text-low",
  info: "text-info",
};
const BARS: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 3, critical: 4 };

export function SeverityMark({
  severity,
  bare = false,
}: {
  readonly severity: Severity;
  readonly bare?: boolean;
}) {
  return (
    <span className={`inline-flex items-center gap-1.5 font-semibold whitespace-nowrap ${TONES[severity]}`}>
      <SeverityShape severity={severity} />
      <span className={bare ? "sr-only" : ""}>{sentence(severity)}</span>
    </span>
  );
}

function SeverityShape({ severity }: { readonly severity: Severity }) {
  const reached = BARS[severity];
  return (
    <svg viewBox="0 0 16 16" className="size-4 shrink-0 fill-current" aria-hidden="true">
      {reached === 0 && <circle cx="8" cy="8" r="5" className="fill-none stroke-current" strokeWidth="1.6" />}
      {reached === 4 && (
        <path
          d="M4.5 1h7A3.5 3.5 0 0 1 15 4.5v7a3.5 3.5 0 0 1-3.5 3.5h-7A3.5 3.5 0 0 1 1 11.5v-7A3.5 3.5 0 0 1 4.5 1zM7 3.8v5.4h2V3.8zm0 6.6v2h2v-2z"
          fillRule="evenodd"
        />
      )}
      {reached > 0 &&
        reached < 4 &&
        [5, 9, 13].map((height, index) => (
          <rect
            key={height}
            x={1.5 + index * 4.8}
            y={14.5 - height}
            width="3.4"
            height={height}
            rx="1"
            opacity={index < reached ? 1 : 0.25}
          />
        ))}
    </svg>
  );
}

/** A disc, filled as far as it worked. */
export function OutcomeMark({ outcome }: { readonly outcome: Outcome }) {
  const worked = outcome === "succeeded" || outcome === "probably_succeeded";
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap ${worked ? "font-semibold text-critical" : ""}`}
    >
      <svg viewBox="0 0 16 16" className="size-4 shrink-0 fill-current" aria-hidden="true">
        <circle
          cx="8"
          cy="8"
          r="5.5"
          className="fill-none stroke-current"
          strokeWidth="1.5"
          strokeDasharray={outcome === "unknown" ? "2 2.3" : undefined}
        />
        {outcome === "succeeded" && <circle cx="8" cy="8" r="6" />}
        {outcome === "probably_succeeded" && <path d="M8 2a6 6 0 0 1 0 12z" />}
      </svg>
      {sentence(outcomeWords(outcome))}
    </span>
  );
}

export const STATE_WORDS: Readonly<Record<Incident["state"], string>> = {
  open: "Open",
  acknowledged: "Acknowledged",
  resolved: "Resolved",
  false_positive: "False alarm",
};

export function StateMark({ state }: { readonly state: Incident["state"] }) {
  return (
    <span
      className={`rounded-full border px-2 py-px text-small whitespace-nowrap ${state === "open" ? "border-strong font-semibold" : "border-line text-muted"}`}
    >
      {STATE_WORDS[state]}
    </span>
  );
}
