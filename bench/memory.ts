/** How large a scan gets when nearly everything in the log is new: addresses, paths. */
import type { Row } from "../eval/table.ts";
import { BUDGETS } from "./budgets.ts";
import { simulated } from "./logs.ts";
import { peakMemory } from "./processes.ts";
import { judged } from "./row.ts";

/** VEDETTE_BENCH_MEMORY_LINES makes it smaller, addresses and paths with it. */
export function benchMemory(): Row[] {
  const events = Number(process.env.VEDETTE_BENCH_MEMORY_LINES ?? 10_000_000);
  const addresses = Math.round(events / 10);
  const paths = Math.round(events / 20);
  const log = simulated({ seed: 5, days: 7, events, addresses, paths });
  const count = (n: number) => n.toLocaleString("en");
  return [
    judged(
      "memory",
      `peak of ${count(log.lines)} lines, ${count(addresses)} addresses, ${count(paths)} paths`,
      peakMemory("scan", log.file),
      BUDGETS.memory,
    ),
  ];
}
