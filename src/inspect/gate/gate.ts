/** The gate itself: whether a value deserves a closer look. */
import type { Place } from "../values/value.ts";
import { isHot, isHotName } from "./hot.ts";
import { BACKSLASH, MARK } from "./shape.ts";
import { survey } from "./survey.ts";

/** Longer values are not read here but block by block, in `window.ts`. */
export const WHOLE = 6_144;

/** What a longer value passes the gate with, without being read: it may hold anything, escapes too. */
const UNREAD = MARK | BACKSLASH;

/** The shape of a value that stands in the text. */
export function shapeOfValue(text: string, from: number, to: number): number {
  return to - from > WHOLE ? UNREAD : survey(text, from, to);
}

export function drawsAttention(text: string, from: number, to: number, place: Place): boolean {
  return isHot(shapeOfValue(text, from, to), place);
}

/** The same for the name of a parameter, a header, a cookie or a field. */
export function nameDrawsAttention(text: string, from: number, to: number, place: Place): boolean {
  return to - from > WHOLE || isHotName(survey(text, from, to), text, from, to, place);
}
