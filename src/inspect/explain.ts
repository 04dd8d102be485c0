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
  /** A part of the request was left out. */
  readonly truncated: boolean;
}

export function explain(event: ApiEvent): Explanation {
  const budget = createBudget(BOUNDS);
  const steps: Step[] = [];
  const whole: Finding[] = [];
  let open = true;
  const sink: Sink = {
    take: (value) => {
      open = budget.value();
      if (open) steps.push(examine(value, budget, () => {}));
    },
    more: () => open,
    cut: () => budget.cut(),
  };
  readEvent(event, sink, (finding) => whole.push(finding));
  return { steps, whole, truncated: budget.spent() };
}
