/**
 * Characters that a parser drops and a filter sees: NUL bytes, soft hyphens, zero-width spaces and joiners, other
 * invisible format characters. Taking them out shows the word they were put into (CWE-158).
 */
// Written as code points, for the characters themselves are invisible.
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** @returns the text without them, or `undefined` when it has none */
export function strip(text: string): string | undefined {
  const stripped = text.replace(INVISIBLE, "");
  return stripped === text ? undefined : stripped;
}
