/**
 * Text from a log as inert text for a terminal: nothing that moves the cursor, changes colours, hides or reverses
 * what a person reads. Such characters are shown as escapes.
 */

/** Controls, format characters (bidirectional, zero-width, tags), lone surrogates, line and paragraph separators. */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

export function inert(text: string): string {
  return text.replace(ACTIVE, (found) => {
    const code = found.codePointAt(0) ?? 0;
    if (code === 9) return " ";
    if (code < 256) return `\\x${code.toString(16).padStart(2, "0")}`;
    return `\\u{${code.toString(16)}}`;
  });
}

/** Inert, and cut with an ellipsis when longer than `most` characters. */
export function shortened(text: string, most: number): string {
  const clean = inert(text);
  if (clean.length <= most) return clean;
  return `${clean.slice(0, Math.max(1, most - 1)).replace(/[\ud800-\udbff]$/, "")}…`;
}
