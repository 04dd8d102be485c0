/** Which shapes deserve a closer look, by place. Everything else leaves here: words, numbers, dates, prose, ids. */
import type { Place } from "../values/value.ts";
import * as shape from "./shape.ts";

/** Telling whatever stands around it. */
const ALONE =
  shape.TAG |
  shape.CONTROL |
  shape.ENCODED |
  shape.BACKTICK |
  shape.SQL_WORD |
  shape.SHELL_WORD |
  shape.CODE_WORD |
  shape.CALL |
  shape.MARK;

/** Characters that can end a string and go on as code. */
const AFTER_QUOTE =
  shape.OPERATOR |
  shape.SEMI |
  shape.PAREN |
  shape.PIPE |
  shape.AMP |
  shape.HASH |
  shape.DASHES |
  shape.DOLLAR |
  shape.BRACKET |
  shape.LOGIC_WORD;

const BESIDE_LOGIC =
  shape.OPERATOR | shape.QUOTES | shape.PAREN | shape.PIPE | shape.AMP | shape.HASH | shape.DASHES;

/** Header grammars use these on their own, so they only count together with a quote, a word or a tag. */
const IN_HEADERS = (ALONE & ~shape.CALL) | shape.LINE;
/** No header's grammar quotes with `'`; with `"` most do, and go on with `;` or `,`. */
const AFTER_DOUBLE_QUOTE = shape.DASHES | shape.HASH | shape.LOGIC_WORD | shape.PIPE;

/** Characters that a name of a parameter, a field or a header has no use for. */
const ODD_IN_NAMES =
  shape.TAG |
  shape.CONTROL |
  shape.ENCODED |
  shape.BACKTICK |
  shape.CALL |
  shape.PAREN |
  shape.QUOTES |
  shape.OPERATOR |
  shape.SEMI |
  shape.PIPE |
  shape.BRACE |
  shape.DOLLAR |
  shape.SLASH |
  shape.LINE |
  shape.HIGH;

/**
 * Names are identifiers, and identifiers are words: only what is no identifier counts, or a word that matters by
 * itself inside a dotted or bracketed name (`class.module.classLoader`, `a[__proto__]`), or SQL between spaces.
 */
export function isHotName(bits: number, text: string, from: number, to: number, place: Place): boolean {
  if ((bits & ODD_IN_NAMES) !== 0) return isHot(bits, place);
  if (isLookup(text, from, to)) return true;
  if ((bits & (shape.CODE_WORD | shape.MARK | shape.SQL_WORD)) === 0) return false;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code <= SPACE && (bits & shape.SQL_WORD) !== 0) return true;
    if (code === DOT || code === BRACKET || (code === UNDERSCORE && text.charCodeAt(at + 1) === UNDERSCORE))
      return true;
  }
  return false;
}

/** `user__password__startswith`: an object mapper's lookup, by its last word. */
function isLookup(text: string, from: number, to: number): boolean {
  if (to - from < 15) return false;
  const last = text.charCodeAt(to - 1) | 0x20;
  if (last !== 104 && last !== 115 && last !== 120) return false;
  return text.endsWith("swith", to) || text.endsWith("contains", to) || text.endsWith("__regex", to);
}

const SPACE = 32;
const DOT = 46;
const UNDERSCORE = 95;
const BRACKET = 91;

function isHotHeader(bits: number): boolean {
  if ((bits & IN_HEADERS) !== 0) return true;
  if ((bits & shape.QUOTE) !== 0 && (bits & AFTER_QUOTE) !== 0) return true;
  if ((bits & shape.DQUOTE) !== 0 && (bits & AFTER_DOUBLE_QUOTE) !== 0) return true;
  return (bits & shape.LOGIC_WORD) !== 0 && (bits & (shape.OPERATOR | shape.DASHES | shape.HASH)) !== 0;
}

export function isHot(bits: number, place: Place): boolean {
  if ((bits & ALONE) !== 0) return true;
  if ((bits & shape.DOTS) !== 0 && (bits & (shape.SLASH | shape.BACKSLASH | shape.PERCENT)) !== 0)
    return true;
  if ((bits & shape.FILE_WORD) !== 0 && (bits & (shape.SLASH | shape.BACKSLASH)) !== 0) return true;
  if ((bits & shape.DOLLAR) !== 0 && (bits & (shape.BRACE | shape.PAREN | shape.BRACKET)) !== 0) return true;
  switch (place) {
    case "path":
    case "segment":
      if ((bits & (shape.PATH_WORD | shape.LINE | shape.FILE_WORD)) !== 0) return true;
      break;
    case "query":
    case "query name":
      if ((bits & shape.LINE) !== 0) return true;
      break;
    case "header":
    case "cookie":
      return isHotHeader(bits);
  }
  if ((bits & shape.BRACE) !== 0) return true;
  if ((bits & shape.QUOTES) !== 0 && (bits & AFTER_QUOTE) !== 0) return true;
  if ((bits & shape.LOGIC_WORD) !== 0 && (bits & BESIDE_LOGIC) !== 0) return true;
  if ((bits & shape.OPERATOR) !== 0 && (bits & (shape.PAREN | shape.BRACKET | shape.DOLLAR)) !== 0)
    return true;
  if ((bits & (shape.PIPE | shape.AMP)) !== 0 && (bits & shape.PAREN) !== 0) return true;
  return (place === "query name" || place === "field name") && (bits & shape.DOLLAR) !== 0;
}
