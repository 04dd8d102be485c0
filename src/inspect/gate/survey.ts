/**
 * The cheap gate: one pass over a value, no allocation. Percent escapes are read through, so that an encoded
 * quote counts as a quote. Everything that looks harder comes after it.
 */
import { pieceOffset, readsAsText } from "./base64-text.ts";
import { CHAR_SHAPE, HEX_VALUE, LOWER_WORD } from "./char-class.ts";
import { isFolded } from "./folded.ts";
import { isMagic } from "./magic.ts";
import * as shape from "./shape.ts";
import { HOST_WORD, INTERNAL, SCHEME_WORD } from "./vocabulary.ts";
import { HASH_PRIME, HASH_SEED, wordShape } from "./word-table.ts";

const SEPARATORS = shape.SEMI | shape.PIPE | shape.AMP | shape.BACKTICK | shape.PAREN | shape.LINE;
/** What makes a command at the very start of a value more than a word of prose. */
const ARGUMENTS =
  shape.SLASH |
  shape.PIPE |
  shape.SEMI |
  shape.AMP |
  shape.BACKTICK |
  shape.DOLLAR |
  shape.BACKSLASH |
  shape.QUOTE |
  shape.DQUOTE |
  shape.OPERATOR |
  shape.COLON;
/** What hides a command's name from everything but a shell: quotes inside it, backslashes, empty variables. */
const TRICKS = shape.QUOTES | shape.BACKSLASH | shape.DOLLAR;
/** What code is written with: beside these an everyday word may be code. */
const CODE_LIKE =
  shape.PAREN |
  shape.BRACE |
  shape.BRACKET |
  shape.QUOTES |
  shape.DOLLAR |
  shape.OPERATOR |
  shape.TAG |
  shape.BACKSLASH |
  shape.SEMI |
  shape.PIPE |
  shape.DASHES |
  shape.HASH;
/** Below this a base64 token is shorter than any payload worth hiding. */
const BASE64_LENGTH = 10;

/** Shorter tokens are no serialised object. */
const MAGIC_LENGTH = 6;

/** Longer values that begin with a number and have an "or" in them are sentences. */
const SHORT = 64;

/** A number that is compared with itself. */
const SHORT_NUMBER = 10;

const TAB = 9;
const SPACE = 32;
const PERCENT = 37;
const PLUS = 43;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const LESS = 60;
const PAREN = 40;
const QUESTION = 63;
const AT = 64;
const HASH = 35;
const AMPERSAND = 38;
const SEMICOLON = 59;
const BRACKET = 91;
const BACKSLASH = 92;
const CLOSING_BRACKET = 93;
const CLOSING_PAREN = 41;
const EQUALS = 61;
const BANG = 33;
const DQUOTE = 34;
const QUOTE = 39;
const DOLLAR = 36;
const STAR = 42;
const CARET = 94;
const BRACE = 123;
const BAR = 124;
const TILDE = 126;
const LETTER = 97;
const ZERO = 48;

/** From the `&` of an HTML entity to its `;`, percent escapes included. */
const LONGEST_ENTITY = 20;

