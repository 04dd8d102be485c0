/**
 * The strings and keys of JSON text, read where they stand: a body in which nothing draws attention is never parsed,
 * and of a repeated key every value is seen. Measured at half of what JSON.parse and a walk cost.
 */
import { shapeOfValue } from "../gate/gate.ts";
import { isHot, isHotName } from "../gate/hot.ts";
import { BACKSLASH } from "../gate/shape.ts";
import { survey } from "../gate/survey.ts";
import { type Frame, isOperatorKey, locate, OPERATOR_TEXT, unescaped } from "./json-path.ts";
import { isTelling, mayTell } from "./telling.ts";
import type { Sink } from "./value.ts";

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** What may come next. */
const VALUE = 0;
const KEY = 1;
const AFTER_KEY = 2;
const AFTER_VALUE = 3;

/** Deeper containers are read, but all share the deepest location. */
const DEEPEST = 64;

/** @returns false where the text stops being JSON; what stands before that has been read */
export function readJsonText(text: string, root: string, sink: Sink): boolean {
  const frames: Frame[] = [];
  let depth = 0;
  let expected = VALUE;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const frame = frames[Math.min(depth, DEEPEST) - 1];
    if (code === 32 || code === 10 || code === 13 || code === 9) {
      at++;
      continue;
    }
    if (code === QUOTE) {
      const end = stringEnd(text, at + 1);
      if (end < 0) return false;
      if (expected === KEY && frame !== undefined) {
        readKey(text, at + 1, end, frame, root, sink);
        expected = AFTER_KEY;
        if (text.charCodeAt(end + 1) === COLON) {
          expected = VALUE;
          at = end + 2;
          continue;
        }
      } else if (expected === VALUE) {
        if (!sink.more()) return true;
        readString(text, at + 1, end, frames, depth, root, sink);
        expected = AFTER_VALUE;
      } else return false;
      at = end + 1;
    } else if (code === COLON) {
      if (expected !== AFTER_KEY) return false;
      expected = VALUE;
      at++;
    } else if (code === COMMA) {
      if (expected !== AFTER_VALUE || frame === undefined) return false;
      if (frame.list) frame.index++;
      expected = frame.list ? VALUE : KEY;
      at++;
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (expected !== VALUE) return false;
      const list = code === OPEN_LIST;
      if (depth < DEEPEST)
        frames[depth] = {
          list,
          index: 0,
          keyFrom: 0,
          keyTo: 0,
          keyBits: 0,
          start: at,
          operators: false,
          text,
        };
      depth++;
      expected = list ? VALUE : KEY;
      at = skipSpace(text, at + 1);
      // An empty container is over as soon as it begins.
      if (text.charCodeAt(at) === (list ? CLOSE_LIST : CLOSE_OBJECT)) expected = AFTER_VALUE;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      if (expected !== AFTER_VALUE || depth === 0) return false;
      if (depth <= DEEPEST && frame?.operators) takeOperators(text, frame, at + 1, frames, depth, root, sink);
      depth--;
      at++;
    } else {
      const end = expected === VALUE ? literalEnd(text, at) : at;
      if (end === at) return false;
      expected = AFTER_VALUE;
      at = end;
    }
  }
  return depth === 0 && expected === AFTER_VALUE;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}

function stringEnd(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end > 0) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 92 && end - 1 - slashes >= from) slashes++;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return end;
}

/** Numbers, true, false, null, and what lenient parsers take for them. */
function literalEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const part =
      (code >= 48 && code <= 57) ||
      ((code | 0x20) >= 97 && (code | 0x20) <= 122) ||
      code === 45 ||
      code === 43 ||
      code === 46;
    if (!part) break;
    at++;
  }
  return at;
}

function readKey(text: string, from: number, to: number, frame: Frame, root: string, sink: Sink): void {
  frame.keyFrom = from;
  frame.keyTo = to;
  frame.keyBits = 0;
  if (isOperatorKey(text, from, to)) frame.operators = true;
  if (isIdentifier(text, from, to)) {
    if (to - from <= LONGEST_ASKING) frame.keyBits = survey(text, from, to);
    return;
  }
  const key = unescaped(text.slice(from, to));
  frame.keyBits = survey(key, 0, key.length);
  if (isOperatorKey(key, 0, key.length)) frame.operators = true;
  if (!isHotName(frame.keyBits, key, 0, key.length, "field name")) return;
  sink.take({ place: "field name", name: "", location: `${root} name`, text: key, escaped: false });
}

/** Longer names ask for nothing by themselves: "command" is the longest that does. */
const LONGEST_ASKING = 7;

/** Letters, digits, single underscores and hyphens: nearly all keys, and none of them tells anything. */
function isIdentifier(text: string, from: number, to: number): boolean {
  let last = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    const letter = (code | 0x20) >= 97 && (code | 0x20) <= 122;
    if (!letter && !(code >= 48 && code <= 57) && code !== 45 && (code !== 95 || last === 95)) return false;
    last = code;
  }
  return true;
}

function readString(
  text: string,
  from: number,
  to: number,
  frames: readonly Frame[],
  depth: number,
  root: string,
  sink: Sink,
): void {
  const bits = shapeOfValue(text, from, to);
  const frame = frames[Math.min(depth, DEEPEST) - 1];
  const keyBits = frame === undefined || frame.list ? 0 : frame.keyBits;
  if ((bits & BACKSLASH) === 0 && !isHot(bits, "field") && !mayTell(keyBits, bits)) return;
  const value = unescaped(text.slice(from, to));
  const name = nameOf(frames, depth);
  const valueBits = (bits & BACKSLASH) === 0 ? bits : shapeOfValue(value, 0, value.length);
  if (!isHot(valueBits, "field") && !isTelling(name, keyBits, value, valueBits)) return;
  sink.take({
    place: "field",
    name,
    location: locate(frames, Math.min(depth, DEEPEST), root),
    text: value,
    escaped: false,
  });
}

/** The nearest key: items of a list are called what the list is called. */
function nameOf(frames: readonly Frame[], depth: number): string {
  for (let at = Math.min(depth, DEEPEST) - 1; at >= 0; at--) {
    const frame = frames[at];
    if (frame !== undefined && !frame.list) return unescaped(frame.text.slice(frame.keyFrom, frame.keyTo));
  }
  return "";
}

function takeOperators(
  text: string,
  frame: Frame,
  end: number,
  frames: readonly Frame[],
  depth: number,
  root: string,
  sink: Sink,
): void {
  sink.take({
    place: "field",
    name: nameOf(frames, depth - 1),
    location: locate(frames, depth - 1, root),
    text: text.slice(frame.start, end).slice(0, OPERATOR_TEXT),
    escaped: false,
  });
}
