/** How many different bits are set: a lower bound on different agents or principals, at most 32. */
export function bitCount(bits: number): number {
  let v = bits | 0;
  v -= (v >>> 1) & 0x55555555;
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
