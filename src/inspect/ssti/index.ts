/** Server-side template injection: expressions that calculate, call or climb the object graph, not just name a value. */

import { lastName, readCalls } from "../calls.ts";
import type { Context } from "../context.ts";
import { type Detector, type Match, NO_MATCH, type Reading } from "../detector.ts";
import * as shape from "../gate/shape.ts";
import { wordSet } from "../lexicon.ts";
import { isMention } from "../mention.ts";
import { proseOf } from "../prose.ts";
import { findSigns, signs, strongest } from "../signs.ts";
import { type Expression, readExpressions } from "./expressions.ts";

export const ssti: Detector = {
  class: "ssti",
  id: "ssti",
  title: "Server-side template injection",
  meaning:
    "The value is an expression of a template engine that the server would evaluate with its own rights.",
  cwe: ["CWE-1336", "CWE-94", "CWE-917"],
  patterns: ["CAPEC-242", "T1190", "T1059"],
  owasp: ["API8:2023"],
  falsePositives: [
    "Templates in fields that hold templates",
    "Placeholders of translations and of client-side frameworks",
  ],
  wants: (bits) =>
    (bits & (shape.BRACE | shape.TAG)) !== 0 ||
    ((bits & shape.BRACKET) !== 0 && (bits & (shape.OPERATOR | shape.PAREN)) !== 0) ||
    ((bits & (shape.HASH | shape.CODE_WORD)) !== 0 && (bits & shape.PAREN) !== 0) ||
    ((bits & shape.DOLLAR) !== 0 && (bits & shape.CODE_WORD) !== 0) ||
    ((bits & shape.PAREN) !== 0 && (bits & shape.OPERATOR) !== 0),
  find(reading, context) {
    const best = strongest(findAll(reading, context));
    if (best === undefined) return NO_MATCH;
    const score = best.score * weightOf(context) * (isAskedAbout(reading.text, best) ? 0.6 : 1);
    return score < 0.1 ? NO_MATCH : [{ ...best, score }];
  },
};

/** Sentences around an expression, on both sides: a question, an instruction, a template in words. */
function isAskedAbout(text: string, { start, end }: Match): boolean {
  return end - start < 40 && text.length > 60 && proseOf(text) > 0.5 && isMention(text, start, end);
}

function weightOf(context: Context): number {
  if (context.role === "code") return 0.5;
  return context.role === "template" || context.role === "markup" ? 0.6 : 1;
}

export const SSTI_SIGNS = [
  ...signs("ssti/directive", "A directive of a template engine sets or calls something.", {
    "<#assign": 0.75,
    "<#import": 0.6,
    "<#function": 0.6,
    "#set($": 0.65,
    "#set ($": 0.65,
    "#evaluate(": 0.65,
    "#include(": 0.5,
    "#parse(": 0.5,
    "$class.inspect": 0.8,
    "freemarker.template.utility": 0.95,
    "?new()": 0.65,
    "?api.": 0.6,
    "self::getstreamvariable": 0.9,
    smarty_internal: 0.85,
    "{php}": 0.6,
    "{/php}": 0.55,
    "$\u007b{<%[%": 0.9,
    "_self.env": 0.9,
    registerundefinedfiltercallback: 0.95,
    "getfilter(": 0.6,
    "|filter('system')": 0.9,
    "['system']|": 0.7,
    "['id']|": 0.85,
    "|map('": 0.55,
    "|sort('": 0.6,
    "__${": 0.8,
    "}__::": 0.8,
  }),
];

function* findAll(reading: Reading, context: Context): Generator<Match> {
  yield* findSigns(reading, SSTI_SIGNS);
  for (const expression of readExpressions(reading.text)) {
    const score = judge(expression, IN_URL.has(context.place));
    if (score <= 0) continue;
    yield {
      rule: "ssti/expression",
      score,
      reason: `A template engine would evaluate what stands in ${expression.open}…: the value calculates or reaches into the server.`,
      start: expression.start,
      end: expression.end,
    };
  }
}

/** Where templates are not written. */
const IN_URL: ReadonlySet<string> = new Set(["query", "query name", "segment", "header", "cookie"]);

