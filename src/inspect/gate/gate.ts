/** The gate itself: whether a value deserves a closer look. */
import type { Place } from "../values/value.ts";
import { isHot, isHotName } from "./hot.ts";
import { survey } from "./survey.ts";

/** Longer values are not read here but block by block, in `window.ts`. */
export const WHOLE = 6_144;

export function drawsAttention(text: string, from: number, to: number, place: Place): boolean {
  return to - from > WHOLE || isHot(survey(text, from, to), place);
}

/** The same for the name of a parameter, a header, a cookie or a field. */
export function nameDrawsAttention(text: string, from: number, to: number, place: Place): boolean {
  return to - from > WHOLE || isHotName(survey(text, from, to), text, from, to, place);
}
