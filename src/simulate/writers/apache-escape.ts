/**
 * How Apache escapes values in a log (ap_escape_logitem): quote and backslash get a backslash, the usual control
 * characters their letter, every other byte that does not print \xhh in small letters.
 */
const UNSAFE = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;
const LETTERS: Readonly<Record<number, string>> = {
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  13: "\\r",
  34: '\\"',
  92: "\\\\",
};
const encoder = new TextEncoder();

export function apacheEscape(value: string): string {
  if (!UNSAFE.test(value)) return value;
  let text = "";
  for (const byte of encoder.encode(value)) {
    const letter = LETTERS[byte];
    if (letter !== undefined) text += letter;
    else if (byte > 0x1f && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  return text;
}
