/** The way to a verdict, step by step: which values were looked at, how they were read, what was seen in each. */
import type { ApiEvent, Finding } from "../event.ts";
import { BOUNDS, createBudget } from "./budget.ts";
import { examine, type Step } from "./examine.ts";
import { readEvent } from "./inspect.ts";
import type { Sink } from "./values/value.ts";

export interface Explanation {
  /** Values that the gate did not let pass. */
  readonly steps: readonly Step[];
  /** Findings of the request as a whole, which no single value shows. */
  readonly whole: readonly Finding[];
}

export function explain(event: ApiEvent): Explanation {
  const budget = createBudget(BOUNDS);
  const steps: Step[] = [];
  const whole: Finding[] = [];
  const sink: Sink = {
    take: (value) => {
      if (budget.value()) steps.push(examine(value, budget, () => {}));
    },
    more: () => steps.length < BOUNDS.values,
  };
  readEvent(event, sink, (finding) => whole.push(finding));
  return { steps, whole };
}
