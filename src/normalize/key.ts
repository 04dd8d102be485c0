/**
 * 53-bit keys for strings: two independent 32-bit FNV-1a-style rounds folded into one exact double, so that an
 * entity, a route or an object is one number in a fact. Keys of different kinds start from different seeds and
 * never meet; IPv4 addresses are their own 32-bit value and stay below every hashed key.
 */

export const KEY_SEED = {
  client: 1,
  user: 2,
  apiKey: 3,
  session: 4,
  route: 5,
  object: 6,
  path: 7,
  payload: 8,
  device: 9,
  network: 10,
} as const;

/** Hashed keys start here; below are IPv4 addresses and 0 for "none". */
export const FIRST_HASHED_KEY = 2 ** 33;

const PRIME_A = 0x01000193;
const PRIME_B = 0x85ebca6b;

/** The running state of a key, for callers that hash piece by piece without building a string. */
export interface KeyState {
  a: number;
  b: number;
}

export function startKey(state: KeyState, seed: number): void {
  state.a = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) | 0;
  state.b = (0x2f0b4c47 + Math.imul(seed, 0xc2b2ae35)) | 0;
}

export function addChar(state: KeyState, code: number): void {
  state.a = Math.imul(state.a ^ code, PRIME_A);
  state.b = Math.imul(state.b + code, PRIME_B) ^ (state.b >>> 15);
}

export function addText(state: KeyState, text: string, from = 0, to = text.length): void {
  let a = state.a;
  let b = state.b;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, PRIME_A);
    b = Math.imul(b + code, PRIME_B) ^ (b >>> 15);
  }
  state.a = a;
  state.b = b;
}

/** @returns an integer in [2^33, 2^53) */
export function endKey(state: KeyState): number {
  let a = state.a;
  let b = state.b;
  a = Math.imul(a ^ (a >>> 16), 0x7feb352d);
  a ^= a >>> 15;
  b = Math.imul(b ^ (b >>> 16), 0x846ca68b);
  b ^= b >>> 13;
  const key = (b & 0x1fffff) * 0x100000000 + (a >>> 0);
  return key < FIRST_HASHED_KEY ? key + FIRST_HASHED_KEY : key;
}

const scratch: KeyState = { a: 0, b: 0 };

/** The key of a whole string, or of a part of it. */
export function keyOf(seed: number, text: string, from = 0, to = text.length): number {
  startKey(scratch, seed);
  addText(scratch, text, from, to);
  return endKey(scratch);
}

/** The key of what a finding points at: the same payload again is no further evidence. */
export function payloadKey(decoded: string): number {
  return keyOf(KEY_SEED.payload, decoded);
}

/** One key for two: an object of an endpoint, a principal at it. */
export function pairKey(a: number, b: number): number {
  const low = Math.imul(a | 0, 0x9e3779b1) ^ Math.imul(b | 0, 0x85ebca6b);
  const high = ((a / 0x100000000) ^ Math.imul((b / 0x100000000) | 0, 0x2c1b3c6d)) & 0x1fffff;
  const key = high * 0x100000000 + ((low ^ (low >>> 15)) >>> 0);
  return key < FIRST_HASHED_KEY ? key + FIRST_HASHED_KEY : key;
}
