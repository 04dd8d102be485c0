/**
 * Which endpoints one actor keeps coming back to. Most actors ask most endpoints a few times and never again:
 * nothing is worth following there, and following costs a hundred times as much as counting.
 */
export type Visits = Map<number, number>;

/** From this many visits on, an endpoint is followed. */
const FAMILIAR = 8;
const MAX_COUNTED = 64;

/** Counts a visit. @returns whether the actor is at home there by now */
export function isFamiliar(visits: Visits, endpoint: number): boolean {
  const seen = visits.get(endpoint) ?? 0;
  if (seen >= FAMILIAR) return true;
  if (seen === 0 && visits.size >= MAX_COUNTED) visits.clear();
  visits.set(endpoint, seen + 1);
  return false;
}
