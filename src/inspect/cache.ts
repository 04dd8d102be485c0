/**
 * Verdicts of strings that recur (user agents, referers, paths), kept by string in two generations: when the young
 * one is full the old one goes. Strings are copied on the way in, because a slice of a log chunk would keep the
 * whole chunk alive.
 */
import type { Finding } from "../event.ts";

export interface VerdictCache {
  get(text: string): readonly Finding[] | undefined;
  set(text: string, findings: readonly Finding[]): void;
}

/** Longer strings rarely recur. */
const LONGEST = 1_024;

export function createVerdictCache(size: number): VerdictCache {
  let young = new Map<string, readonly Finding[]>();
  let old = new Map<string, readonly Finding[]>();
  return {
    get(text) {
      const recent = young.get(text);
      if (recent !== undefined) return recent;
      const found = old.get(text);
      if (found !== undefined && young.size < size) young.set(copyOf(text), found);
      return found;
    },
    set(text, findings) {
      if (text.length > LONGEST) return;
      if (young.size >= size) {
        old = young;
        young = new Map();
      }
      young.set(copyOf(text), findings);
    },
  };
}

/** A flat string of its own. */
function copyOf(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
