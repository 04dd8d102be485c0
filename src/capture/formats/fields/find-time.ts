/** The first timestamp that stands somewhere near the front of a line of text. */
import { parseTimestamp, type TimeContext } from "../../timestamp.ts";

/** A time stands at the front of a line or not at all. */
const SEARCHED = 200;
const SHAPES: readonly RegExp[] = [
  /\d{4}[-/]\d\d[-/]\d\d(?:[T ]| - )\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z| ?[+-]\d\d:?\d\d(?!\d)| UTC)?/,
  /\d{1,2}[/-][A-Z][a-z]{2}[/-]\d{4}[: ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: [+-]\d{4})?/,
  /(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4}/,
  /\d\d\/\d\d\/\d{4},? \d\d?:\d\d:\d\d(?: [AP]M)?/,
];

/** @returns milliseconds since the epoch; NaN when there is no time */
export function findTime(line: string, context: TimeContext): number {
  const head = line.length > SEARCHED ? line.slice(0, SEARCHED) : line;
  for (const shape of SHAPES) {
    const text = shape.exec(head)?.[0];
    if (text === undefined) continue;
    const ms = parseTimestamp(text.replace(" - ", " "), context);
    if (!Number.isNaN(ms)) return ms;
  }
  return Number.NaN;
}
