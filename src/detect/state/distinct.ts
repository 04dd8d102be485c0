/**
 * How many different keys: a sorted list up to a limit, then HyperLogLog (Flajolet et al., AofA 2007) with 512
 * registers, 4.6 % standard error. The registers are fed from the list, so that nothing is lost at the change, and
 * the count is at hand at any time without going through them. A list of bare numbers takes a third of what a set
 * does, and is one object to the collector, not one for each key.
 */
export interface Distinct {
  /** Ascending. */
  exact: number[] | undefined;
  registers: Uint8Array | undefined;
  readonly limit: number;
  /** Of the registers: the sum of 2^-rank, and how many are empty. */
  sum: number;
  zeros: number;
}

const REGISTERS = 512;
const INDEX_BITS = 9;
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

export function createDistinct(limit: number): Distinct {
  return { exact: [], registers: undefined, limit, sum: REGISTERS, zeros: REGISTERS };
}

/** @returns whether the key was new; past the exact limit, whether it changed the estimate */
export function addDistinct(counter: Distinct, key: number): boolean {
  const { exact } = counter;
  if (exact === undefined) {
    return counter.registers !== undefined && addToRegisters(counter, counter.registers, key);
  }
  const at = placeOf(exact, key);
  if (exact[at] === key) return false;
  if (exact.length < counter.limit) {
    insert(exact, at, key);
    return true;
  }
  counter.registers = new Uint8Array(REGISTERS);
  for (const known of exact) addToRegisters(counter, counter.registers, known);
  addToRegisters(counter, counter.registers, key);
  counter.exact = undefined;
  return true;
}

export function countDistinct(counter: Distinct): number {
  if (counter.exact !== undefined) return counter.exact.length;
  const raw = (ALPHA * REGISTERS * REGISTERS) / counter.sum;
  const small = raw <= 2.5 * REGISTERS && counter.zeros > 0;
  return Math.round(small ? REGISTERS * Math.log(REGISTERS / counter.zeros) : raw);
}

/** Of the first key that is not below this one. */
function placeOf(sorted: readonly number[], key: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) < key) from = middle + 1;
    else to = middle;
  }
  return from;
}

function insert(sorted: number[], at: number, key: number): void {
  sorted.push(key);
  for (let i = sorted.length - 1; i > at; i--) sorted[i] = sorted[i - 1] ?? 0;
  sorted[at] = key;
}

function addToRegisters(counter: Distinct, registers: Uint8Array, key: number): boolean {
  let h = Math.imul((key | 0) ^ 0x5bd1e995, 0x9e3779b1) ^ Math.imul((key / 0x100000000) | 0, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  h ^= h >>> 16;
  const index = h >>> (32 - INDEX_BITS);
  const rank = Math.clz32((h << INDEX_BITS) | (1 << (INDEX_BITS - 1))) + 1;
  const before = registers[index];
  if (rank <= before) return false;
  registers[index] = rank;
  if (before === 0) counter.zeros--;
  counter.sum += 2 ** -rank - 2 ** -before;
  return true;
}
