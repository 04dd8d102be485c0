/** JavaScript without markup: a value that ends a string literal in a script, or lands where script is evaluated. */
import { isNamed } from "../calls.ts";
import type { Match, Reading } from "../detector.ts";
import { isObfuscated, sinkIn, targetIn, tighten, withoutComments } from "./javascript.ts";

/** Names that are everyday words or library calls; they need more around them. */
const COMMON = new Set([
  "print",
  "open",
  "write",
  "writeln",
  "fetch",
  "import",
  "require",
  "navigate",
  "message",
  "confirm",
  "prompt",
]);
const BROWSER_ONLY = new Set([
  "alert",
  "eval",
  "settimeout",
  "setinterval",
  "setimmediate",
  "fromcharcode",
  "atob",
  "document.write",
  "document.writeln",
  "execscript",
  "globaleval",
  "msgbox",
  "insertadjacenthtml",
  "createcontextualfragment",
  "importscripts",
]);

/** `top["al"+"ert"](1)` */
const COMPUTED_CALL =
  /\b(?:window|self|top|parent|frames|this|globalthis|document)\s{0,4}(?:\?\.)?\[\s{0,4}["'`(/][^\]]{1,80}\]\s{0,4}(?:\(|`|\?\.\(|=)/;

/** Spellings of a call that need no parenthesis, or no name of their own. */
const ODD_CALLS: readonly (readonly [RegExp, number, string])[] = [
  [
    /(?:\.\s{0,4}(?:call|apply|bind|sort|map|from|find|filter|some|every|constructor)|\breflect\.\w{1,20}(?:\.call)?)\s{0,4}`/,
    0.6,
    "A function is called by a template instead of parentheses.",
  ],
  [
    /\bon\w{3,24}\s{0,4}=\s{0,4}[\w$.]{1,40}\s{0,4}[;}]\s{0,4}throw\b/,
    0.75,
    "An exception is thrown into a handler that runs it.",
  ],
  [
    /\bfunction\s{0,4}\(\s{0,4}["'`][^)]{1,200}\)\s{0,4}\(/,
    0.7,
    "A function is made of a string and called.",
  ],
  [
    /=\s{0,4}(?:alert|confirm|prompt|eval|settimeout)\s{0,4}[;,)]\s{0,4}[\w$]{1,20}\s{0,4}[(`]/,
    0.65,
    "A function is called under another name.",
  ],
  [/\bimport\s{0,4}\(\s{0,4}["'`](?:https?:)?\/\//, 0.6, "A script of another site is imported."],
  [
    /[\w\]]\s{0,4}\(\s{0,4}(?:alert|eval|confirm|prompt)\s{0,4}[,)]/,
    0.6,
    "A function of the browser is handed to another that calls it.",
  ],
  [/\bthrow\s{1,4}on\w{3,24}\s{0,4}=/, 0.7, "An exception is thrown into a handler that runs it."],
  [
    /\bwith\s{0,4}\(\s{0,4}(?:document|window|self|top|location)\s{0,4}\)/,
    0.6,
    "Names are looked up in the page's own objects.",
  ],
  [
    /\bnew\s{1,4}image\s{0,4}(?:\(\s{0,4}\))?\s{0,4}\.\s{0,4}src\s{0,4}=/,
    0.65,
    "A picture is asked for whose address carries something out.",
  ],
  [/\bnavigator\s{0,4}\.\s{0,4}sendbeacon\s{0,4}\(/, 0.6, "Something is sent away in the background."],
  [
    /^\s{0,8}["'`;)]{0,4}\s{0,4}fetch\s{0,4}\(\s{0,4}["'`](?:https?:)?\/\//,
    0.55,
    "Another site is called from the page.",
  ],
  [/\.\s{0,4}(?:inner|outer)html\s{0,4}\+?=[^=]/, 0.55, "Markup is written into the page."],
  [
    /(?:^|[;(,'"`]\s{0,4})(?:(?:window|document|top|self|parent|this)\s{0,4}\.\s{0,4})?location(?:\.href)?\s{0,4}=\s{0,4}(?:["'`/]|name\b|javascript|\w{1,30}\()/,
    0.55,
    "The page is sent somewhere else.",
  ],
  [
    /^\s{0,8}document\s{0,4}\.\s{0,4}(?:cookie|domain)\s{0,8}$/,
    0.5,
    "Injected script reads the session from here.",
  ],
  [
    /^[\s;'"`)}]{0,8}(?:(?:window|self|top|parent|globalthis|frames)\s{0,4}\.\s{0,4})?(?:alert|eval|settimeout|setinterval|execscript|importscripts|prompt|confirm|atob|btoa|unescape)\((?!s\))\s{0,4}[^)\s][^)]{0,80}\)\s{0,4};?\s{0,4}$/,
    0.55,
    "The value is a call that only script in a page makes.",
  ],
  [
    /^[\s;'"`)}]{0,8}(?:(?:window|globalthis)\s{0,4}\.\s{0,4}(?:location|open|opener|document|localstorage|sessionstorage|postmessage)\b|(?:self|top|parent|frames)\s{0,4}\.\s{0,4}(?:location|opener|document)\b|document\s{0,4}\.\s{0,4}(?:location|write(?:ln)?|getelement\w{2,20}|queryselector\w{0,5}|createelement|documentelement|execcommand|defaultview|forms\s{0,4}\[)|(?:\$|jquery)\.(?:getscript|globaleval)\s{0,4}\()/,
    0.5,
    "The value begins with what script in a page reads or changes.",
  ],
  [
    /^[\s;'"`)}/]{0,8}(?:window|self|top|parent|frames|globalthis)\s{0,4}(?:\?\.)?\[\s{0,4}["'`][^\]]{1,60}["'`]\s{0,4}\]/,
    0.55,
    "A property of the page is read by a name in a string.",
  ],
];

