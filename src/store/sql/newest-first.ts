/**
 * The latest events are asked for most, and events lie in the store by service and not by time. So the newest part of
 * the time is asked first: where enough of it fits, the rest is not read.
 */
import type { QueryPlan } from "../../explore/query/plan.ts";
import type { QueryScope } from "./scope.ts";

export interface NewestPart {
  readonly scope: QueryScope;
  /** So many rows of this part are the whole answer. */
  readonly rows: number;
}

/** What asking in vain costs at most of a whole answer. */
const PARTS = 32;
/** Less is asked at once. */
const SHORTEST_MS = 6 * 3_600_000;
/** Of a time without a beginning. */
const UNBOUNDED_MS = 32 * 86_400_000;

/**
 * @param rows most that are read
 * @returns undefined where the answer is not simply the latest events
 */
export function newestPart(
  plan: QueryPlan,
  scope: QueryScope,
  now: number,
  rows: number,
): NewestPart | undefined {
  if (plan.table !== "events") return undefined;
  let taken = rows;
  for (const step of plan.steps) {
    if (step.kind === "aggregate" || step.kind === "sort") return undefined;
    if (step.kind === "take") taken = Math.min(taken, step.rows);
    // What is left of the events that were taken is no beginning of the answer's.
    if (step.kind === "filter" && taken < rows) return undefined;
  }
  const to = scope.to ?? now;
  const span = scope.from === undefined ? UNBOUNDED_MS : to - scope.from;
  if (span < SHORTEST_MS) return undefined;
  return { scope: { ...scope, from: Math.floor(to - span / PARTS) }, rows: taken };
}
