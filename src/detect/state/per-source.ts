import type { Source } from "./sources.ts";

/** A detector's own state for a watched source, made when first needed. */
export function stateOf<T>(source: Source, slot: number, create: () => T): T {
  const { states } = source;
  let state = states[slot];
  if (state === undefined) {
    state = create();
    states[slot] = state;
  }
  return state as T;
}
