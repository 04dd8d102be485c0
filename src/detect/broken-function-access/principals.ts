/** About how many different principals there are (linear counting: Whang et al., TODS 1990), up to some thousands. */
export interface Principals {
  readonly bits: Uint32Array;
  zeros: number;
}

const BITS = 4096;

export function createPrincipals(): Principals {
  return { bits: new Uint32Array(BITS / 32), zeros: BITS };
}

export function notePrincipal(principals: Principals, key: number): void {
  const bit = (Math.imul((key | 0) ^ ((key / 0x100000000) | 0), 0x9e3779b1) >>> 20) & (BITS - 1);
  const { bits } = principals;
  const mask = 1 << (bit & 31);
  if ((bits[bit >>> 5] & mask) !== 0) return;
  bits[bit >>> 5] |= mask;
  principals.zeros--;
}

export function countPrincipals({ zeros }: Principals): number {
  return Math.round(-BITS * Math.log(Math.max(1, zeros) / BITS));
}
