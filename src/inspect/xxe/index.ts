/** XML external entities, entity bombs, XInclude and foreign document types. */
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { findSigns, signs, strongest } from "../signs.ts";

export const xxe: Detector = {
  class: "xxe",
  id: "xxe",
  title: "XML external entity",
  meaning: "The document makes the parser read files, call other hosts, or swell until memory ends.",
  cwe: ["CWE-611", "CWE-776", "CWE-827"],
  patterns: ["CAPEC-201", "CAPEC-197", "CAPEC-221", "T1190"],
  owasp: ["API8:2023", "API7:2023"],
  falsePositives: ["XHTML and property lists with their public document types"],
  wants: (bits) =>
    (bits & shape.TAG) !== 0 || ((bits & shape.CODE_WORD) !== 0 && (bits & shape.PERCENT) !== 0),
  find(reading, context) {
    const best = strongest(findAll(reading, context));
    if (best === undefined || best.score < 0.1) return NO_MATCH;
    return [context.role === "code" ? { ...best, score: best.score * 0.6 } : best];
  },
};

const EXTERNAL = /<!entity\s{1,40}(?:%\s{0,20})?\S{1,80}\s{1,40}(?:system|public)\b/;
const LOOSE_EXTERNAL = /!entity\s{1,40}(?:%\s{0,20})?\S{1,80}\s{1,40}system\b/;
const DOCTYPE =
  /<!doctype\s{1,40}[^\s>[]{1,80}\s{1,40}(system|public)\s{1,40}(?:"([^"]{0,200})"|'([^']{0,200})')(?:\s{0,40}(?:"([^"]{0,300})"|'([^']{0,300})'))?/;
/** Document types that documents really have. */
const KNOWN_TYPES =
  /^(?:https?:\/\/)?(?:www\.)?(?:w3\.org|apple\.com|oasis-open\.org|java\.sun\.com|xml\.org|openmobilealliance\.org|hibernate\.org|mybatis\.org|struts\.apache\.org|about:legacy-compat)/;
const ENTITY = /<!entity\b/g;

function* findAll(reading: Reading, context: Context): Generator<Match> {
  const { lower, text } = reading;
  const external = EXTERNAL.exec(lower) ?? LOOSE_EXTERNAL.exec(lower);
  if (external !== null)
    yield at("xxe/external-entity", 0.92, "An entity is read from a file or another host.", external, text);
  yield* entities(reading);
  const type = DOCTYPE.exec(lower);
  if (type !== null) {
    const target = type[1] === "system" ? (type[2] ?? type[3] ?? "") : (type[4] ?? type[5] ?? "");
    if (!KNOWN_TYPES.test(target) && target.length > 0) {
      const outside = /^(?:file:|https?:|ftp:|php:|jar:|\/|\\\\|expect:|gopher:)/.test(target);
      yield at(
        "xxe/external-type",
        outside ? 0.75 : 0.55,
        "The document type is read from a file or another host.",
        type,
        text,
      );
    }
  }
  yield* findSigns(reading, XXE_SIGNS);
  const schema = /xsi:(?:nonamespace)?schemalocation\s{0,8}=\s{0,8}["'][^"']{0,400}https?:\/\//.exec(lower);
  // A whole document names its schema; a parameter that does makes a parser call the host.
  if (schema !== null && context.place !== "body" && context.place !== "xml" && text.length < 1_000) {
    yield at(
      "xxe/schema-location",
      0.5,
      "The schema's location makes the parser call another host.",
      schema,
      text,
    );
  }
}

/** Entities of entities: a few lines that expand to gigabytes (CWE-776). */
function* entities({ lower, text }: Reading): Generator<Match> {
  const count = [...lower.matchAll(ENTITY)].length;
  if (count === 0) return;
  const start = lower.indexOf("<!entity");
  const nested = /<!entity\s{1,40}\S{1,80}\s{1,40}["'](?:[^"'&]{0,40}&\w{1,40};){3,}/.test(lower);
  yield {
    rule: nested ? "xxe/entity-bomb" : "xxe/entity",
    score: nested ? 0.9 : count > 3 ? 0.65 : 0.55,
    reason: nested
      ? "Entities made of entities expand until memory ends."
      : "The document declares entities of its own.",
    start,
    end: Math.min(text.length, start + 160),
  };
}

export const XXE_SIGNS = [
  ...signs("xxe/xinclude", "XInclude puts another file into the document.", {
    "<xi:include": 0.8,
    'xinclude"><': 0.4,
    ":include href=": 0.6,
  }),
  ...signs("xxe/xslt", "A style sheet of the sender reads documents or runs code.", {
    "<xsl:include": 0.6,
    "<xsl:import": 0.6,
    "<xsl:copy-of": 0.55,
    "<xsl:value-of": 0.45,
    "<xsl:stylesheet": 0.5,
    "document('": 0.2,
    "<msxsl:script": 0.85,
    "php:function(": 0.8,
  }),
  ...signs("xxe/utf-7", "An encoding that filters do not read.", {
    'encoding="utf-7"': 0.65,
    "encoding='utf-7'": 0.65,
    'encoding="utf-16be"': 0.3,
  }),
];

function at(rule: string, score: number, reason: string, found: RegExpExecArray, text: string): Match {
  return {
    rule,
    score,
    reason,
    start: found.index,
    end: Math.min(text.length, found.index + found[0].length + 40),
  };
}
