/**
 * Characters that a parser drops and a filter sees: NUL bytes, soft hyphens, zero-width spaces and joiners, other
 * invisible format characters. Taking them out shows the word they were put into (CWE-158).
 */

/** @returns the text without them, or `undefined` when it has none */
export function strip(text: string): string | undefined {
  let out = "";
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    if (!isInvisible(text.charCodeAt(at))) continue;
    out += text.slice(copied, at);
    copied = at + 1;
  }
  return copied === 0 ? undefined : out + text.slice(copied);
}

function isInvisible(code: number): boolean {
  if (code < 32) return code !== 9 && code !== 10 && code !== 11 && code !== 12 && code !== 13;
  if (code < 0x7f) return false;
  return (
    code === 0x7f || code === 0xad || (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff
  );
}
