/**
 * Markup without a tag of its own: a value that ends the attribute it was put into and adds a handler, and script
 * URLs as whole values.
 */
import type { Match, Reading } from "../detector.ts";
import { readAttribute } from "./html.ts";
import { scriptStrength } from "./javascript.ts";
import { HANDLERS } from "./lexicon.ts";
import { judgeScheme } from "./scheme.ts";

/** Occurrences of "on" that are tried. */
const MOST = 8;
const LONGEST_VALUE = 500;

export function* findHandlers(
  { text, lower }: Reading,
  tagSpans: readonly (readonly [number, number])[],
): Generator<Match> {
  let at = lower.indexOf("on");
  for (let tried = 0; at >= 0 && tried < MOST; at = lower.indexOf("on", at + 2)) {
    if (!startsName(text, at)) continue;
    tried++;
    let end = at + 2;
    while (isLetter(lower.charCodeAt(end))) end++;
    if (!HANDLERS.has(lower.slice(at + 2, end))) continue;
    if (tagSpans.some(([from, to]) => at >= from && at < to)) continue;
    if (
      text
        .slice(end, end + 40)
        .trimStart()
        .charAt(0) !== "="
    )
      continue;
    const attribute = readAttribute(text, lower, at);
    yield judgeHandler(text, at, attribute.end, attribute.value.slice(0, LONGEST_VALUE));
  }
}

function judgeHandler(text: string, at: number, end: number, value: string): Match {
  const before = text.slice(Math.max(0, at - 20), at).trimEnd();
  const quoted = /["'`>/]$/.test(before);
  const strength = value.length === 0 ? 0 : scriptStrength(value);
  const score =
    strength >= 0.9
      ? quoted || before.length === 0
        ? 0.85
        : 0.75
      : quoted
        ? strength >= 0.7
          ? 0.7
          : value.length > 0
            ? 0.5
            : 0.3
        : strength >= 0.7
          ? 0.5
          : 0.2;
  return {
    rule: "xss/injected-handler",
    score,
    reason: "The value would end an attribute and add an event handler to the page's own tag.",
    start: Math.max(0, at - 2),
    end,
  };
}

/** Script URLs at the start of the value, or where markup, CSS and Markdown put a URL. */
export function* findScriptUrls({ text, lower }: Reading): Generator<Match> {
  const bare = text.replace(/^[\s"'`(<=]+/, "");
  const whole = judgeScheme(bare);
  // `form action="javascript:…`: an attribute's URL ends with its quote, and is read below.
  if (whole.score > 0 && !/^[^:]{0,60}=\s{0,4}["']/.test(bare))
    yield scriptUrl(whole.score, whole.scheme, 0, Math.min(text.length, 120));
  for (const scheme of ["javascript", "vbscript"]) {
    let at = lower.indexOf(scheme, 1);
    for (let tried = 0; at > 0 && tried < 8; tried++, at = lower.indexOf(scheme, at + 4)) {
      if (!"\"'`(=:,;>[{ \t\n".includes(text.charAt(at - 1))) continue;
      if (!/^\s{0,8}(?::|&colon|%3a)/.test(lower.slice(at + scheme.length, at + scheme.length + 20)))
        continue;
      const verdict = judgeScheme(untilQuote(text, at));
      // A space before it is prose; a quote, a bracket or an equals sign is markup.
      const spoken = " \t\n,;".includes(text.charAt(at - 1)) ? 0.15 : 0.05;
      if (verdict.score > 0)
        yield scriptUrl(verdict.score - spoken, verdict.scheme, at, Math.min(text.length, at + 120));
    }
  }
}

/** A URL attribute with a script in it, of a tag that the page has: `formaction=javascript:…`. */
const STYLE_URL = /:\s{0,4}url\(\s{0,4}["']?\s{0,4}(?:javascript|vbscript)\b/;
const ATTRIBUTE =
  /(?:^|[\s"'`/])(?:href|xlink:href|src|action|formaction|data|background|dynsrc|lowsrc|poster|srcdoc|style)\s{0,4}=\s{0,4}["'`]?\s{0,4}(?:[\w-]{0,40}\s{0,4}:\s{0,4}url\(\s{0,4}["']?)?(?:javascript|vbscript|data:(?:text\/html|image\/svg))[:;,]/;
/** `<s c r i p t`: white space inside a name, which a filter or an old reader takes out. */
const SPACED = /<\s{0,2}((?:[a-z]\s{1,2}){2,9}[a-z])(?=[\s>/]|$)/;
const SPACED_NAMES = new Set([
  "script",
  "iframe",
  "img",
  "form",
  "object",
  "embed",
  "svg",
  "style",
  "link",
  "meta",
  "body",
  "base",
  "applet",
  "video",
  "audio",
  "frame",
  "input",
  "marquee",
]);

/** `scriptalert(1)/script`: name, code and end of an element whose brackets are gone. */
const STRIPPED =
  /(?:^|[^a-z]|<)(script|iframe|svg|style)[ -;=?-~]{0,20}?(?:alert|prompt|confirm|eval|document|window|location|src|onload)\b[ -;=?-~]{0,200}\/\1\b/;

export function* findLooseMarkup({ lower }: Reading): Generator<Match> {
  const attribute = ATTRIBUTE.exec(lower) ?? STYLE_URL.exec(lower);
  if (attribute !== null) {
    yield {
      rule: "xss/script-url",
      score: 0.6,
      reason: "The value is an attribute whose URL runs in the page.",
      start: attribute.index,
      end: Math.min(lower.length, attribute.index + attribute[0].length + 40),
    };
  }
  const stripped = STRIPPED.exec(lower);
  if (stripped !== null) {
    yield {
      rule: "xss/stripped-tag",
      score: 0.55,
      reason: "A script whose angle brackets were taken out on the way, as filters and logs do.",
      start: stripped.index,
      end: stripped.index + stripped[0].length,
    };
  }
  const spaced = SPACED.exec(lower);
  if (spaced === null || !SPACED_NAMES.has((spaced[1] ?? "").replace(/\s+/g, ""))) return;
  yield {
    rule: "xss/spaced-tag",
    score: 0.55,
    reason: "A tag whose name is broken up by white space.",
    start: spaced.index,
    end: Math.min(lower.length, spaced.index + spaced[0].length + 40),
  };
}

/** What stands in quotes ends with them. */
function untilQuote(text: string, at: number): string {
  const quote = text.charAt(at - 1);
  const close = quote === '"' || quote === "'" || quote === "`" ? text.indexOf(quote, at) : -1;
  return close < 0 ? text.slice(at) : text.slice(at, close);
}

function scriptUrl(score: number, scheme: string, start: number, end: number): Match {
  return {
    rule: "xss/script-url",
    score,
    reason: `A ${scheme}: URL runs in the page that links to it.`,
    start,
    end,
  };
}

function startsName(text: string, at: number): boolean {
  if (at === 0) return true;
  return !/[\w$.-]/.test(text.charAt(at - 1));
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}
