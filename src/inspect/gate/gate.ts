/** The gate itself: whether a value deserves a closer look. */
import type { Place } from "../values/value.ts";
import { isHot } from "./hot.ts";
import { survey } from "./survey.ts";

/** Longer values are not read here but block by block, in `window.ts`. */
export const WHOLE = 6_144;

export function drawsAttention(text: string, from: number, to: number, place: Place): boolean {
  return to - from > WHOLE || isHot(survey(text, from, to), place);
}
