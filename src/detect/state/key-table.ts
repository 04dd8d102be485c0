/**
 * Number key → slot number, in typed arrays: a million entries cost 24 MB and no garbage. Open addressing with
 * linear probing; deletion shifts the run back, so there are no tombstones. Keys are positive integers below 2^53.
 */
export interface KeyTable {
  keys: Float64Array;
  slots: Int32Array;
  mask: number;
  size: number;
}

const MAX_LOAD = 0.6;

export function createKeyTable(capacity = 1024): KeyTable {
  let buckets = 16;
  while (buckets * MAX_LOAD < capacity) buckets *= 2;
  return { keys: new Float64Array(buckets), slots: new Int32Array(buckets), mask: buckets - 1, size: 0 };
}

function bucketOf(table: KeyTable, key: number): number {
  const mixed = Math.imul((key | 0) ^ ((key / 0x100000000) | 0), 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) & table.mask;
}

/** @returns the slot, or -1 */
export function lookUp(table: KeyTable, key: number): number {
  const { keys, mask } = table;
  let at = bucketOf(table, key);
  for (;;) {
    const found = keys[at];
    if (found === key) return table.slots[at];
    if (found === 0) return -1;
    at = (at + 1) & mask;
  }
}

/** Adds a key that is not there, or changes the slot of one that is. */
export function put(table: KeyTable, key: number, slot: number): void {
  if (table.size + 1 > table.keys.length * MAX_LOAD) grow(table);
  const { keys, slots, mask } = table;
  let at = bucketOf(table, key);
  for (;;) {
    const found = keys[at];
    if (found === key) {
      slots[at] = slot;
      return;
    }
    if (found === 0) {
      keys[at] = key;
      slots[at] = slot;
      table.size++;
      return;
    }
    at = (at + 1) & mask;
  }
}

export function remove(table: KeyTable, key: number): void {
  const { keys, slots, mask } = table;
  let at = bucketOf(table, key);
  while (keys[at] !== key) {
    if (keys[at] === 0) return;
    at = (at + 1) & mask;
  }
  let hole = at;
  for (let next = (at + 1) & mask; keys[next] !== 0; next = (next + 1) & mask) {
    const home = bucketOf(table, keys[next]);
    if (((next - home) & mask) < ((next - hole) & mask)) continue;
    keys[hole] = keys[next];
    slots[hole] = slots[next];
    hole = next;
  }
  keys[hole] = 0;
  table.size--;
}

function grow(table: KeyTable): void {
  const { keys, slots } = table;
  table.keys = new Float64Array(keys.length * 2);
  table.slots = new Int32Array(keys.length * 2);
  table.mask = table.keys.length - 1;
  table.size = 0;
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] !== 0) put(table, keys[i], slots[i]);
  }
}
