/** What a live source's lines are: found out from the first of them, or in the format that a person named. */
import { detectFormat, type FormatDetection } from "../detect-format.ts";
import type { FieldMapping, FormatOptions } from "../format.ts";
import { resolveFormat } from "../resolve-format.ts";

export interface FormatWish {
  /** A format's name or a log_format string; "auto" to find it out. */
  readonly format: string;
  /** Offset of times that carry no zone, minutes east of UTC. */
  readonly zoneMinutes: number;
  readonly mapping?: FieldMapping;
}

export const ANY_FORMAT: FormatWish = { format: "auto", zoneMinutes: 0 };

const DAY = 86_400_000;

/**
 * @param clock milliseconds since the epoch: times without a year are of the year before the end of this day
 * @throws VedetteError FORMAT_UNKNOWN, FORMAT_STRING_INVALID
 */
export function createRecogniser(
  wish: FormatWish,
  clock: () => number,
): (lines: readonly string[]) => FormatDetection {
  const base = (): FormatOptions => ({
    zoneMinutes: wish.zoneMinutes,
    // The same all day long, so that one parser serves the batches of a day.
    newest: (Math.floor(clock() / DAY) + 1) * DAY,
    ...(wish.mapping !== undefined && { mapping: wish.mapping }),
  });
  if (wish.format === "auto") return (lines) => detectFormat(lines, base());
  resolveFormat(wish.format, base());
  return (lines) => resolveFormat(wish.format, base())(lines);
}
