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

/** A count in few characters: 9500, 12.5k, 3M. */
export function short(value: number): string {
  if (value >= 1e9) return `${trimmed(value / 1e9)}G`;
  if (value >= 1e6) return `${trimmed(value / 1e6)}M`;
  return value >= 10_000 ? `${trimmed(value / 1e3)}k` : trimmed(value);
}

function trimmed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
