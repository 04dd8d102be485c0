/**
 * What the requests behind a verdict have in common with those of others: the program that sends them, the payloads,
 * and which paths they ask for, as a MinHash of their set (Broder 1997: two sketches agree in one place with the
 * probability that is the Jaccard similarity of their sets).
 */
import type { Fact } from "../fact.ts";

export interface Traits {
  /** Keys of user agents, the first few. */
  readonly agents: number[];
  /** Keys of what findings point at, the first few. */
  readonly payloads: number[];
  /** The least of each hash over the keys of all paths; unsigned 32 bits. */
  readonly paths: number[];
}

const MOST_AGENTS = 3;
const MOST_PAYLOADS = 8;
const HASHES = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f] as const;

export function noTraits(): Traits {
  return { agents: [], payloads: [], paths: [] };
}

export function noteTraits({ agents, payloads, paths }: Traits, fact: Fact): void {
  note(agents, fact.agentKey, MOST_AGENTS);
  note(payloads, fact.findingKey, MOST_PAYLOADS);
  if (fact.pathKey === 0) return;
  for (const [i, seed] of HASHES.entries()) {
    const hash = hashed(fact.pathKey, seed);
    if (!(hash >= (paths[i] ?? Number.POSITIVE_INFINITY))) paths[i] = hash;
  }
}

function note(keys: number[], key: number, most: number): void {
  if (key !== 0 && keys.length < most && !keys.includes(key)) keys.push(key);
}

/** Of both halves of a key of 53 bits. */
function hashed(key: number, seed: number): number {
  let hash = Math.imul((key | 0) ^ seed, 0x7feb352d) ^ Math.floor(key / 2 ** 32);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
