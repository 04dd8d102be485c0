/** Figures as rows of the one table. */
import type { Row } from "../eval/table.ts";
import { type Budget, isWithin } from "./budgets.ts";

/** A figure that is told and not judged. */
export function told(area: string, measure: string, value: string): Row {
  return { area, measure, value, goal: "", met: undefined };
}

export function judged(area: string, measure: string, value: number, budget: Budget): Row {
  return {
    area,
    measure,
    value: `${rounded(value)}${budget.unit}`,
    goal: `${budget.kind} ${rounded(budget.limit)}${budget.unit}`,
    met: isWithin(budget, value),
  };
}

/** Three digits say all that these measurements can say. */
export function rounded(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en");
}

export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;
}
