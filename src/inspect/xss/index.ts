/** Cross-site scripting: markup, handlers, URLs and script that a browser would run when it is shown the value. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { proseOf } from "../prose.ts";
import { isQuotedCode } from "../quoted-code.ts";
import type { Place } from "../values/value.ts";
import { judgeStyle } from "./css.ts";
import { readTags } from "./html.ts";
import { findHandlers, findLooseMarkup, findScriptUrls } from "./injected.ts";
import { findScript } from "./script-text.ts";
import { judgeTags } from "./tags.ts";

export const xss: Detector = {
  class: "xss",
  id: "xss",
  title: "Cross-site scripting",
  meaning:
    "The value carries markup or script that runs in the browser of whoever is shown it: to act in their name, to take their session, to change the page.",
  cwe: ["CWE-79", "CWE-80", "CWE-83", "CWE-87"],
  patterns: ["CAPEC-63", "CAPEC-588", "CAPEC-591", "CAPEC-592", "T1059.007", "T1189"],
  owasp: ["API8:2023", "API10:2023"],
  falsePositives: [
    "HTML in fields that hold HTML (editors, e-mail templates, session replay)",
    "Source code and questions about it",
  ],
  wants: (bits) =>
    (bits & (shape.TAG | shape.CODE_WORD)) !== 0 ||
    ((bits & shape.BRACKET) !== 0 && (bits & shape.PAREN) !== 0 && (bits & shape.QUOTES) !== 0) ||
    ((bits & shape.BACKTICK) !== 0 && (bits & shape.BRACKET) !== 0) ||
    // Line breaks inside a scheme: `java\nscript:`.
    ((bits & shape.LINE) !== 0 && (bits & shape.COLON) !== 0) ||
    ((bits & (shape.BRACKET | shape.CALL)) !== 0 &&
      (bits & shape.PAREN) !== 0 &&
      (bits & shape.OPERATOR) !== 0),
  find(reading, context) {
    const best = strongest(reading, context);
    if (best === undefined) return NO_MATCH;
    const score = soften(best, reading, context);
    return score < 0.1 ? NO_MATCH : [{ ...best, score }];
  },
};

function strongest(reading: Reading, context: Context): Match | undefined {
  let best: Match | undefined;
  const consider = (match: Match) => {
    if (match.score > (best?.score ?? 0)) best = match;
  };
  const tags = (reading.shape & shape.TAG) === 0 ? [] : readTags(reading.text, reading.lower);
  for (const match of judgeTags(reading, tags, context.role === "markup", IN_URL.has(context.place))) {
    consider(match);
  }
  if ((reading.shape & shape.TAG) !== 0) for (const match of findInstructions(reading)) consider(match);
  if (tags.length < 4) for (const match of findLooseMarkup(reading)) consider(match);
  if ((reading.shape & shape.CODE_WORD) !== 0 || tags.length === 0) {
    const spans = tags.map((tag): [number, number] => [tag.start, tag.end]);
    for (const match of findHandlers(reading, spans)) consider(match);
    for (const match of findScriptUrls(reading)) consider(match);
    for (const match of findScript(reading)) consider(match);
    for (const match of findStyle(reading)) consider(match);
  }
  return best;
}

/** Places where nobody sends a document. */
const IN_URL: ReadonlySet<Place> = new Set(["path", "segment", "query", "query name", "header", "cookie"]);

/** `<?import …>` and `<?xml-stylesheet …>` load behaviours and style sheets. */
function* findInstructions({ lower }: Reading): Generator<Match> {
  for (const opening of ["<?import", "<?xml-stylesheet", "<?xml:namespace"]) {
    const at = lower.indexOf(opening);
    if (at < 0) continue;
    yield {
      rule: "xss/processing-instruction",
      score: 0.6,
      reason: `${opening} makes the browser load what it names.`,
      start: at,
      end: at + 60,
    };
  }
}

/** Style text without its tag: `red;xss:expression(…)`. */
function* findStyle({ text, lower }: Reading): Generator<Match> {
  if (
    !lower.includes("expression") &&
    !lower.includes("-moz-binding") &&
    !lower.includes("behavior") &&
    !lower.includes("@import")
  )
    return;
  const score = judgeStyle(text.slice(0, 4_000));
  if (score === 0) return;
  const styled =
    /[:{;]\s{0,8}(?:[\w-]{1,40}\s{0,8})?(?::|expression|url)/.test(lower) || lower.includes("<style");
  yield {
    rule: "xss/style",
    score: styled ? score : 0.3,
    reason: "The style would run script or load a foreign sheet.",
    start: 0,
    end: Math.min(text.length, 200),
  };
}

const SPOKEN = new Set([
  "xss/script-call",
  "xss/dom-access",
  "xss/script-url",
  "xss/closing-tag",
  "xss/active-tag",
  "xss/markup",
  "xss/event-handler",
  "xss/injected-handler",
]);

/** Code is what code fields hold; sentences mention scripts without being one. */
function soften(match: Match, reading: Reading, context: Context): number {
  if (context.role === "code" || isQuotedCode(reading.text, context)) return match.score * 0.5;
  // Escaped markup is shown, not run, unless something decodes it once more.
  const escaped =
    context.trail[context.trail.length - 1] === "html entities" && context.place !== "query" ? 0.9 : 1;
  if (!SPOKEN.has(match.rule) || reading.text.length < 60) return match.score * escaped;
  const prose = proseOf(reading.text);
  return match.score * escaped * (prose > 0.3 ? 1 - prose * 0.5 : 1);
}
