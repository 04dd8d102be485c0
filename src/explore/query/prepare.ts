/** Query text to a plan that both back ends read. */
import { checkQuery } from "./check.ts";
import type { CheckOptions } from "./check-expression.ts";
import { parseQuery } from "./parse.ts";
import type { QueryPlan } from "./plan.ts";

/** @throws QueryError with the range of what is wrong, and nothing else */
export function prepareQuery(text: string, options: CheckOptions): QueryPlan {
  return checkQuery(parseQuery(text), text, options);
}
