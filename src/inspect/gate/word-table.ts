/**
 * Words that are worth a look, in an open-addressing table that is asked with the running hash of a word, so
 * that reading a value allocates nothing. A colliding word only costs a closer look.
 */
import { VOCABULARY } from "./vocabulary.ts";

export const HASH_SEED = 0x811c9dc5 | 0;
/** FNV-1a, 32 bit: http://www.isthe.com/chongo/tech/comp/fnv/ */
export const HASH_PRIME = 0x01000193;

const SIZE = 8_192;
/** Hash and bits side by side, so that one probe touches one cache line. */
const table = new Int32Array(2 * SIZE);
/** One byte for a few low bits of the hash: most words of a request end here, in the nearest cache. */
const FILTER = 16_384;
const filter = new Uint8Array(FILTER);

export function hashWord(word: string): number {
  let hash = HASH_SEED;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), HASH_PRIME);
  return hash;
}

for (const [bit, words] of VOCABULARY) {
  for (const word of words) {
    const hash = hashWord(word);
    let slot = (hash ^ (hash >>> 15)) & (SIZE - 1);
    while (table[2 * slot + 1] !== 0 && table[2 * slot] !== hash) slot = (slot + 1) & (SIZE - 1);
    table[2 * slot] = hash;
    table[2 * slot + 1] = (table[2 * slot + 1] ?? 0) | bit;
    filter[(hash ^ (hash >>> 17)) & (FILTER - 1)] = 1;
  }
}

/** The bits of the word with this hash, 0 for a word that means nothing. */
export function wordShape(hash: number): number {
  if (filter[(hash ^ (hash >>> 17)) & (FILTER - 1)] === 0) return 0;
  let slot = (hash ^ (hash >>> 15)) & (SIZE - 1);
  for (;;) {
    const bits = table[2 * slot + 1] as number;
    if (bits === 0) return 0;
    if (table[2 * slot] === hash) return bits;
    slot = (slot + 1) & (SIZE - 1);
  }
}
