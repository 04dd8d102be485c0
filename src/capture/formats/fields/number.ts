/** Numbers straight out of a line, without cutting a string first. */

/** The decimal digits of `line[start..end)`, at most 15 of them; NaN when there is anything else. */
export function readDigits(line: string, start: number, end: number): number {
  if (end <= start || end - start > 15) return Number.NaN;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = line.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Digits with an optional fraction; NaN when there is anything else. */
export function readDecimal(line: string, start: number, end: number): number {
  const whole = readDigits(line, start, end);
  if (!Number.isNaN(whole)) return whole;
  const text = line.slice(start, Math.min(end, start + 32));
  return /^\d+(?:\.\d+)?(?:e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}
