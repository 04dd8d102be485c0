/**
 * Escapes of string literals, which JavaScript, Java, Python, C and shells (`$'…'`) share: `\xHH`, `\uHHHH`,
 * `\u{…}`, octal. A backslash before anything else stays: it may be a path or an escaped quote.
 */
/** @returns the decoded text, or `undefined` when there is nothing to decode */
export function decodeBackslash(text: string): string | undefined {
  let at = text.indexOf("\\");
  let out = "";
  let copied = 0;
  while (at >= 0) {
    const found = readEscape(text, at);
    if (found !== undefined) {
      out += text.slice(copied, at) + found.text;
      copied = found.end;
    }
    // Without a known escape the next character is taken with its backslash: `\\x41` is a backslash and "x41".
    at = text.indexOf("\\", found?.end ?? at + 1);
  }
  return copied === 0 ? undefined : out + text.slice(copied);
}

interface Escape {
  readonly text: string;
  readonly end: number;
}

const BRACE = 123;
const LOWER_U = 117;
const LOWER_X = 120;

function readEscape(text: string, at: number): Escape | undefined {
  const kind = text.charCodeAt(at + 1) | 0x20;
  if (kind === LOWER_X) return readDigits(text, at + 2, 2, 2, 16);
  if (kind === LOWER_U) {
    if (text.charCodeAt(at + 2) !== BRACE) return readDigits(text, at + 2, 4, 4, 16);
    const inner = readDigits(text, at + 3, 1, 6, 16);
    return inner !== undefined && text[inner.end] === "}"
      ? { text: inner.text, end: inner.end + 1 }
      : undefined;
  }
  // Shorter octal escapes are far more often a back reference (\1) than a character.
  return readDigits(text, at + 1, 2, 3, 8);
}

function readDigits(
  text: string,
  from: number,
  least: number,
  most: number,
  base: number,
): Escape | undefined {
  let end = from;
  let value = 0;
  while (end < text.length && end - from < most) {
    const digit = Number.parseInt(text.charAt(end), base);
    if (Number.isNaN(digit)) break;
    value = value * base + digit;
    end++;
  }
  if (end - from < least || value > 0x10ffff || value === 0) return undefined;
  return { text: String.fromCodePoint(value), end };
}
