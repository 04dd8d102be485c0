/**
 * How many different keys: exact up to a limit, then HyperLogLog (Flajolet et al., AofA 2007) with 1,024
 * registers, 3.3 % standard error, fed from the exact set so that nothing is lost at the change.
 */
export interface Distinct {
  exact: Set<number> | undefined;
  registers: Uint8Array | undefined;
  readonly limit: number;
}

const REGISTERS = 1024;
const INDEX_BITS = 10;
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

export function createDistinct(limit: number): Distinct {
  return { exact: new Set(), registers: undefined, limit };
}

/** @returns whether the key was new; past the exact limit, whether it changed the estimate */
export function addDistinct(counter: Distinct, key: number): boolean {
  const { exact } = counter;
  if (exact !== undefined) {
    const before = exact.size;
    exact.add(key);
    if (exact.size <= counter.limit) return exact.size !== before;
    counter.registers = new Uint8Array(REGISTERS);
    for (const known of exact) addToRegisters(counter.registers, known);
    counter.exact = undefined;
    return true;
  }
  return counter.registers !== undefined && addToRegisters(counter.registers, key);
}

export function countDistinct(counter: Distinct): number {
  if (counter.exact !== undefined) return counter.exact.size;
  const { registers } = counter;
  if (registers === undefined) return 0;
  let sum = 0;
  let zeros = 0;
  for (const rank of registers) {
    sum += 2 ** -rank;
    if (rank === 0) zeros++;
  }
  const raw = (ALPHA * REGISTERS * REGISTERS) / sum;
  const small = raw <= 2.5 * REGISTERS && zeros > 0;
  return Math.round(small ? REGISTERS * Math.log(REGISTERS / zeros) : raw);
}

function addToRegisters(registers: Uint8Array, key: number): boolean {
  let h = Math.imul((key | 0) ^ 0x5bd1e995, 0x9e3779b1) ^ Math.imul((key / 0x100000000) | 0, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  h ^= h >>> 16;
  const index = h >>> (32 - INDEX_BITS);
  const rank = Math.clz32((h << INDEX_BITS) | (1 << (INDEX_BITS - 1))) + 1;
  if (rank <= registers[index]) return false;
  registers[index] = rank;
  return true;
}
