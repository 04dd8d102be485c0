/**
 * Fixed pieces of text that mean one thing: the cheapest evidence, and only as good as the piece is telling. All
 * detectors that know such pieces look them up here.
 */
import type { Match, Reading } from "./detector.ts";

export interface Sign {
  readonly rule: string;
  /** In lower case; searched for as it stands. */
  readonly text: string;
  readonly score: number;
  readonly reason: string;
  /** "word": no letter, digit or underscore directly before it. */
  readonly at?: "word";
}

/** Signs of one rule and reason: text and score. */
export function signs(
  rule: string,
  reason: string,
  texts: Readonly<Record<string, number>>,
  at?: "word",
): readonly Sign[] {
  return Object.entries(texts).map(([text, score]) => ({
    rule,
    reason,
    text,
    score,
    ...(at === undefined ? {} : { at }),
  }));
}

/** How much of the text after a sign is shown. */
const SHOWN = 40;

export function* findSigns(reading: Reading, wanted: readonly Sign[]): Generator<Match> {
  const { text, lower } = reading;
  for (const sign of wanted) {
    const at = sign.at === "word" ? indexOfWord(lower, sign.text) : lower.indexOf(sign.text);
    if (at < 0) continue;
    const end = Math.min(text.length, at + sign.text.length + SHOWN);
    yield { rule: sign.rule, score: sign.score, reason: sign.reason, start: at, end };
  }
}

function indexOfWord(lower: string, wanted: string): number {
  let at = lower.indexOf(wanted);
  for (let tried = 0; at > 0 && tried < 16; tried++) {
    if (!/[\w$]/.test(lower.charAt(at - 1))) return at;
    at = lower.indexOf(wanted, at + 1);
  }
  return at === 0 ? 0 : -1;
}

/** Nothing that comes later changes a verdict as sure as this. */
const SURE = 0.9;

/** The strongest of several matches. */
export function strongest(matches: Iterable<Match>): Match | undefined {
  let best: Match | undefined;
  for (const match of matches) {
    if (match.score > (best?.score ?? 0)) best = match;
    if (match.score >= SURE) break;
  }
  return best;
}
