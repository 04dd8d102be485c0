/** Markup in a value: what each tag would load or run, weighed by how much of a document surrounds it. */

import { beforeFirst } from "../before-first.ts";
import { decodeHtmlEntities } from "../decode/html-entities.ts";
import type { Match, Reading } from "../detector.ts";
import { judgeStyle } from "./css.ts";
import type { Attribute, Tag } from "./html.ts";
import { scriptStrength } from "./javascript.ts";
import { ACTIVE_TAGS, HANDLERS, PLAIN_TAGS, URL_ATTRIBUTES } from "./lexicon.ts";
import { judgeScheme } from "./scheme.ts";

/** Formatting tags at which a value is a document rather than a payload. */
const DOCUMENT = 4;

/** The first of many say what the rest would. */
const MOST_SCRIPTS = 6;
const MOST_ATTRIBUTES = 120;

/** How much of a document the value is: in one, tags that only load something say little. */
export function isDocument(tags: readonly Tag[]): boolean {
  let plain = 0;
  for (const tag of tags) if (!tag.closing && PLAIN_TAGS.has(tag.name)) plain++;
  return plain >= DOCUMENT;
}

/**
 * @param markup the field holds HTML by its name
 * @param url the value stands where nobody sends a document: in a path, a query, a header
 */
export function* judgeTags(
  reading: Reading,
  tags: readonly Tag[],
  markup: boolean,
  url: boolean,
): Generator<Match> {
  const rich = markup || isDocument(tags);
  const injected = rich ? undefined : injectedMarkup(reading, tags, url);
  if (injected !== undefined) yield injected;
  let scripts = 0;
  let attributes = 0;
  for (const tag of tags) {
    if (tag.closing) {
      if (BREAKOUTS.has(tag.name) && !rich) yield breakout(tag, tags);
      continue;
    }
    if (tag.name.startsWith("script") && scripts++ < MOST_SCRIPTS) yield judgeScriptTag(reading, tag);
    for (const attribute of tag.attributes) {
      if (attributes++ > MOST_ATTRIBUTES) break;
      const match = judgeAttribute(tag, attribute, rich);
      if (match !== undefined) yield match;
    }
    const active = isSpoken(reading, tag, tags) ? undefined : judgeActiveTag(tag, rich, url);
    if (active !== undefined) yield active;
  }
}

