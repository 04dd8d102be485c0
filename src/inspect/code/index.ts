/** Code injection: source text of a language that the server might evaluate. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { proseOf } from "../prose.ts";
import { isQuotedCode } from "../quoted-code.ts";
import { findSigns, strongest } from "../signs.ts";
import { findJava } from "./java.ts";
import { findPhp } from "./php.ts";
import { findProbes } from "./probes.ts";
import { SCRIPT_PATTERNS, SCRIPTING } from "./scripting.ts";
import { ENDLESS_LOOP, STATEMENTS } from "./statements.ts";

export const code: Detector = {
  class: "code",
  id: "code",
  title: "Code injection",
  meaning:
    "The value is source text of PHP, Python, Ruby, Perl, Java, an expression language or JavaScript that the server would evaluate.",
  cwe: ["CWE-94", "CWE-95", "CWE-917", "CWE-470"],
  patterns: ["CAPEC-242", "CAPEC-35", "T1059", "T1190"],
  owasp: ["API8:2023"],
  falsePositives: ["Source code in fields that hold it", "Class names and stack traces in telemetry"],
  wants: (bits, { trail }) =>
    (bits & (shape.CODE_WORD | shape.TAG | shape.CALL)) !== 0 ||
    ((bits & shape.COMMON_WORD) !== 0 && trail[trail.length - 1] === "base64") ||
    ((bits & shape.DOLLAR) !== 0 && (bits & (shape.PAREN | shape.BRACKET)) !== 0) ||
    ((bits & shape.BRACE) !== 0 && (bits & shape.BRACKET) !== 0) ||
    ((bits & shape.PERCENT) !== 0 && (bits & shape.PAREN) !== 0) ||
    ((bits & shape.QUOTES) !== 0 && (bits & shape.PAREN) !== 0),
  find(reading, context) {
    const best = strongest(findAll(reading, context));
    if (best === undefined) return NO_MATCH;
    const score = soften(best, reading, context);
    return score < 0.1 ? NO_MATCH : [{ ...best, score }];
  },
};

function* findAll(reading: Reading, context: Context): Generator<Match> {
  yield* findPhp(reading);
  yield* findProbes(reading);
  yield* findSigns(reading, SCRIPTING);
  yield* findJava(reading, context);
  for (const [rule, score, reason, pattern] of PATTERNS) {
    const found = pattern.exec(reading.lower);
    if (found === null) continue;
    const end = found.index + found[0].length;
    yield {
      rule,
      score: context.role === "filter" || context.place === "field" ? score - 0.1 : score,
      reason,
      start: found.index,
      end,
    };
  }
  yield* spelled(reading, context);
  const loop = ENDLESS_LOOP.exec(reading.lower);
  if (loop !== null) {
    yield {
      rule: "code/endless-loop",
      score: 0.55,
      reason: "A loop that never ends keeps the server busy.",
      start: loop.index,
      end: loop.index + loop[0].length,
    };
  }
}

const PATTERNS = [...SCRIPT_PATTERNS, ...STATEMENTS];

/** Escapes are for characters that have no key; letters are spelt so for filters alone. */
const SPELLED = /[a-z_$.](?:\\|%5c)u(?:00[4-7][\da-f]|(?:\{|%7b)[4-7][\da-f](?:\}|%7d))(?=[a-z_$.])/i;

function* spelled({ text, lower }: Reading, { trail, raw }: Context): Generator<Match> {
  if (trail[trail.length - 1] !== "escapes" || !SPELLED.test(raw)) return;
  const call = /\b[a-z_$][\w$]{0,30}(?:\.[a-z_$][\w$]{0,30}){0,4}\s{0,4}[(`]/.exec(lower);
  if (call === null) return;
  yield {
    rule: "code/hidden-call",
    score: 0.6,
    reason: "A call whose name is partly written in escapes, which JavaScript reads as letters.",
    start: call.index,
    end: Math.min(text.length, call.index + 60),
  };
}

function soften({ score }: Match, reading: Reading, context: Context): number {
  if (context.role === "code" || isQuotedCode(reading.text, context)) return score * 0.5;
  if (reading.text.length < 50) return score;
  const prose = proseOf(reading.text);
  return prose > 0.25 ? score * (1 - prose * 0.6) : score;
}
