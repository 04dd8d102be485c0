import type { Source } from "./sources.ts";

/**
 * A detector's own state for a watched source, made when first needed. The list is filled up to it, since arrays
 * with holes take twice as long to save and five times to restore.
 */
export function stateOf<T>(source: Source, slot: number, create: () => T): T {
  const { states } = source;
  let state = states[slot];
  if (state === undefined) {
    state = create();
    while (states.length < slot) states.push(undefined);
    states[slot] = state;
  }
  return state as T;
}
