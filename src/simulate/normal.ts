/** Quantiles of the standard normal distribution at 4,096 even steps: a draw is one look-up, not a logarithm and a sine. */
export const NORMAL_QUANTILES = quantiles(4096);

function quantiles(count: number): Float64Array {
  const table = new Float64Array(count);
  for (let i = 0; i < count; i++) table[i] = probit((i + 0.5) / count);
  return table;
}

/** Inverse normal distribution function: Abramowitz and Stegun 26.2.23, absolute error under 4.5e-4. */
function probit(p: number): number {
  if (p > 0.5) return -probit(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return above / below - t;
}
