/** The benchmark of inspection as rows of the one table. */
import type { Row } from "../eval/table.ts";
import { benchInspection } from "./inspect.ts";
import { benchGrowth } from "./inspect-growth.ts";
import { benchPeers } from "./inspect-peers.ts";
import { rounded } from "./row.ts";

export function benchInspect(): Row[] {
  return [...rowsOfInspection(), ...benchGrowth(), ...benchPeers()];
}

function rowsOfInspection(): Row[] {
  return benchInspection().map(({ measure, mean, median, p99, worst, parses, budget, met }) => ({
    area: "inspect",
    measure: `${measure}: µs mean, median, p99, worst`,
    value: `${[mean, median, p99, worst].map(rounded).join(", ")} (${rounded(parses)} parses)`,
    goal: budget,
    met,
  }));
}
