/**
 * Whole words, for `has`: a word is a run of letters A to Z, digits, and everything beyond ASCII. Where the needle
 * begins or ends with such a character, a word must begin or end there.
 */

/** An RE2 expression that finds the needle as whole words. */
export function wordPattern(needle: string): string {
  const open = isWordAt(needle, 0) ? `(?:^|${BETWEEN})` : "";
  const close = isWordAt(needle, needle.length - 1) ? `(?:$|${BETWEEN})` : "";
  return `${open}${escaped(needle)}${close}`;
}

const BETWEEN = "[^0-9A-Za-z\\x{80}-\\x{10FFFF}]";

function escaped(text: string): string {
  return text.replace(
    /[\0-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]/g,
    (sign) => `\\x{${sign.charCodeAt(0).toString(16)}}`,
  );
}

/** @param needle folded like the text, and not empty */
export function hasWord(text: string, needle: string): boolean {
  const opens = isWordAt(needle, 0);
  const closes = isWordAt(needle, needle.length - 1);
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
    const end = at + needle.length;
    if (opens && at > 0 && isWordAt(text, at - 1)) continue;
    if (closes && end < text.length && isWordAt(text, end)) continue;
    return true;
  }
  return false;
}

function isWordAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127
  );
}
