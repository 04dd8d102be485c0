/** What each ASCII character says on its own; letters, digits and the underscore make up words instead. */
import {
  AMP,
  BACKSLASH,
  BACKTICK,
  BRACE,
  BRACKET,
  COLON,
  CONTROL,
  DOLLAR,
  DQUOTE,
  HASH,
  LINE,
  OPERATOR,
  PAREN,
  PIPE,
  QUOTE,
  SEMI,
  SLASH,
} from "./shape.ts";

const SINGLE: readonly (readonly [string, number])[] = [
  ["'", QUOTE],
  ['"', DQUOTE],
  ["`", BACKTICK],
  ["()", PAREN],
  [";", SEMI],
  ["|", PIPE],
  ["&", AMP],
  ["$", DOLLAR],
  ["{}", BRACE],
  ["[]", BRACKET],
  ["\\", BACKSLASH],
  ["=>*~^", OPERATOR],
  ["#", HASH],
  ["/", SLASH],
  [":", COLON],
  ["\r\n", LINE],
];

/** Shape bits by character code below 128. */
export const CHAR_SHAPE: Int32Array = (() => {
  const table = new Int32Array(128);
  for (let code = 0; code < 32; code++) table[code] = code === 9 ? 0 : CONTROL;
  table[127] = CONTROL;
  for (const [characters, bit] of SINGLE) {
    for (const character of characters) table[character.charCodeAt(0)] = bit;
  }
  return table;
})();

/** For characters of a word (ASCII letters, digits, underscore) the code in lower case, 0 for all others. */
export const LOWER_WORD: Uint8Array = (() => {
  const table = new Uint8Array(128);
  for (const character of "0123456789abcdefghijklmnopqrstuvwxyz_") {
    table[character.charCodeAt(0)] = character.charCodeAt(0);
    table[character.toUpperCase().charCodeAt(0)] = character.charCodeAt(0);
  }
  return table;
})();

/** The value of a hexadecimal digit by character code below 128, 255 for other characters. */
export const HEX_VALUE: Uint8Array = (() => {
  const table = new Uint8Array(128).fill(255);
  for (let digit = 0; digit < 16; digit++) {
    table[digit.toString(16).charCodeAt(0)] = digit;
    table[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
  }
  return table;
})();
