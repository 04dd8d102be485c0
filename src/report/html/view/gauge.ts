/** Where observed, expected and the threshold stand on one line from nothing to a little past the largest. */

interface Gauge {
  /** Shares of the width, 0 to 1. */
  readonly observed: number;
  readonly expected: number | null;
  readonly threshold: number;
  /** "25.6 times the line", "at the line", "86 % of the line". */
  readonly against: string;
}

const HEADROOM = 1.04;

export function gaugeOf(of: {
  readonly observed: number;
  readonly expected: number | null;
  readonly threshold: number;
  readonly unit: string;
}): Gauge {
  const whole = Math.max(of.observed, of.expected ?? 0, of.threshold, Number.MIN_VALUE) * HEADROOM;
  const share = (value: number) => Math.min(1, Math.max(0, value / whole));
  return {
    observed: share(of.observed),
    expected: of.expected === null ? null : share(of.expected),
    threshold: share(of.threshold),
    // How many times as certain would say nothing.
    against: of.unit === "certainty" ? "" : againstWords(of.observed, of.threshold),
  };
}

function againstWords(observed: number, threshold: number): string {
  if (threshold <= 0) return "";
  const times = observed / threshold;
  if (times === 1) return "at the line";
  if (times < 1) return `${Math.round(times * 100)} % of the line`;
  if (times < 1.1) return "just over the line";
  return `${times < 10 ? Math.round(times * 10) / 10 : Math.round(times)} × the line`;
}
