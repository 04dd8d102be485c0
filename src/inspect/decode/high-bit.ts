/**
 * `¼script¾`: what a reader in US-ASCII that drops the eighth bit takes for `<script>` (CVE-2006-3281). Telling only
 * when both brackets are there.
 */

/** @returns the text with the eighth bit dropped, or `undefined` when it has no such brackets */
export function dropHighBit(text: string): string | undefined {
  if (!text.includes("\u00bc") || !text.includes("\u00be")) return undefined;
  // UTF-8 that was read as Latin-1 has a letter of its own before each.
  return text
    .replace(/\u00c2(?=[\u0080-\u00bf])/g, "")
    .replace(/[\u00a0-\u00ff]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) & 0x7f));
}
