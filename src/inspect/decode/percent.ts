/**
 * Percent escapes (RFC 3986 section 2.1) and the `%uXXXX` form that IIS and old scripts read. Invalid escapes
 * stay as they are. Bytes are read as UTF-8 the lenient way attackers count on: overlong forms give the character
 * they stand for (CWE-176), and what is no UTF-8 at all is taken as Latin-1.
 */
import { HEX_VALUE } from "../gate/char-class.ts";

const PERCENT = 37;

/** @returns the decoded text, or `undefined` when there is nothing to decode */
export function decodePercent(text: string): string | undefined {
  let at = text.indexOf("%");
  if (at < 0) return undefined;
  let out = "";
  let copied = 0;
  while (at >= 0) {
    const run = readRun(text, at);
    if (run === undefined) {
      at = text.indexOf("%", at + 1);
      continue;
    }
    out += text.slice(copied, at) + run.text;
    copied = run.end;
    at = text.indexOf("%", run.end);
  }
  return copied === 0 ? undefined : out + text.slice(copied);
}

interface Run {
  readonly text: string;
  readonly end: number;
}

function readRun(text: string, from: number): Run | undefined {
  const wide = readWide(text, from);
  if (wide >= 0) return { text: String.fromCharCode(wide), end: from + 6 };
  const first = readByte(text, from);
  if (first < 0) return undefined;
  if (first < 0x80) return { text: String.fromCharCode(first), end: from + 3 };
  const length = sequenceLength(first);
  let point = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const byte = readByte(text, from + 3 * i);
    if (byte < 0x80 || byte > 0xbf) return { text: String.fromCharCode(first), end: from + 3 };
    point = (point << 6) | (byte & 0x3f);
  }
  if (length < 2 || point > 0x10ffff) return { text: String.fromCharCode(first), end: from + 3 };
  return { text: String.fromCodePoint(point), end: from + 3 * length };
}

function sequenceLength(first: number): number {
  if (first >= 0xf8 || first < 0xc0) return 1;
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}

function readByte(text: string, at: number): number {
  if (text.charCodeAt(at) !== PERCENT || at + 2 >= text.length) return -1;
  const high = hex(text.charCodeAt(at + 1));
  const low = hex(text.charCodeAt(at + 2));
  return (high | low) > 15 ? -1 : (high << 4) | low;
}

/** `%uXXXX` */
function readWide(text: string, at: number): number {
  if ((text.charCodeAt(at + 1) | 0x20) !== 0x75 || at + 5 >= text.length) return -1;
  let value = 0;
  for (let i = 2; i < 6; i++) {
    const digit = hex(text.charCodeAt(at + i));
    if (digit > 15) return -1;
    value = (value << 4) | digit;
  }
  return value;
}

function hex(code: number): number {
  return code < 128 ? (HEX_VALUE[code] as number) : 255;
}

/** A query or form component: plus signs are spaces. */
export function decodeComponent(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return decodePercent(spaced) ?? spaced;
}
