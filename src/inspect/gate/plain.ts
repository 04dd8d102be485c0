/**
 * The way most values take through the gate: words, numbers, dates, identifiers, sentences, e-mail addresses and URLs,
 * read with as little state as they need, from an array of code units. It says what `survey` says, or that a closer
 * reading is needed.
 */
import { pieceOffset, readsAsText } from "./base64-text.ts";
import { CHAR_SHAPE, LOWER_WORD } from "./char-class.ts";
import { isFolded } from "./folded.ts";
import { isMagic } from "./magic.ts";
import * as shape from "./shape.ts";
import { HOST_WORD, INTERNAL, SCHEME_WORD } from "./vocabulary.ts";
import { HASH_PRIME, HASH_SEED, wordShape } from "./word-table.ts";

/** No plain value has all bits. */
export const CLOSER = -1;

/** Words that mean something only beside what plain values do not have. */
const QUIET_WORD = shape.LOGIC_WORD | shape.PATH_WORD | shape.FILE_WORD | shape.COMMON_WORD;
/** Beside these an everyday word may be code. */
const BESIDE_COMMON = shape.PAREN | shape.SEMI | shape.QUOTE;
/** What a shell takes for the end of a command. */
const SEPARATORS = shape.PAREN | shape.SEMI | shape.AMP;

/** A token as short as this holds neither an object nor text in base64. */
const SHORT_TOKEN = 6;
const BASE64_LENGTH = 10;

const SPACE = 32;
const PLUS = 43;
const ZERO = 48;
const COLON = 58;
const DOT = 46;
const SLASH = 47;
const LETTER = 97;

/** @param text the same text as `units`
 * @returns the shape bits of it from `from` up to `to`, or CLOSER */
export function plainShape(units: Uint16Array, text: string, from: number, to: number): number {
  let bits = 0;
  let numberFirst = false;
  let authority = false;
  /** A shell would take the next word for a command's name. */
  let opens = true;
  /** The last two characters; any letter or digit stands for all, 0 before the first. */
  let last = 0;
  let beforeLast = 0;
  let at = from;
  while (at < to) {
    const start = at;
    let hash = HASH_SEED;
    let code = 0;
    while (at < to) {
      code = units[at] as number;
      const letter = code < 128 ? (LOWER_WORD[code] as number) : 0;
      if (letter === 0) break;
      hash = Math.imul(hash ^ letter, HASH_PRIME);
      at++;
    }
    const length = at - start;
    if (length > 0) {
      if (length > 1) {
        const word = wordShape(hash);
        if (word !== 0) {
          if (opens && (word & shape.SHELL_WORD) !== 0) return CLOSER;
          if ((authority || code === SLASH || code === COLON) && (word & HOST_WORD) !== 0) return CLOSER;
          if (code === COLON && (word & SCHEME_WORD) !== 0) return CLOSER;
          if ((word & ~(QUIET_WORD | INTERNAL)) !== 0) return CLOSER;
          if ((word & shape.COMMON_WORD) !== 0 && at < to && code === DOT) return CLOSER;
          bits |= word & ~INTERNAL;
        }
        if (length >= SHORT_TOKEN && isToken(text, start, at, length)) return CLOSER;
      }
      if (start - from <= 1 && isDigit(units[start] as number)) numberFirst = true;
      beforeLast = last;
      last = LETTER;
      opens = false;
    }
    if (at >= to) break;
    at++;
    if (code > 127) {
      if (isFolded(code)) return CLOSER;
      bits |= shape.HIGH;
      beforeLast = last;
      last = code;
      opens = false;
      continue;
    }
    switch (code) {
      case SPACE:
      case 44: // ,
        break;
      case DOT:
        if (last === DOT || (opens && (units[at] as number) === SLASH)) return CLOSER;
        if (last === SLASH) bits |= shape.PATH_WORD | shape.FILE_WORD;
        break;
      case 45: // -
        if (last === 45) return CLOSER;
        break;
      case COLON:
        if (last === COLON || (length > 0 && isScheme(text, start, length, at))) return CLOSER;
        bits |= shape.COLON;
        break;
      case SLASH:
        if (last === SLASH) {
          if (beforeLast !== COLON || !isLetter(units[at] as number)) return CLOSER;
          authority = true;
        }
        bits |= shape.SLASH;
        break;
      case 64: // @
        if (last === 64 || authority || (bits & shape.COMMON_WORD) !== 0) return CLOSER;
        break;
      case PLUS:
        if ((units[at] as number) === 65) return CLOSER;
        break;
      case 39: // '
        if (last !== LETTER || (bits & (SEPARATORS | shape.SLASH)) !== 0) return CLOSER;
        bits |= shape.QUOTE;
        break;
      case 40: // (
        if (last !== SPACE && last !== 0) return CLOSER;
        bits |= shape.PAREN;
        break;
      case 41: // )
        bits |= shape.PAREN;
        break;
      case 59: // ;
        if ((bits & shape.AMP) !== 0) return CLOSER;
        bits |= shape.SEMI;
        break;
      case 38: // &
        if (last !== SPACE || at >= to || (units[at] as number) !== SPACE) return CLOSER;
        bits |= shape.AMP;
        break;
      case 33: // !
        if (at < to && (units[at] as number) !== SPACE) return CLOSER;
        break;
      case 63: // ?
        if ((bits & shape.SLASH) !== 0) return CLOSER;
        break;
      default:
        return CLOSER;
    }
    beforeLast = last;
    last = code;
    // A plus is a space in a form.
    if (code !== SPACE && code !== PLUS) opens = ((CHAR_SHAPE[code] as number) & SEPARATORS) !== 0;
  }
  if ((bits & shape.COMMON_WORD) !== 0 && (bits & BESIDE_COMMON) !== 0) return CLOSER;
  return numberFirst && (bits & shape.LOGIC_WORD) !== 0 ? CLOSER : bits;
}

/** A serialised object, dots in hexadecimal, or text in base64. */
function isToken(text: string, start: number, end: number, length: number): boolean {
  if (isMagic(text, start)) return true;
  if (text.charCodeAt(start) === ZERO && (text.charCodeAt(start + 1) | 0x20) === 120) return true;
  return length >= BASE64_LENGTH && (readsAsText(text, start, end) || pieceOffset(text, start, end) > 0);
}

/** `http:` without slashes, or `O:8:`, which begins a PHP object. */
function isScheme(text: string, start: number, length: number, next: number): boolean {
  if (length === 1) return (text.charCodeAt(start) | 0x20) === 0x6f;
  if (length !== 4 && length !== 5) return false;
  return (text.charCodeAt(start) | 0x20) === 104 && text.charCodeAt(next) !== SLASH;
}

function isLetter(code: number): boolean {
  return (code | 0x20) >= 97 && (code | 0x20) <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