/** A quote and a bracket leave the attribute that the page put the value into; what follows is markup of its own. */
const LEAVES = /^[^<>]{0,40}["']\s{0,8}\/?>\s{0,8}$/;

/** Harmless tags, where nobody sends any: the page can be rewritten, links and forms can be put into it. */
function injectedMarkup({ text }: Reading, tags: readonly Tag[], url: boolean): Match | undefined {
  const first = tags[0];
  if (first === undefined) return undefined;
  const way = url ? wayOut(text) : undefined;
  if (way !== undefined) {
    return {
      rule: "xss/markup",
      score: 0.55,
      reason: way,
      start: 0,
      end: Math.min(text.length, first.end + 40),
    };
  }
  const left = text.charAt(first.end - 1) === ">" && LEAVES.test(text.slice(0, first.start));
  const whole = url && WHOLE_PAGE.has(first.name) && (first.attributes.length > 0 || tags.length > 1);
  const binding = url && tags.some((tag) => !tag.closing && rewrites(tag));
  const score = left ? (COPIED.has(first.name) && !binding ? 0.4 : 0.6) : whole || binding ? 0.5 : 0;
  if (score === 0) return undefined;
  return {
    rule: "xss/markup",
    score,
    reason: `<${first.name}> would become part of the page that shows the value.`,
    start: first.start,
    end: Math.min(text.length, first.end + 40),
  };
}

/** The value begins with the end of what the page put it into: an attribute, a comment, a character data section. */
const ENDS_FIRST = /^(?:\s{0,4}["']\s{0,4}\/?>|\s{0,4}(?:--!?>|\]\]>))\s{0,4}<[/a-z!]/i;
/** The same with an address before it, and the end of the element that the page began behind it. */
const ENDS_ELEMENT = /^\s{0,4}["'][^<>"']{0,120}["']\s{0,4}\/?>[^<>]{0,120}<\/[a-z]{1,20}\s{0,4}>/i;
/** An attribute that never ends takes the rest of the page for its value, and sends it away (dangling markup). */
const DANGLING =
  /<(?:img|input|a|base|form|button|link|meta|iframe|object|embed|video|audio|source|table|body)\b[^<>]{0,200}\b(?:src|href|action|formaction|data|background|value|content|poster|ping)\s{0,4}=\s{0,4}["'][^"'<>]{0,200}$/i;

function wayOut(text: string): string | undefined {
  if (ENDS_FIRST.test(text) || ENDS_ELEMENT.test(text))
    return "The value ends the attribute or comment that it is put into, and goes on as markup.";
  if (DANGLING.test(text)) return "An attribute without an end takes in the page that follows.";
  return undefined;
}

/** What is copied along when somebody marks a picture or a link. */
const COPIED = new Set(["img", "a", "br", "p", "span", "div"]);

/** A plain element that fetches or binds something: links and pictures are quoted, these are not. */
function rewrites(tag: Tag): boolean {
  if (!PLAIN_TAGS.has(tag.name)) return false;
  return tag.attributes.some(
    ({ name, value }) => BINDING.test(name) || (name === "style" && /url\(/i.test(value)),
  );
}

const BINDING = /^(?:datasrc|datafld|dataformatas|background|formaction|action|lowsrc|dynsrc|xlink:href)$/;

const WHOLE_PAGE = new Set(["html", "body", "head", "frameset"]);

const BREAKOUTS = new Set([
  "script",
  "textarea",
  "title",
  "style",
  "noscript",
  "xmp",
  "template",
  "select",
  "iframe",
  "plaintext",
]);

/** A lone closing tag ends the element that the application put the value into. */
function breakout(tag: Tag, tags: readonly Tag[]): Match {
  const opened = tags.some((other) => !other.closing && other.name === tag.name && other.start < tag.start);
  return {
    rule: "xss/closing-tag",
    score: opened ? 0.1 : tag.name === "script" ? 0.55 : 0.4,
    reason: `A closing </${tag.name}> would leave the element that the page puts the value into.`,
    start: tag.start,
    end: tag.end,
  };
}

const DATA_TYPE = /json|template|handlebars|mustache|importmap|speculationrules/i;

function judgeScriptTag({ text, lower }: Reading, tag: Tag): Match {
  const close = lower.indexOf("</script", tag.end);
  const content = text.slice(tag.end, close < 0 ? tag.end + 2_000 : Math.min(close, tag.end + 2_000));
  const source = tag.attributes.some(({ name }) => name === "src" || name.endsWith("href"));
  // Data for other scripts, which no browser runs.
  const data = tag.attributes.some(({ name, value }) => name === "type" && DATA_TYPE.test(value));
  const strength = data ? 0 : scriptStrength(content);
  // A page about scripts says "a <script> tag in my page": words, no code, no end.
  const words = content.replaceAll("+", " ");
  const spoken = close < 0 && scriptStrength(words) < 0.5 && /^\s*[a-z]+(?: [a-z]+|\s*$)/i.test(words);
  return {
    rule: "xss/script-tag",
    score: data ? 0.2 : spoken ? 0.35 : strength > 0.6 ? 0.95 : source || close >= 0 ? 0.8 : 0.65,
    reason: "A script tag would run in the browser of whoever sees the value.",
    start: tag.start,
    end: Math.min(text.length, close < 0 ? tag.end + content.length : close + 9),
  };
}

function judgeAttribute(tag: Tag, attribute: Attribute, rich: boolean): Match | undefined {
  const { name, start, end } = attribute;
  const value = decodeHtmlEntities(attribute.value) ?? attribute.value;
  if (name.startsWith("on") && isHandler(name)) {
    const score = handlerScore(value, rich);
    return {
      rule: "xss/event-handler",
      score,
      reason: `The ${name} handler of <${tag.name}> would run script in the page.`,
      start: tag.start,
      end,
    };
  }
  if (name === "srcdoc") {
    return {
      rule: "xss/srcdoc",
      score: 0.8,
      reason: "srcdoc is a document of its own, scripts included.",
      start: tag.start,
      end,
    };
  }
  if (name === "style") {
    const score = judgeStyle(value) || (rich ? 0 : oddStyle(value));
    if (score > 0)
      return {
        rule: "xss/style",
        score,
        reason: "The style would run script or load a foreign sheet.",
        start,
        end,
      };
  }
  if (name === "ev:event" || name === "ev:handler" || (tag.name === "listener" && name === "handler")) {
    return {
      rule: "xss/event-handler",
      score: 0.55,
      reason: "XML Events attach script to the element.",
      start: tag.start,
      end,
    };
  }
  if (/^\s*(?:java|vb)script[^\w\s:]/i.test(value)) {
    return {
      rule: "xss/script-url",
      score: 0.5,
      reason: "A script URL whose colon is spelt otherwise.",
      start,
      end,
    };
  }
  if (value.length > 4 && (URL_ATTRIBUTES.has(name) || /script\s*:/i.test(value))) {
    const { score, scheme } = judgeScheme(value);
    if (score > 0) {
      return {
        rule: "xss/script-url",
        // In an attribute even the feeblest script runs.
        score:
          rich || scriptStrength(value.slice(value.indexOf(":") + 1)) === 0 ? score : Math.max(score, 0.6),
        reason: `A ${scheme}: URL in ${name} runs in the page.`,
        start,
        end,
      };
    }
  }
  return undefined;
}

/** Styles that fetch from elsewhere, or hide what they say behind escapes and comments. */
function oddStyle(style: string): number {
  if (/url\(\s*["']?(?:https?:)?\/\//i.test(style)) return 0.5;
  return style.includes("\\") || style.includes("/*") ? 0.5 : 0;
}

/** Known handlers, and names that only could be one (browsers add handlers; payloads misspell them). */
function isHandler(name: string): boolean {
  return HANDLERS.has(beforeFirst(name.slice(2), /[^a-z]/));
}

function handlerScore(value: string, rich: boolean): number {
  const code = value.trim();
  if (code.length === 0) return 0.4;
  // JSX and templates bind handlers with braces.
  if (code.startsWith("{") && !code.startsWith("{{")) return 0.3;
  const strength = scriptStrength(code.replace(/^(?:javascript|vbscript)\s*:/i, ""));
  if (strength >= 0.9) return 0.95;
  if (rich) return strength >= 0.7 ? 0.45 : 0.3;
  return strength >= 0.7 ? 0.8 : strength > 0 ? 0.7 : 0.4;
}

/**
 * "the <style> tag", "<svg> icon": one element without attributes, and at most words around it. By itself, only
 * `<plaintext>` does anything: it turns the rest of the page into text (HTML, 13.2.6.4.7).
 */
function isSpoken({ text }: Reading, tag: Tag, tags: readonly Tag[]): boolean {
  if (tags.length > 1 || tag.attributes.length > 0 || text.charCodeAt(tag.end - 1) !== 62) return false;
  const around = text.slice(0, tag.start) + text.slice(tag.end);
  return /^[\p{L}\s,.?'-]*$/u.test(around) && (tag.name !== "plaintext" || around.trim().length > 0);
}

function judgeActiveTag(tag: Tag, rich: boolean, url: boolean): Match | undefined {
  const base = ACTIVE_TAGS.get(tag.name);
  if (base === undefined) return undefined;
  const loads = tag.attributes.some(({ name, value }) => value.length > 0 && LOADS.has(name));
  const score = base + (loads ? 0.1 : 0) + (url ? 0.1 : 0);
  return {
    rule: "xss/active-tag",
    score: rich ? score * 0.5 : score,
    reason: `<${tag.name}> loads or runs something in the page that shows the value.`,
    start: tag.start,
    end: tag.end,
  };
}

const LOADS = new Set([
  "src",
  "href",
  "data",
  "http-equiv",
  "action",
  "formaction",
  "attributename",
  "code",
  "xlink:href",
  "rel",
]);