/** @returns the shape bits of `text` from `from` up to `to` */
export function survey(text: string, from: number, to: number): number {
  let bits = 0;
  /** The shape of the last character before the current word that is no space; -1 at the start. */
  let before = -1;
  let leads = false;
  let spaced = false;
  /** The value begins with a quote, and no space has come since. */
  let quotedStart = false;
  let authority = false;
  /** `1 or true`: the value begins with a number. */
  let numberFirst = false;
  let hostNext = false;
  /** 1 after a separator, 2 inside the word after it, where a shell reads a command's name. */
  let command = 0;
  /** Where the last everyday word of code ended, and the word before the last dot. */
  let owner = -1;
  let beforeDot = -2;
  /** Backslashes between letters. */
  let broken = 0;
  /** Question marks after a slash: one begins a query. */
  let questions = 0;
  let ampersand = -LONGEST_ENTITY;
  /** The last two characters, decoded; any letter stands for all. 0 before the first. */
  let last = 0;
  let beforeLast = 0;
  /** The character before the current word. */
  let lead = 0;
  let at = from;

  while (at < to) {
    let hash = HASH_SEED;
    const start = at;
    let code = 0;
    let next = at;
    for (;;) {
      while (at < to) {
        code = text.charCodeAt(at);
        const letter = code < 128 ? (LOWER_WORD[code] as number) : 0;
        if (letter === 0) break;
        hash = Math.imul(hash ^ letter, HASH_PRIME);
        at++;
      }
      next = at + 1;
      if (at >= to || code !== PERCENT) break;
      bits |= shape.PERCENT;
      const decoded = percentByte(text, at, to);
      if (decoded < 0) {
        if ((text.charCodeAt(next) | 0x20) === 0x75) bits |= shape.ENCODED;
        break;
      }
      code = decoded;
      next = at + 3;
      if (code === PERCENT || (code >= 0xc0 && isFoldedBytes(text, at, code))) bits |= shape.ENCODED;
      const letter = code < 128 ? (LOWER_WORD[code] as number) : 0;
      if (letter === 0) break;
      // An encoded letter goes on with the word.
      hash = Math.imul(hash ^ letter, HASH_PRIME);
      at = next;
    }
    const length = at - start;
    if (length > 1) {
      const word = wordShape(hash);
      if (word !== 0) {
        bits |= word & ~INTERNAL;
        // `document.cookie`, `process.env`: everyday words that only code joins with a dot.
        if (last === DOT && owner === beforeDot && (word & shape.COMMON_WORD) !== 0) bits |= shape.CODE_WORD;
        if ((word & shape.COMMON_WORD) !== 0) owner = at;
        if ((word & shape.SHELL_WORD) !== 0) {
          if (before === -1) leads = true;
          else if (leads && before === 0) bits |= shape.SHELL_WORD;
          else if ((before & SEPARATORS) !== 0) bits |= shape.SHELL_WORD;
        }
        if ((word & SCHEME_WORD) !== 0 && code === COLON) bits |= shape.CODE_WORD;
        if ((word & HOST_WORD) !== 0 && (authority || code === SLASH || code === COLON)) bits |= shape.MARK;
      }
      if (length >= MAGIC_LENGTH && isMagic(text, start)) bits |= shape.ENCODED;
      else if (length >= MAGIC_LENGTH && text.charCodeAt(start) === ZERO && isHexDots(text, start))
        bits |= shape.DOTS | shape.ENCODED;
      else if (length >= HEX_LENGTH && text.charCodeAt(start) === ZERO && isHexSeparator(text, start))
        bits |= shape.DOTS | shape.ENCODED;
      else if (length >= BASE64_LENGTH && (readsAsText(text, start, at) || pieceOffset(text, start, at) > 0))
        bits |= shape.ENCODED;
    }
    if (length > 0) {
      if (start - from <= 1 && isDigit(text.charCodeAt(start))) numberFirst = true;
      before = 0;
      spaced = false;
      if (command === 1) command = 2;
      if (hostNext && isDigit(text.charCodeAt(start))) bits |= shape.MARK;
      hostNext = false;
      lead = last;
      last = LETTER;
    }
    if (at >= to) break;
    if (code > 127) {
      bits |= shape.HIGH;
      if (isFolded(code)) bits |= shape.ENCODED;
      before = 0;
      last = code;
      at = next;
      continue;
    }
    const own = CHAR_SHAPE[code] as number;
    bits |= own;
    // A line break that begins a value begins a line of something else.
    if (own === shape.LINE && last === 0) bits |= shape.MARK;
    const space = code === SPACE || code === TAB || code === PLUS;
    if (space) {
      if (command === 2) command = 0;
      quotedStart = false;
    } else {
      before = own;
      if ((own & SEPARATORS) !== 0) command = 1;
      else if (command !== 0 && (own & TRICKS) !== 0) bits |= shape.SHELL_WORD;
    }
    switch (code) {
      case PLUS:
        // `+ADw-` is `<` in UTF-7.
        if (text.charCodeAt(next) === 65 && text.charCodeAt(next + 1) === 68) bits |= shape.ENCODED;
        // `~+`: a directory that the shell remembers.
        else if (last === TILDE && beforeLast === 0) bits |= shape.MARK;
        break;
      case QUOTE:
      case DQUOTE:
        // `'wh'oami`: a quote inside the first word.
        // `ti''me`: an empty string inside a word, which a shell drops.
        if (last === code && beforeLast === LETTER && isLetter(text.charCodeAt(next)))
          bits |= shape.SHELL_WORD;
        // `/e't'c`, `$'\x69'`: a quote inside a directory's name, or one that spells characters.
        if (last === LETTER && lead === SLASH && isLetter(text.charCodeAt(next))) bits |= shape.SHELL_WORD;
        else if (last === DOLLAR) bits |= shape.SHELL_WORD;
        if (last === 0) quotedStart = true;
        else if (quotedStart && last === LETTER && isLetter(text.charCodeAt(next))) bits |= shape.SHELL_WORD;
        break;
      case DOT:
        beforeDot = at;
        if (last === DOT) bits |= shape.DOTS;
        else if (last === SLASH) bits |= shape.PATH_WORD | shape.FILE_WORD;
        break;
      case DASH:
        if (last === DASH) bits |= shape.DASHES;
        else if ((last === TILDE || last === BANG) && beforeLast === 0) bits |= shape.MARK;
        else if (leads && spaced) bits |= shape.SHELL_WORD;
        break;
      case SLASH:
        // `;./x`: a program of the current folder.
        if (last === DOT && command === 1) bits |= shape.SHELL_WORD;
        if (last !== SLASH) break;
        if (beforeLast === COLON) {
          authority = true;
          hostNext = true;
        } else if (beforeLast === 0) bits |= shape.MARK;
        break;
      case LESS:
        bits |= opensTag(text, next, to) ? shape.TAG : shape.OPERATOR;
        break;
      case BACKSLASH:
        if (isEscape(text.charCodeAt(next))) bits |= shape.ENCODED;
        // `w\ho\ami`: one backslash is a domain's user, several hide a command.
        if (last === LETTER && isLetter(text.charCodeAt(next)) && broken++ > 0) bits |= shape.SHELL_WORD;
        // `\ls`: a command without its alias.
        if (last === 0 && isLetter(text.charCodeAt(next))) bits |= shape.SHELL_WORD;
        // `/\host`: browsers take it for `//host`.
        if (last === SLASH && beforeLast === 0) bits |= shape.MARK;
        break;
      case AMPERSAND:
        ampersand = at;
        if (last === AMPERSAND) bits |= shape.LOGIC_WORD;
        break;
      case BAR:
        if (last === BAR) bits |= shape.LOGIC_WORD;
        break;
      case BRACE:
        // `{{`, `${`, `#{`: an expression of a template begins.
        if (last === BRACE || last === HASH || last === DOLLAR) bits |= shape.CODE_WORD;
        break;
      case PERCENT:
        if (last === BRACE) bits |= shape.CODE_WORD;
        // `echo %PATH%`
        else if (leads && spaced) bits |= shape.SHELL_WORD;
        break;
      case BANG:
        // `/*!50000` runs in MySQL what others take for a comment.
        if (last === STAR && beforeLast === SLASH) bits |= shape.SQL_WORD;
        if (last === BANG) bits |= shape.OPERATOR;
        break;
      case STAR:
        // `1/*`
        if (last === SLASH && numberFirst) bits |= shape.SQL_WORD;
        break;
      case CARET:
        // cmd.exe drops it: `wh^oami`.
        if (last === LETTER && isLetter(text.charCodeAt(next))) bits |= shape.SHELL_WORD;
        break;
      case HASH:
        if (last === AMPERSAND) bits |= shape.ENCODED;
        break;
      case SEMICOLON:
        if (at - ampersand < LONGEST_ENTITY) bits |= shape.ENCODED;
        break;
      case PAREN:
        if (length > 1) bits |= shape.CALL;
        else if (last === AT) bits |= shape.CODE_WORD;
        else if (last === BANG) bits |= shape.OPERATOR;
        break;
      case BRACKET:
        // `/[e]tc`: a class of letters where a file's name begins.
        if (last === SLASH && isLetter(text.charCodeAt(next))) bits |= shape.SHELL_WORD;
        if (hostNext) bits |= shape.MARK;
        if (last === BANG) bits |= shape.OPERATOR;
        break;
      case EQUALS:
        // `1=1`
        if (numberFirst && at - from < SHORT_NUMBER) bits |= shape.SQL_WORD;
        break;
      case CLOSING_BRACKET:
        // `/e[t]c`: a letter of a file name as a class of its own.
        if (length === 1 && lead === BRACKET && (bits & shape.SLASH) !== 0) bits |= shape.SHELL_WORD;
        break;
      case QUESTION:
        // `/???/c?t`: letters of a file name that a shell is left to find.
        if ((bits & shape.SLASH) !== 0 && questions++ > 0) bits |= shape.SHELL_WORD;
        else if (last === BANG && beforeLast === 0) bits |= shape.MARK;
        break;
      case COLON:
        // `(…)::int`
        if (
          last === COLON &&
          (beforeLast === CLOSING_PAREN || beforeLast === QUOTE || (bits & shape.CALL) !== 0)
        )
          bits |= shape.SQL_WORD;
        // `O:8:"Name"`: a PHP object.
        // `http:2130706433`, `https:host`: a URL without its slashes.
        if ((length === 4 || length === 5) && text.charCodeAt(next) !== SLASH && isHttp(text, start))
          bits |= shape.MARK;
        if (length === 1 && isDigit(text.charCodeAt(next)) && (text.charCodeAt(start) | 0x20) === 0x6f)
          bits |= shape.MARK;
        break;
      case TAB:
        // `/<tab>/host`
        if (last === SLASH && beforeLast === 0) bits |= shape.MARK;
        break;
      case TILDE:
        // `%PATH:~0,1%`
        if (last === COLON) bits |= shape.SHELL_WORD;
        break;
      case AT:
        // `declare @x`: a variable of SQL after an everyday word.
        if (spaced && (bits & shape.COMMON_WORD) !== 0) bits |= shape.SQL_WORD;
        if (last === AT) bits |= shape.SQL_WORD;
        if (authority) bits |= shape.MARK;
        break;
    }
    spaced = space;
    beforeLast = last;
    last = code;
    at = next;
  }
  if (numberFirst && (bits & (shape.LOGIC_WORD | shape.DASHES)) !== 0 && to - from < SHORT)
    bits |= shape.SQL_WORD;
  if (leads && (bits & ARGUMENTS) !== 0) bits |= shape.SHELL_WORD;
  if ((bits & shape.COMMON_WORD) !== 0 && (bits & CODE_LIKE) !== 0) bits |= shape.CODE_WORD | shape.SQL_WORD;
  return bits;
}

