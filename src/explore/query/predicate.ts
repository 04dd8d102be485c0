/** A query's conditions as a function over one live event, with the meaning they have in the store. */
import type { ApiEvent, Finding } from "../../event.ts";
import { QueryError } from "./error.ts";
import { EVALUATORS, type Evaluate, type LiveEvent, type Value } from "./evaluate.ts";
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
  const evaluators = new Evaluators();
  for (const column of plan.source)
    if (column.source) evaluators.columns.set(column, readerFor(column.source));
  const conditions: Evaluate[] = [];
  for (const step of plan.steps) {
    switch (step.kind) {
      case "filter":
        conditions.push(evaluators.of(step.condition));
        break;
      case "extend":
        for (const { column, value } of step.assignments)
          evaluators.columns.set(column, evaluators.of(value));
        break;
      case "select":
        break;
      default:
        throw notLive(`${STEP_WORDS[step.kind]} needs all events, and a live tail sees one at a time.`);
    }
  }
  return (event, findings) => {
    const row: LiveEvent = { event, findings };
    return conditions.every((condition) => condition(row) === true);
  };
}

const STEP_WORDS = { aggregate: "Summarizing", sort: "Sorting", take: "Taking some rows" } as const;

function notLive(message: string): QueryError {
  return new QueryError("QUERY_NOT_LIVE", message, { start: 0, end: 0 });
}

/** Closures for expressions; what stands in several places is computed once for each event. */
class Evaluators {
  readonly columns = new Map<PlanColumn, Evaluate>();
  readonly #made = new Map<PlanExpression, Evaluate>();

  of(expression: PlanExpression): Evaluate {
    const made = this.#made.get(expression);
    if (made !== undefined) return made;
    const evaluate = this.#make(expression);
    this.#made.set(expression, evaluate);
    return evaluate;
  }

  #make(expression: PlanExpression): Evaluate {
    switch (expression.kind) {
      case "constant": {
        const value = expression.value as Value;
        return () => value;
      }
      case "column": {
        const { source } = expression.column;
        if (source?.stored) throw notLive(`${source.name} is known only once an event is stored.`);
        return this.columns.get(expression.column) ?? (() => null);
      }
      case "call": {
        const args = expression.args.map((item) => this.of(item));
        return oncePerEvent(EVALUATORS[expression.operation](args, expression));
      }
    }
  }
}

/** Steps and lists name a value again and again: without this the work would double with each. */
function oncePerEvent(evaluate: Evaluate): Evaluate {
  let seen: LiveEvent | undefined;
  let value: Value = null;
  return (row) => {
    if (row !== seen) {
      value = evaluate(row);
      seen = row;
    }
    return value;
  };
}
