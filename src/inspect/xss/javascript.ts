/**
 * What a piece of text would do as JavaScript: 0 when it is none or harmless (`void(0)`, `return false`), towards 1
 * when it calls what attacks call. Comments and white space inside expressions are read over.
 */
import { DOM_TARGETS, SINKS } from "./lexicon.ts";

/** Handlers that pages are full of. */
const HARMLESS = [
  "",
  ";",
  "#",
  "return false",
  "return true",
  "void(0)",
  "void 0",
  "void(null)",
  "void()",
  "false",
  "true",
  "this.form.submit()",
  "this.submit()",
  "history.back()",
  "history.go(-1)",
  "window.history.back()",
  "window.print()",
  "window.close()",
  "event.preventdefault()",
  "this.select()",
  "this.blur()",
];

export function scriptStrength(code: string): number {
  const plain = withoutComments(code.toLowerCase())
    .replace(/;{1,8}$/, "")
    .trim();
  if (HARMLESS.includes(plain) || plain.startsWith("void(0)")) return 0;
  if (plain.startsWith("this.src=") || plain.startsWith("this.onerror=null")) return 0.4;
  if (sinkIn(plain) !== undefined) return 1;
  const tight = tighten(plain);
  if (sinkIn(tight) !== undefined || targetIn(tight) !== undefined) return 0.95;
  if (isObfuscated(tight)) return 0.9;
  if (/[\w$\])]\s*[(`]/.test(plain)) return 0.7;
  return /[=;+[\]{}!~]/.test(plain) ? 0.5 : 0.3;
}

export interface Sink {
  readonly name: string;
  readonly start: number;
  /** After the opening parenthesis or backquote. */
  readonly open: number;
}

const NAME_PART = /[\w$]/;

/** The first call of a sink: `alert(1)`, `(alert)(1)`, `alert.call(null, 1)`, a tagged template. */
export function sinkIn(lower: string, from = 0): Sink | undefined {
  for (let at = nextOpening(lower, from); at >= 0; at = nextOpening(lower, at + 1)) {
    let end = at;
    while (end > from && " \t\r\n)]?".includes(lower.charAt(end - 1))) end--;
    for (const suffix of [".call", ".apply", ".bind"]) {
      if (lower.startsWith(suffix, end - suffix.length)) end -= suffix.length;
    }
    if (lower.endsWith("?.", end)) end -= 2;
    let start = end;
    while (start > from && end - start < 24 && NAME_PART.test(lower.charAt(start - 1))) start--;
    const name = lower.slice(start, end);
    if (SINKS.has(name)) return { name, start, open: at + 1 };
  }
  return undefined;
}

function nextOpening(text: string, from: number): number {
  const paren = text.indexOf("(", from);
  const tick = text.indexOf("`", from);
  if (paren < 0) return tick;
  return tick < 0 ? paren : Math.min(paren, tick);
}

/** Without white space, and with `x["y"]` as `x.y` and `(x)` as `x`: the spellings that JavaScript takes for one. */
export function tighten(code: string): string {
  return code
    .replace(/\s+/g, "")
    .replace(/\?\./g, ".")
    .replace(/\[["'`]([\w$]{1,40})["'`]\]/g, ".$1")
    .replace(/\(([\w$]{1,40})\)\./g, "$1.");
}

/** The first object or property that injected script reaches for. */
export function targetIn(tight: string): string | undefined {
  for (const target of DOM_TARGETS) {
    const at = tight.indexOf(target);
    if (at >= 0 && (at === 0 || target.startsWith("[") || !/[\w$.]/.test(tight.charAt(at - 1))))
      return target;
  }
  return undefined;
}

/** Block comments, and line comments up to their line's end. */
export function withoutComments(code: string): string {
  if (!code.includes("/*")) return code;
  let out = "";
  let at = 0;
  for (;;) {
    const open = code.indexOf("/*", at);
    if (open < 0) return out + code.slice(at);
    out += code.slice(at, open);
    const close = code.indexOf("*/", open + 2);
    if (close < 0) return out;
    at = close + 2;
  }
}

/** JSFuck and its relatives: programs out of six characters. */
export function isObfuscated(tight: string): boolean {
  if (tight.length < 12 || (tight.length < 16 && !(tight.includes("![]") && /\+\[\]|\[\]\)\[/.test(tight))))
    return false;
  let brackets = 0;
  const length = Math.min(tight.length, 400);
  for (let i = 0; i < length; i++) if ("[]()!+{}$_~".includes(tight.charAt(i))) brackets++;
  return brackets > length * 0.85 && tight.includes("[") && tight.includes("!");
}
