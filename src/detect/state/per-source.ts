import type { Source } from "./sources.ts";

/**
 * A detector's own state for a watched source, made when first needed. The list is filled up to it, since arrays
 * with holes take twice as long to save and five times to restore.
 * @param from for `create`: a function made anew for each event is garbage, whether it is called or not
 */
export function stateOf<T>(source: Source, slot: number, create: () => T): T;
export function stateOf<T, From>(source: Source, slot: number, create: (from: From) => T, from: From): T;
export function stateOf<T>(source: Source, slot: number, create: (from?: unknown) => T, from?: unknown): T {
  const { states } = source;
  let state = states[slot];
  if (state === undefined) {
    state = create(from);
    while (states.length < slot) states.push(undefined);
    states[slot] = state;
  }
  return state as T;
}
