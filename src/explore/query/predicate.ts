/** A query's conditions as a function over one live event, with the meaning they have in the store. */
import type { ApiEvent, Finding } from "../../event.ts";
import { QueryError } from "./error.ts";
import { EVALUATORS, type Evaluate, type Value } from "./evaluate.ts";
import { readerFor } from "./live-event.ts";
import type { PlanColumn, PlanExpression, QueryPlan } from "./plan.ts";

/** Whether an event belongs to a live tail. Findings are strongest first, as inspection gives them. */
export type EventPredicate = (event: ApiEvent, findings: readonly Finding[]) => boolean;

/**
 * Only steps that look at one event at a time can be followed live; `now()` and `ago()` stay what they were when
 * the query was prepared.
 *
 * @throws QueryError QUERY_NOT_LIVE
 */
export function compilePredicate(plan: QueryPlan): EventPredicate {
  if (plan.table !== "events") throw notLive("Only events can be followed live.");
  const columns = new Map<PlanColumn, Evaluate>(
    plan.source.map((column) => [column, column.source ? readerFor(column.source) : () => null]),
  );
  const conditions: Evaluate[] = [];
  for (const step of plan.steps) {
    switch (step.kind) {
      case "filter":
        conditions.push(evaluator(step.condition, columns));
        break;
      case "extend":
        for (const { column, value } of step.assignments) columns.set(column, evaluator(value, columns));
        break;
      case "select":
        break;
      default:
        throw notLive(`${STEP_WORDS[step.kind]} needs all events, and a live tail sees one at a time.`);
    }
  }
  return (event, findings) => conditions.every((condition) => condition({ event, findings }) === true);
}

const STEP_WORDS = { aggregate: "Summarizing", sort: "Sorting", take: "Taking some rows" } as const;

function notLive(message: string): QueryError {
  return new QueryError("QUERY_NOT_LIVE", message, { start: 0, end: 0 });
}

function evaluator(expression: PlanExpression, columns: ReadonlyMap<PlanColumn, Evaluate>): Evaluate {
  switch (expression.kind) {
    case "constant": {
      const value = expression.value as Value;
      return () => value;
    }
    case "column": {
      const { source } = expression.column;
      if (source?.stored) throw notLive(`${source.name} is known only once an event is stored.`);
      return columns.get(expression.column) ?? (() => null);
    }
    case "call": {
      const args = expression.args.map((item) => evaluator(item, columns));
      return EVALUATORS[expression.operation](args, expression);
    }
  }
}
