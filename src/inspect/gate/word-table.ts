/**
 * Words that are worth a look, in an open-addressing table that is asked with the running hash of a word, so
 * that reading a value allocates nothing. A colliding word only costs a closer look.
 */
import { VOCABULARY } from "./vocabulary.ts";

export const HASH_SEED = 0x811c9dc5 | 0;
/** FNV-1a, 32 bit: http://www.isthe.com/chongo/tech/comp/fnv/ */
export const HASH_PRIME = 0x01000193;

const SIZE = 16_384;
const hashes = new Int32Array(SIZE);
const shapes = new Int32Array(SIZE);

export function hashWord(word: string): number {
  let hash = HASH_SEED;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), HASH_PRIME);
  return hash;
}

for (const [bit, words] of VOCABULARY) {
  for (const word of words) {
    const hash = hashWord(word);
    let slot = (hash ^ (hash >>> 15)) & (SIZE - 1);
    while (shapes[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (SIZE - 1);
    hashes[slot] = hash;
    shapes[slot] = (shapes[slot] ?? 0) | bit;
  }
}

/** The bits of the word with this hash, 0 for a word that means nothing. */
export function wordShape(hash: number): number {
  let slot = (hash ^ (hash >>> 15)) & (SIZE - 1);
  for (;;) {
    const bits = shapes[slot] as number;
    if (bits === 0) return 0;
    if (hashes[slot] === hash) return bits;
    slot = (slot + 1) & (SIZE - 1);
  }
}
