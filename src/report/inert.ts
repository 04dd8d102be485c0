/**
 * Text from a log as inert text for a terminal: nothing that moves the cursor, changes colours, hides or reverses
 * what a person reads. Such characters are shown as escapes.
 */

/** C0, DEL, C1, line and paragraph separators, bidirectional controls, zero-width and tag characters, surrogates. */
const ACTIVE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udfff]/g;

export function inert(text: string): string {
  return text.replace(ACTIVE, (found) => {
    const code = found.charCodeAt(0);
    if (code === 9) return " ";
    if (code < 256) return `\\x${code.toString(16).padStart(2, "0")}`;
    return [...found].map((char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`).join("");
  });
}

/** Inert, and cut with an ellipsis when longer than `most` characters. */
export function shortened(text: string, most: number): string {
  const clean = inert(text);
  return clean.length <= most ? clean : `${clean.slice(0, Math.max(1, most - 1))}…`;
}
