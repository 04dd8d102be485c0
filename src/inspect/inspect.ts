/**
 * What one request carries: ApiEvent in, findings out. Stateless; bounded in size, depth and time.
 */
import type { ApiEvent, Finding } from "../event.ts";

/** Shared by every request that carries nothing, so that the common case allocates nothing. */
const NOTHING: readonly Finding[] = Object.freeze([]);

/**
 * @returns the findings of one event, strongest first; the same frozen empty array when there are none
 */
export function inspect(_event: ApiEvent): readonly Finding[] {
  return NOTHING;
}
