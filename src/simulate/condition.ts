/** Trouble of the hour: changes how requests are answered, or keeps them out of the log, from a time until another. */
import type { SimulatedRequest } from "./request.ts";

export interface Condition {
  readonly from: number;
  readonly until: number;
  /** Changes the request in place; false when it never reaches the log. */
  apply(request: SimulatedRequest): boolean;
}
