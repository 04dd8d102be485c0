/** Text that may come from a log: inert, and cut to a length without splitting a character. */
import { inert } from "../inert.ts";

export function logText(text: string, most: number): string {
  // `inert` never shortens, so what lies past `most` before it lies past `most` after it.
  const clean = inert(text.slice(0, most + 2));
  if (clean.length <= most) return clean;
  const end = isLowSurrogate(clean.charCodeAt(most - 1)) ? most - 2 : most - 1;
  return `${clean.slice(0, end)}…`;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
