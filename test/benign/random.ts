/** Choices of a generator: the same seed makes the same requests, and each half of the fragments is for one purpose. */

/** `looked` may be read while detectors change; what `held out` shows is only counted. */
export const HALVES = ["looked", "held out"] as const;
export type Half = (typeof HALVES)[number];

export interface Choices {
  /** 0 up to, not including, 1. */
  next(): number;
  /** An integer from 0 up to, not including, `below`. */
  below(below: number): number;
  /** One of the fragments of this half. */
  of<T>(fragments: readonly T[]): T;
  /** Letters and digits. */
  token(length: number, alphabet?: string): string;
}

const ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Mulberry32. Every second fragment of a list belongs to each half, so that no text stands in both. */
export function choices(seed: number, half: Half): Choices {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const first = half === "looked" ? 0 : 1;
  return {
    next,
    below,
    of(fragments) {
      const index = 2 * below(Math.floor((fragments.length + 1 - first) / 2)) + first;
      const fragment = fragments[index];
      if (fragment === undefined) throw new RangeError("A list of fragments has one for each half at least.");
      return fragment;
    },
    token(length, alphabet = ALPHANUMERIC) {
      return Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join("");
    },
  };
}
