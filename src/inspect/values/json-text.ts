/**
 * The strings and keys of JSON text, read where they stand: a body in which nothing draws attention is never parsed,
 * and of a repeated key every value is seen. Measured at the cost of JSON.parse alone.
 */
import { LOWER_WORD } from "../gate/char-class.ts";
import { withCodeUnits } from "../gate/code-units.ts";
import { shapeOfValue } from "../gate/gate.ts";
import { isHot, isHotName } from "../gate/hot.ts";
import { CLOSER, plainShape } from "../gate/plain.ts";
import { BACKSLASH, PATH_WORD } from "../gate/shape.ts";
import { survey } from "../gate/survey.ts";
import { HASH_PRIME, HASH_SEED, wordShape } from "../gate/word-table.ts";
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

interface Reader {
  readonly text: string;
  readonly units: Uint16Array;
  readonly root: string;
  readonly sink: Sink;
  /** Of the containers around, the outermost first. */
  readonly frames: Frame[];
  depth: number;
}

/** @returns false where the text stops being JSON; what stands before that has been read */
export function readJsonText(text: string, root: string, sink: Sink): boolean {
  return withCodeUnits(text, (units) => read({ text, units, root, sink, frames: [], depth: 0 }));
}

function read(reader: Reader): boolean {
  const { text, units, frames } = reader;
  const length = text.length;
  let expected = VALUE;
  let at = 0;
  while (at < length) {
    const code = units[at];
    if (code === 32 || code === 10 || code === 13 || code === 9) {
      at++;
      continue;
    }
    const frame = frames[Math.min(reader.depth, DEEPEST) - 1];
    if (code === QUOTE) {
      const end = stringEnd(text, at + 1);
      if (end < 0) return false;
      if (expected === KEY && frame !== undefined) {
        readKey(reader, at + 1, end, frame);
        expected = AFTER_KEY;
        if (units[end + 1] === COLON) {
          expected = VALUE;
          at = end + 2;
          continue;
        }
      } else if (expected === VALUE) {
        if (!reader.sink.more()) return true;
        if (end > at + 1) readString(reader, at + 1, end, frame);
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
      if (reader.depth < DEEPEST) frames[reader.depth] = frameAt(text, at, list);
      reader.depth++;
      expected = list ? VALUE : KEY;
      at = skipSpace(units, at + 1, length);
      // An empty container is over as soon as it begins.
      if (units[at] === (list ? CLOSE_LIST : CLOSE_OBJECT)) expected = AFTER_VALUE;
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      if (expected !== AFTER_VALUE || reader.depth === 0) return false;
      if (reader.depth <= DEEPEST && frame?.operators) takeOperators(reader, frame, at + 1);
      reader.depth--;
      at++;
    } else {
      const end = expected === VALUE ? literalEnd(units, at) : at;
      if (end === at) return false;
      expected = AFTER_VALUE;
      at = end;
    }
  }
  return reader.depth === 0 && expected === AFTER_VALUE;
}

function frameAt(text: string, start: number, list: boolean): Frame {
  return { list, index: 0, keyFrom: 0, keyTo: 0, keyBits: 0, start, operators: false, text };
}

function skipSpace(units: Uint16Array, from: number, length: number): number {
  let at = from;
  while (at < length && (units[at] as number) <= 32) at++;
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
function literalEnd(units: Uint16Array, from: number): number {
  let at = from;
  for (;;) {
    // The 0 after the last unit ends a literal too.
    const code = units[at] as number;
    const part =
      (code >= 48 && code <= 57) ||
      ((code | 0x20) >= 97 && (code | 0x20) <= 122) ||
      code === 45 ||
      code === 43 ||
      code === 46;
    if (!part) return at;
    at++;
  }
}

function readKey({ text, units, root, sink }: Reader, from: number, to: number, frame: Frame): void {
  frame.keyFrom = from;
  frame.keyTo = to;
  if (isOperatorKey(text, from, to)) frame.operators = true;
  frame.keyBits = bitsOfIdentifier(units, from, to);
  if (frame.keyBits !== CLOSER) return;
  const key = unescaped(text.slice(from, to));
  frame.keyBits = survey(key, 0, key.length);
  if (isOperatorKey(key, 0, key.length)) frame.operators = true;
  if (!isHotName(frame.keyBits, key, 0, key.length, "field name")) return;
  sink.take({ place: "field name", name: "", location: `${root} name`, text: key, escaped: false });
}

/** Longer names ask for nothing by themselves: "command" is the longest that does. */
const LONGEST_ASKING = 7;
const UNDERSCORE = 95;
const HYPHEN = 45;

/**
 * Letters, digits, single underscores and hyphens: nearly all keys, and none of them tells anything by itself.
 *
 * @returns what the name says of its value, or CLOSER where it is no identifier
 */
function bitsOfIdentifier(units: Uint16Array, from: number, to: number): number {
  let hash = HASH_SEED;
  let last = 0;
  for (let at = from; at < to; at++) {
    const code = units[at] as number;
    const letter = code < 128 ? (LOWER_WORD[code] as number) : 0;
    if ((letter === 0 && code !== HYPHEN) || (code === UNDERSCORE && last === UNDERSCORE)) return CLOSER;
    hash = Math.imul(hash ^ letter, HASH_PRIME);
    last = code;
  }
  return to - from <= LONGEST_ASKING ? wordShape(hash) & PATH_WORD : 0;
}

function readString(reader: Reader, from: number, to: number, frame: Frame | undefined): void {
  const { text, units, frames, depth, root, sink } = reader;
  let bits = to - from > LONGEST_PLAIN ? CLOSER : plainShape(units, text, from, to);
  if (bits === CLOSER) bits = shapeOfValue(text, from, to);
  const keyBits = frame === undefined || frame.list ? 0 : frame.keyBits;
  if ((bits & BACKSLASH) === 0 && !isHot(bits, "field") && !mayTell(keyBits, bits)) return;
  const value = unescaped(text.slice(from, to));
  const name = nameOf(frames, depth);
  const valueBits = (bits & BACKSLASH) === 0 ? bits : shapeOfValue(value, 0, value.length);
  if (!isHot(valueBits, "field") && !isTelling(name, keyBits, value, valueBits)) return;
  const location = locate(frames, Math.min(depth, DEEPEST), root);
  sink.take({ place: "field", name, location, text: value, escaped: false });
}

/** Longer texts are seldom plain to their end. */
const LONGEST_PLAIN = 2_048;

/** The nearest key: items of a list are called what the list is called. */
function nameOf(frames: readonly Frame[], depth: number): string {
  for (let at = Math.min(depth, DEEPEST) - 1; at >= 0; at--) {
    const frame = frames[at];
    if (frame !== undefined && !frame.list) return unescaped(frame.text.slice(frame.keyFrom, frame.keyTo));
  }
  return "";
}

function takeOperators({ text, frames, depth, root, sink }: Reader, frame: Frame, end: number): void {
  sink.take({
    place: "field",
    name: nameOf(frames, depth - 1),
    location: locate(frames, depth - 1, root),
    text: text.slice(frame.start, end).slice(0, OPERATOR_TEXT),
    escaped: false,
  });
}
