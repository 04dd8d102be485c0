/** Whether a text speaks about what was found in it: "document.location(…) tries to redirect to the wrong page". */

import { BETWEEN_WORDS } from "./prose.ts";

/** So many words of letters alone, and such a share of all words, make a sentence around the span. */
const FEWEST = 4;
const SHARE = 0.7;
/** Looked at on either side of the span. */
const AROUND = 200;
const WORD = /^[("'¿¡«„“]?\p{L}[\p{L}'’-]{1,24}[)"'»”“.,;:!?…]{0,3}$/u;

export function isMention(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(end, end + AROUND);
  let words = 0;
  let plain = 0;
  for (const word of `${before} ${after}`.split(BETWEEN_WORDS)) {
    if (word.length === 0) continue;
    words++;
    if (WORD.test(word)) plain++;
  }
  return plain >= FEWEST && plain >= words * SHARE;
}