/** The byte of the percent escape at `at`, or -1. */
function percentByte(text: string, at: number, to: number): number {
  if (at + 2 >= to) return -1;
  const high = HEX_VALUE[text.charCodeAt(at + 1) & 127] as number;
  const low = HEX_VALUE[text.charCodeAt(at + 2) & 127] as number;
  return (high | low) > 15 ? -1 : (high << 4) | low;
}

function opensTag(text: string, at: number, to: number): boolean {
  if (at >= to) return false;
  const code = text.charCodeAt(at);
  if (code === SLASH || code === 33 || code === QUESTION || code === PERCENT || code < SPACE) return true;
  return (code | 0x20) >= 97 && (code | 0x20) <= 122;
}

function isHttp(text: string, at: number): boolean {
  return (
    (text.charCodeAt(at) | 0x20) === 104 &&
    (text.charCodeAt(at + 1) | 0x20) === 116 &&
    (text.charCodeAt(at + 3) | 0x20) === 112
  );
}

/** `0x2e0x2e`, `0x5c0x2e`: dots and separators of a path in hexadecimal. */
function isHexDots(text: string, at: number): boolean {
  return (text.charCodeAt(at + 1) | 0x20) === 120 && HEX_DOTS.test(text.slice(at + 2, at + 8));
}

