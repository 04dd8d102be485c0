/** One value that the gate did not let pass: every reading of it, before every detector that its shape concerns. */
import { ATTACK_SCORE, type Finding, type FindingClass } from "../event.ts";
import type { Budget } from "./budget.ts";
import { type Context, contextOf } from "./context.ts";
import { decode, type Form } from "./decode.ts";
import type { Detector, Match } from "./detector.ts";
import { DETECTORS } from "./detectors.ts";
import { show } from "./evidence.ts";
import { BRACE, BRACKET } from "./gate/shape.ts";
import { isJson } from "./json-text.ts";
import { isMention } from "./mention.ts";
import type { Value } from "./values/value.ts";

/** What `vedette inspect` shows of the way to a verdict. */
export interface Step {
  readonly value: Value;
  readonly forms: readonly Form[];
  readonly seen: readonly Seen[];
}

export interface Seen {
  readonly detector: Detector;
  readonly form: Form;
  readonly match: Match;
}

/** Something hidden under two or more layers of encoding was hidden on purpose. */
const LAYERED = 0.05;
/** Findings weaker than this tell nobody anything. */
const WEAKEST = 0.2;

export function examine(value: Value, budget: Budget, add: (finding: Finding) => void): Step {
  const base = contextOf(value);
  const forms = decode(value, budget);
  const seen: Seen[] = [];
  for (let at = 0; at < forms.length; at++) {
    const form = forms[at];
    // The server decodes the transport's escapes before anything reads the value.
    if (form === undefined || (at === 0 && value.escaped && hasTransportReading(forms))) continue;
    const context: Context = form.trail.length === 0 ? base : { ...base, trail: form.trail };
    const json = (form.shape & BRACE_OR_BRACKET) !== 0 && isJson(form.text);
    for (const detector of DETECTORS) {
      if (!detector.wants(form.shape, context) || (json && !OF_STRUCTURE.has(detector.class))) continue;
      if (!budget.spend(form.text.length)) break;
      for (const found of detector.find(form, context)) {
        const match = spokenOf(found, form, context);
        if (match.score < WEAKEST) continue;
        seen.push({ detector, form, match });
        add(findingOf(value, context, detector, form, match));
      }
    }
  }
  return { value, forms, seen };
}

const BRACE_OR_BRACKET = BRACE | BRACKET;
/** What the structure of JSON text tells; its strings are readings of their own, without the quotes around them. */
const OF_STRUCTURE: ReadonlySet<FindingClass> = new Set<FindingClass>([
  "nosqli",
  "deserialization",
  "prototype_pollution",
  "log4shell",
  "other",
]);

/** Verdicts weaker than this are context when the text speaks about what they found. */
const CLEAR = 0.66;
const SPOKEN_OF = 0.75;
const IN_TEXT: ReadonlySet<string> = new Set(["field", "body"]);

function spokenOf(match: Match, form: Form, context: Context): Match {
  if (match.score < ATTACK_SCORE || match.score >= CLEAR || !IN_TEXT.has(context.place)) return match;
  return isMention(form.text, match.start, match.end) ? { ...match, score: match.score * SPOKEN_OF } : match;
}

function hasTransportReading(forms: readonly Form[]): boolean {
  return forms[1]?.trail[0] === "percent";
}

function findingOf(value: Value, context: Context, detector: Detector, form: Form, match: Match): Finding {
  const layered = form.trail.length > 1 && match.score >= 0.5 ? LAYERED : 0;
  const { evidence, decoded } = show(value.text, form, match, context.role);
  return {
    class: detector.class,
    rule: match.rule,
    location: value.location,
    evidence,
    decoded,
    score: Math.round(Math.min(1, match.score + layered) * 100) / 100,
    reason: match.reason,
  };
}
