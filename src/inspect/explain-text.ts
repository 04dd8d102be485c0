/** An explanation as lines for a person. Every text from the request goes through `inert` before it is shown. */
import { ATTACK_SCORE, type Finding } from "../event.ts";
import { roleOf } from "./context.ts";
import { show } from "./evidence.ts";
import type { Step } from "./examine.ts";
import type { Explanation } from "./explain.ts";

export type Inert = (text: string) => string;

/** Longer values are cut in the middle of the line, never in the verdict. */
const WIDEST = 160;

export function explainText(explanation: Explanation, minScore: number, inert: Inert): string {
  const lines: string[] = [];
  for (const step of explanation.steps) lines.push(...linesOfStep(step, minScore, inert), "");
  for (const finding of explanation.whole) {
    if (finding.score >= minScore)
      lines.push(`${inert(finding.location)}`, `    ${verdictLine(finding)}`, "");
  }
  lines.push(summary(explanation, minScore));
  if (explanation.truncated)
    lines.push("Truncated: the request holds more than is inspected, a part of it was left out.");
  return `${lines.join("\n")}\n`;
}

function linesOfStep(step: Step, minScore: number, inert: Inert): string[] {
  const lines = [inert(step.value.location)];
  const secret = roleOf(step.value.name) === "secret";
  for (const form of step.forms) {
    const name = form.trail.length === 0 ? "as sent" : form.trail.join(" → ");
    lines.push(`  ${inert(name)}: ${secret ? "[redacted]" : inert(cut(form.text))}`);
    for (const seen of step.seen) {
      if (seen.form !== form || seen.match.score < minScore) continue;
      const { decoded } = show(step.value.text, form, seen.match, roleOf(step.value.name));
      lines.push(`    ${verdictLine(seen.match)}`, `      ${inert(cut(decoded))}`);
    }
  }
  if (step.seen.every(({ match }) => match.score < minScore)) lines.push("    nothing that an attack needs");
  return lines;
}

function verdictLine({ rule, score, reason }: Pick<Finding, "rule" | "score" | "reason">): string {
  return `${score >= ATTACK_SCORE ? "attack " : "context"} ${score.toFixed(2)}  ${rule}  ${reason}`;
}

function summary({ steps, whole }: Explanation, minScore: number): string {
  const scores = [...steps.flatMap(({ seen }) => seen.map(({ match }) => match)), ...whole];
  const strongest = scores.reduce<{ rule: string; score: number } | undefined>(
    (best, each) => (each.score > (best?.score ?? Math.max(minScore, 0.0001) - 0.0001) ? each : best),
    undefined,
  );
  const looked = `${steps.length} ${steps.length === 1 ? "value was" : "values were"} worth a closer look`;
  if (strongest === undefined) return `Nothing found: ${looked}.`;
  const verdict = strongest.score >= ATTACK_SCORE ? "An attack" : "No attack, but context";
  return `${verdict}: ${strongest.rule} at ${strongest.score.toFixed(2)}; ${looked}.`;
}

function cut(text: string): string {
  return text.length <= WIDEST ? text : `${text.slice(0, WIDEST - 1)}…`;
}
