/**
 * Long values are cut to the blocks that carry something, so that a payload behind 100 KB of padding is found and
 * a 10 MB value costs no more than a page of text.
 */
import { WHOLE } from "./gate/gate.ts";
import { isHot } from "./gate/hot.ts";
import { survey } from "./gate/survey.ts";

const BLOCK = 1_024;
const TAIL = 2_048;
/** Blocks are looked at with this much of their neighbours, so that a payload on the border is not missed. */
const OVERLAP = 128;
/** Beyond this only head and tail are looked at. */
const FARTHEST = 262_144;

/**
 * @param onCut called when telling text, or text that nothing looked at, is left out
 * @returns the text, or of a long one its telling blocks; empty when it has none
 */
export function cutToWindow(text: string, onCut: () => void): string {
  if (text.length <= WHOLE) return text;
  const reachable =
    text.length <= FARTHEST ? text : text.slice(0, FARTHEST / 2) + text.slice(text.length - FARTHEST / 2);
  if (reachable.length < text.length) onCut();
  let kept = "";
  let keptTo = 0;
  for (let from = 0; from < reachable.length; from += BLOCK) {
    if (kept.length >= WHOLE - TAIL) {
      if (from < reachable.length - TAIL) onCut();
      break;
    }
    const to = Math.min(reachable.length, from + BLOCK);
    if (!isHot(survey(reachable, Math.max(0, from - OVERLAP), to), "body")) continue;
    kept += reachable.slice(Math.max(keptTo, from - OVERLAP), to);
    keptTo = to;
  }
  // What an attacker controls last is often what is read last.
  const tail = Math.max(keptTo, reachable.length - TAIL);
  if (tail < reachable.length && isHot(survey(reachable, tail, reachable.length), "body")) {
    kept += reachable.slice(tail);
  }
  return kept;
}