const REACHING =
  /__\w+__|\bself\b[._]|\b_self\b|\b(?:config|settings|request|session|application|lipsum|cycler|joiner|url_for|get_flashed_messages|environ|globals|g\.pop|app\.request|php|smarty|facades)\b\s*[.[|(]|\b(?:class|getclass|forname|getruntime|mro|subclasses|constructor|prototype|classloader|popen|subprocess|import_module|__import__)\b|\battr\s*\(|\bT\s*\(|@\w+(?:\.\w+)+@/i;
const SELF_CONTAINED =
  /^\s*(?:config|settings|self|request|_self|debug|env|dump\(\w*\)|phpinfo\(\)|app\.request\.server\.all\|join\(.{0,8}\))\s*$/i;
/** `7*7`, `'7'*7`, `1+1`, `3*'3'`, `7 - 3`: the probe whose answer shows in the page. */
const ARITHMETIC =
  /^[\s=@'"(\\]*\d{1,9}['")\s]*(?:\*|\/|\+|-|%|\bx\b)[\s'"(]*\d{1,9}[\s'")]*(?:[*+/-]\s*\d{1,9}\s*)?$/;
const CALLED =
  wordSet(`system exec passthru shell_exec popen eval assert open read file include require import print_r
  var_dump readfile phpinfo spawn execsync fetch getattribute getattr setattr compile render file_get_contents show_source
  fopen readlines puts ls dir entries glob request env backticks source constant cmd inspect methods instance_variables`);

function judge({ inner, open }: Expression, inUrl: boolean): number {
  const text = inner.trim();
  if (text.length === 0 || text.length > 590) return 0;
  // A single brace is JSON, CSS, a set, a placeholder: only Smarty evaluates it, and only calls tell.
  if (open === "{") return judgeSmarty(text);
  if (open === "[(" || open === "[[" || open === "@(" || open === "<#" || open === "[=")
    return judgeRare(text, open);
  if (ARITHMETIC.test(text.replace(/^=/, "")))
    return open === "*{" || open === "~{" || open === "@{" ? 0.6 : 0.8;
  if (open === "{%") return judgeBlock(text, inUrl);
  // Go calls a method of the data; Django pipes a number into a filter.
  if (open === "{{" && (/^\.[A-Z]\w{0,40}\s+["'\d]/.test(text) || /^\d{1,9}\s*\|/.test(text))) return 0.6;
  if (SELF_CONTAINED.test(text) && open === "{{") return 0.55;
  if (REACHING.test(text))
    return open === "{{" || open === "#{" || open === "<%" || open === "${" ? 0.8 : 0.6;
  const called = callIn(text);
  if (called) return open === "${" ? 0.6 : 0.75;
  if (open === "${" || open === "@{") return /['"]\s*[*+]|\|\s*\w+\s*\(/.test(text) ? 0.45 : 0.1;
  if (open === "<%") {
    if (/^[@!=]?\s*[\w.]+\s*$/.test(text)) return 0.15;
    // Nobody sends control flow of a page to that page.
    return inUrl && BLOCK.test(text) ? 0.55 : 0.4;
  }
  if (open === "{{" && /^#(?:with|each|if|unless)\s+["'(]/.test(text)) return inUrl ? 0.6 : 0.45;
  if (/['"]\s*[*+~.%]\s*['"\d\w]|\d\s*[*]\s*['"]/.test(text)) return 0.5;
  return 0.1;
}

/** Ruby, Python (Mako), JavaScript (EJS) and Java between `<%` and `%>`. */
const BLOCK = /^(?:[!@]\s*\w+|if\b|for\b|while\b|end\b|else\b|import\b|include\b|def\b|do\b)/i;

function judgeSmarty(text: string): number {
  if (text.startsWith("$smarty.")) return 0.65;
  if (
    /^(?:system|passthru|exec|shell_exec|phpinfo|php|include\s+file|fetch\s+file|eval)\s*(?:\(|=|$)/i.test(
      text,
    )
  )
    return 0.7;
  return /^\d{1,5}\s*[*]\s*\d{1,5}$/.test(text)
    ? 0.5
    : /^(?:if|literal)\s+(?:system|phpinfo|exec|readfile)\s*\(/i.test(text)
      ? 0.8
      : 0;
}

function judgeRare(text: string, open: string): number {
  if (open === "<#")
    return /^(?:assign|list|include|import|macro|setting|if)\b/.test(text) ? (callIn(text) ? 0.7 : 0.5) : 0;
  if (open === "@(") return ARITHMETIC.test(text) ? 0.65 : REACHING.test(text) ? 0.6 : 0;
  if (open === "[=") return ARITHMETIC.test(text) ? 0.65 : 0;
  return /^[$#*~]\{/.test(text)
    ? REACHING.test(text) || callIn(text) || /\d\s*\*\s*\d/.test(text)
      ? 0.75
      : 0.3
    : 0;
}

function judgeBlock(text: string, inUrl: boolean): number {
  if (REACHING.test(text) || callIn(text)) return 0.75;
  return /^(?:import|include|extends|debug|load|set|with|for|if|macro|block|raw|autoescape|filter|do|from)\b/.test(
    text,
  )
    ? inUrl && !/^(?:block|raw|macro|autoescape)\b/.test(text)
      ? 0.55
      : 0.4
    : 0.1;
}

function callIn(text: string): boolean {
  for (const { name } of readCalls(text.toLowerCase())) if (CALLED.has(lastName(name))) return true;
  return /`[^`]{1,100}`|\|\s*(?:passthru|system|exec|popen)\b|%x[({[]/i.test(text);
}
