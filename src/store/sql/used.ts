/** Which columns a query reads anywhere: inner SELECTs pass on no others. */
import type { PlanColumn, PlanExpression, PlanStep, QueryPlan } from "../../explore/query/plan.ts";

export function columnsRead(plan: QueryPlan): ReadonlySet<PlanColumn> {
  const read = new Set<PlanColumn>(plan.columns);
  const note = (expression: PlanExpression): void => {
    if (expression.kind === "column") read.add(expression.column);
    if (expression.kind === "call") expression.args.forEach(note);
  };
  for (const step of plan.steps) expressionsOf(step).forEach(note);
  return read;
}

function expressionsOf(step: PlanStep): readonly PlanExpression[] {
  switch (step.kind) {
    case "filter":
      return [step.condition];
    case "extend":
      return step.assignments.map((assignment) => assignment.value);
    case "aggregate":
      return [
        ...step.by.map((group) => group.value),
        ...step.aggregates.flatMap((aggregate) => [
          ...aggregate.args,
          ...(aggregate.condition ? [aggregate.condition] : []),
        ]),
      ];
    case "sort":
      return step.keys.map((key) => key.value);
    case "select":
    case "take":
      return [];
  }
}
