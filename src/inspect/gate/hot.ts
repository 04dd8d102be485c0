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

const SEPARATORS = shape.SEMI | shape.PIPE | shape.AMP;
/** What hides a command's name from everything but a shell. */
const TRICKS = shape.QUOTES | shape.BACKSLASH | shape.DOLLAR;

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
      return (bits & IN_HEADERS) !== 0 || ((bits & shape.QUOTES) !== 0 && (bits & shape.LOGIC_WORD) !== 0);
  }
  if ((bits & shape.BRACE) !== 0) return true;
  if ((bits & shape.QUOTES) !== 0 && (bits & AFTER_QUOTE) !== 0) return true;
  if ((bits & shape.LOGIC_WORD) !== 0 && (bits & BESIDE_LOGIC) !== 0) return true;
  if ((bits & shape.OPERATOR) !== 0 && (bits & (shape.PAREN | shape.BRACKET | shape.DOLLAR)) !== 0)
    return true;
  if ((bits & (shape.PIPE | shape.AMP)) !== 0 && (bits & shape.PAREN) !== 0) return true;
  if ((bits & SEPARATORS) !== 0 && (bits & TRICKS) !== 0) return true;
  return (place === "query name" || place === "field name") && (bits & shape.DOLLAR) !== 0;
}
