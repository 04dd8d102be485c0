/**
 * Randomness from one seed: xoshiro128** (Blackman and Vigna, 2018), seeded through splitmix32.
 *
 * Every session, episode and attack draws from its own named stream, so adding one leaves the others as they were.
 */
import { NORMAL_QUANTILES } from "./normal.ts";

const GOLDEN = 0x9e3779b9;
const TO_UNIT = 1 / 4294967296;

/** A 32-bit hash of two 32-bit numbers (murmur3 finalizer): attributes that are looked up rather than drawn. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a ^ (b + GOLDEN + (a << 6) + (a >>> 2)), 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h ^ Math.imul(b, 0xc2b2ae35), 0x27d4eb2f);
  h ^= h >>> 15;
  h = Math.imul(h, 0x165667b1);
  return (h ^ (h >>> 16)) >>> 0;
}

/** FNV-1a over UTF-16 units. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** A hash as a number in [0, 1). */
export function mixUnit(a: number, b: number): number {
  return mix(a, b) * TO_UNIT;
}

export class Rng {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number) {
    this.#a = mix(seed, 1) | 0;
    this.#b = mix(seed, 2) | 0;
    this.#c = mix(seed, 3) | 0;
    this.#d = mix(seed, 4) | 1;
  }

  /** 32 bits, unsigned. */
  bits(): number {
    const b = this.#b;
    const r = Math.imul(b, 5);
    const result = Math.imul((r << 7) | (r >>> 25), 9);
    const t = b << 9;
    const c = this.#c ^ this.#a;
    const d = this.#d ^ b;
    this.#b = b ^ c;
    this.#a ^= d;
    this.#c = c ^ t;
    this.#d = (d << 11) | (d >>> 21);
    return result >>> 0;
  }

  /** A number that follows from the state, without a draw. */
  peek(): number {
    return (this.#a ^ this.#c) >>> 0;
  }

  /** In [0, 1). */
  unit(): number {
    return this.bits() * TO_UNIT;
  }

  /** An integer in [0, n). */
  below(n: number): number {
    return Math.floor(this.unit() * n);
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + this.unit() * (high - low);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  /** Standard normal, cut at four sigma. */
  normal(): number {
    return NORMAL_QUANTILES[this.bits() >>> 20];
  }

  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal());
  }

  exponential(mean: number): number {
    return -Math.log(1 - this.unit()) * mean;
  }

  /** How many of many rare things happen: Poisson, by its normal approximation when the mean is large. */
  poisson(mean: number): number {
    if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    let count = 0;
    const floor = Math.exp(-mean);
    let p = this.unit();
    while (p > floor) {
      p *= this.unit();
      count++;
    }
    return count;
  }

  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
    return items;
  }
}

/** The stream of that name under a seed. */
export function stream(seed: number, ...names: readonly (string | number)[]): Rng {
  let h = seed >>> 0;
  for (const name of names) h = mix(h, typeof name === "string" ? hashText(name) : name >>> 0);
  return new Rng(h);
}
