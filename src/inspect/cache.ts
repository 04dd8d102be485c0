/**
 * What was found out about strings that recur (user agents, referers, headers), kept by string in two generations: when
 * the young one is full the old one goes. A string is kept from its second sight on, and copied then: a slice of a log chunk
 * would keep the whole chunk alive.
 */
import type { Finding } from "../event.ts";
import { unshared } from "../normalize/unshared.ts";

export interface TextCache<T> {
  get(text: string): T | undefined;
  set(text: string, value: T): void;
}

export type VerdictCache = TextCache<readonly Finding[]>;

/** Longer strings rarely recur. */
const LONGEST = 1_024;
/** Slots that remember a first sight by a hash of a few characters; a collision only keeps a string too early. */
const SLOTS = 65_536;

export function createTextCache<T>(size: number): TextCache<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  const seen = new Uint16Array(SLOTS);
  const keep = (text: string, value: T): void => {
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(unshared(text), value);
  };
  return {
    get(text) {
      const recent = young.get(text);
      if (recent !== undefined || old.size === 0) return recent;
      const found = old.get(text);
      if (found !== undefined) keep(text, found);
      return found;
    },
    set(text, value) {
      if (text.length > LONGEST) return;
      const mark = sample(text);
      const slot = mark & (SLOTS - 1);
      if (seen[slot] === mark >>> 16) keep(text, value);
      else seen[slot] = mark >>> 16;
    },
  };
}

function sample(text: string): number {
  const length = text.length;
  let hash = length;
  for (let at = length - 1, step = 1; at >= 0 && step < 32; at -= step, step++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) >>> 0;
}