function* oddCalls({ text, lower }: Reading): Generator<Match> {
  const plain = withoutComments(lower);
  for (const [pattern, score, reason] of ODD_CALLS) {
    const found = pattern.exec(plain);
    if (found === null) continue;
    yield {
      rule: "xss/odd-call",
      score,
      reason,
      start: found.index,
      end: Math.min(text.length, found.index + found[0].length),
    };
  }
}

export function* findScript(reading: Reading): Generator<Match> {
  yield* calls(reading);
  yield* targets(reading);
  yield* oddCalls(reading);
  const computed = COMPUTED_CALL.exec(reading.lower);
  if (computed !== null) {
    yield {
      rule: "xss/computed-call",
      score: 0.65,
      reason: "A function is called by a name put together from strings.",
      start: computed.index,
      end: Math.min(reading.text.length, computed.index + 60),
    };
  }
  const tight = reading.text.slice(0, 4_000).replace(/\s+/g, "");
  if (isObfuscated(tight)) {
    yield {
      rule: "xss/obfuscated-script",
      score: 0.85,
      reason: "A program written in brackets and signs only.",
      start: 0,
      end: Math.min(reading.text.length, 200),
    };
  }
}

function* calls({ text, lower }: Reading): Generator<Match> {
  let plain = withoutComments(lower);
  if (/\[\s*["'`]/.test(plain)) plain = tighten(plain);
  const same = plain.length === lower.length;
  let from = 0;
  for (let tried = 0; tried < 8; tried++) {
    const sink = sinkIn(plain, from);
    if (sink === undefined) return;
    from = sink.open;
    const score = callScore(plain, sink.name, sink.start, sink.open);
    if (score === 0) continue;
    yield {
      rule: "xss/script-call",
      score: same ? score : Math.min(0.95, score + 0.1),
      reason: `${sink.name}() is what injected script calls first.`,
      start: same ? sink.start : 0,
      end: same ? Math.min(text.length, sink.open + 40) : Math.min(text.length, 120),
    };
  }
}

function callScore(text: string, name: string, start: number, open: number): number {
  const before = text.slice(Math.max(0, start - 12), start).trimEnd();
  const argument = text.slice(open, open + 60).trimStart();
  // `open() autofocus>`: the rest of an attribute, and the end of a tag that the value did not begin.
  if (TAG_END.test(text.slice(open, open + 80)) && !text.includes("<")) return 0.6;
  // "alert(s)": one or more of them.
  if (argument.startsWith("s)")) return 0.2;
  // "alert (3)", "confirm(1).doc", "Alert(1) button": the name of a file, a copy, a remark.
  if (start === 0 && isNamed(text)) return 0.3;
  const ended = before.length === 0 || /[;'"`)}\]+*/,|&=:?<>!~^%{(-]$/.test(before);
  const quoted = /['"`]\s*[;)}\]+*/,|&=:?<>!~^%-]*$/.test(before);
  const telling =
    /^(?:\d|['"`/),%]|document|window|location|self|this|top|parent|string\.|unescape|atob|decodeuri|name\b|null|\$\{|\{|xss|cookie|origin)/.test(
      argument,
    ) || argument.length === 0;
  // "alert('x') not working": a person goes on after the call.
  if (/^[^()]{0,40}\)\s{1,4}[a-z]{3,}\s{1,4}[a-z]{3,}/.test(text.slice(open, open + 90))) return 0.3;
  const whole = before.length === 0 && start === 0 && /[)`]\s{0,8}(?:;\s{0,8})?$/.test(text) ? 0.1 : 0;
  if (BROWSER_ONLY.has(name))
    return whole + (telling ? (ended ? (quoted ? 0.8 : 0.65) : 0.45) : ended ? 0.45 : 0.3);
  if (!telling || !ended) return COMMON.has(name) ? 0.15 : 0.2;
  if (!COMMON.has(name)) return quoted ? 0.5 : 0.2;
  return quoted ? 0.65 : name === "confirm" || name === "prompt" ? 0.55 : 0.3;
}

const TAG_END = /^[^()<>]{0,40}\)["'`;]{0,2}(?:\s{1,4}[a-z]{3,20}(?:=[\w"']{0,20})?){0,3}\s{0,4}\/?>\s{0,4}$/;

const STRONG = new Set([
  "document.cookie",
  "document.domain",
  "string.fromcharcode",
  "[].constructor",
  "constructor.constructor",
]);

function* targets({ text, lower }: Reading): Generator<Match> {
  const plain = withoutComments(lower);
  const literal = targetIn(plain);
  const spelled = /[[(]|\s\.|\.\s/.test(plain) ? targetIn(tighten(plain.slice(0, 4_000))) : undefined;
  const target = spelled !== undefined && STRONG.has(spelled) ? spelled : (literal ?? spelled);
  if (target === undefined) return;
  const at = plain.indexOf(target);
  // Sentences name objects; code does something with them.
  const after = at < 0 ? "." : plain.charAt(at + target.length);
  const used =
    after === "" || "=.([;,)'\"`+|&?!}]/\\".includes(after) || target.endsWith("(") || target.endsWith("=");
  const hidden = at < 0 || plain.length !== lower.length;
  const score = STRONG.has(target)
    ? 0.6
    : target.startsWith("document.") || target.startsWith("window")
      ? 0.45
      : 0.25;
  // Assigned or called with something, not just named.
  const acts =
    at >= 0 &&
    /^(?:\s{0,4}=[^=]|\s{0,4}\(\s{0,4}[^)\s]|\.\w+\s{0,4}[=(])/.test(plain.slice(at + target.length))
      ? 0.1
      : 0;
  yield {
    rule: "xss/dom-access",
    score: used ? Math.min(0.8, score + acts + (hidden ? 0.2 : 0)) : score - 0.2,
    reason: `${target} is what injected script reads or changes.`,
    start: hidden ? 0 : at,
    end: hidden ? Math.min(text.length, 120) : Math.min(text.length, at + target.length + 20),
  };
}
