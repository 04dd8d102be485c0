/** Shares, durations and sizes that may be missing. */
import { percent as shareWords, milliseconds as written } from "../../../src/report/html/view/figures.ts";

const MISSING = "–";

export function percent(share: number): string {
  return Number.isFinite(share) ? shareWords(share) : MISSING;
}

export function milliseconds(value: unknown): string {
  const time = value === null ? Number.NaN : Number(value);
  return Number.isFinite(time) ? written(time) : MISSING;
}

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

export function bytes(value: unknown): string {
  let size = Number(value ?? Number.NaN);
  if (!Number.isFinite(size)) return MISSING;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size.toFixed(size < 10 && unit > 0 ? 1 : 0)} ${UNITS[unit]}`;
}
