/** Shares, durations and sizes as people read them. */

export function percent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  if (share > 0 && share < 0.001) return "<0.1%";
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%`;
}

export function milliseconds(value: unknown): string {
  const time = Number(value ?? Number.NaN);
  if (!Number.isFinite(time)) return "–";
  return time >= 1000 ? `${(time / 1000).toFixed(time >= 10_000 ? 0 : 1)} s` : `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

export function bytes(value: unknown): string {
  let size = Number(value ?? Number.NaN);
  if (!Number.isFinite(size)) return "–";
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size.toFixed(size < 10 && unit > 0 ? 1 : 0)} ${UNITS[unit]}`;
}