/** `..0x2f`, `..0x5c`: the separator alone. */
function isHexSeparator(text: string, at: number): boolean {
  if (text.charCodeAt(at - 1) !== DOT || text.charCodeAt(at - 2) !== DOT) return false;
  return HEX_SEPARATOR.test(text.slice(at, at + HEX_LENGTH));
}

const HEX_LENGTH = 4;
const HEX_SEPARATOR = /^0x(?:2f|5c)$/i;
const HEX_DOTS = /^(?:2e|2f|5c)0x(?:2|5)/i;

function isLetter(code: number): boolean {
  return (code | 0x20) >= 97 && (code | 0x20) <= 122;
}

/** UTF-8, percent-encoded, of characters that fold to ASCII: overlong forms, circled letters, fullwidth forms. */
function isFoldedBytes(text: string, at: number, first: number): boolean {
  if (first === 0xc0 || first === 0xc1) return true;
  const second = percentByte(text, at + 3, text.length);
  if (first === 0xe2) return second >= 0x91 && second <= 0x93;
  if (first === 0xef) return second === 0xbc || second === 0xbd;
  return first === 0xe5 ? second === 0x98 : first === 0xf0 && second === 0x9d;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isEscape(code: number): boolean {
  return (code | 0x20) === 120 || (code | 0x20) === 117 || (code >= 48 && code <= 55);
}
