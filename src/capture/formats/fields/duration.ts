/** Durations as logs write them, in milliseconds. */

/** Milliseconds in one of each unit. */
export const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

const PART = /(\d+(?:\.\d+)?)\s*(ns|us|µs|μs|ms|min|m|secs?|seconds?|s|h)/gy;

/**
 * `12ms`, `1.5 s`, `247µs`, `1m2.5s` (Go), `PT0.012S` (ISO 8601), `00:00:00.0123` (.NET), or a bare number that
 * counts `unit` milliseconds. NaN for anything else.
 */
export function durationMs(text: string, unit: number): number {
  if (text.length === 0 || text.length > 40) return Number.NaN;
  const bare = Number(text);
  if (!Number.isNaN(bare) && text.trim() !== "") return bare >= 0 ? tidy(bare * unit) : Number.NaN;
  const clock = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text);
  if (clock !== null) {
    const [, days = "0", hours, minutes, seconds] = clock;
    return tidy(
      ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000,
    );
  }
  const iso = /^PT?(.+)$/.exec(text)?.[1]?.toLowerCase();
  return sumOfParts(iso ?? text);
}

function sumOfParts(text: string): number {
  let total = 0;
  let at = 0;
  PART.lastIndex = 0;
  for (let part = PART.exec(text); part !== null; part = PART.exec(text)) {
    total += Number(part[1]) * (UNIT_MS[part[2] ?? ""] ?? Number.NaN);
    at = PART.lastIndex;
    while (text.charCodeAt(at) === 32) at++;
    PART.lastIndex = at;
    if (at >= text.length) return tidy(total);
  }
  return Number.NaN;
}

/** Rounds away what binary fractions add: 0.0123 s is 12.3 ms, not 12.299999999999999. */
export function tidy(ms: number): number {
  return Math.round(ms * 1e6) / 1e6;
}
