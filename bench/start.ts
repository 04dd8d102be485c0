/**
 * How soon a person sees something, for a file of a thousand lines. Held to a budget is the CPU time of the whole
 * scan, beside that of `node` printing one line: the wait itself is told, and says as much about the machine.
 */
import type { Row } from "../eval/table.ts";
import { BUDGETS } from "./budgets.ts";
import { firstLines, scanLog } from "./logs.ts";
import { costOf, firstOutput, interleaved, VEDETTE, vedette } from "./processes.ts";
import { judged, rounded, told } from "./row.ts";

const ROUNDS = 10;
const BARE = ["-e", "console.log(0)"];

export async function benchStart(): Promise<Row[]> {
  const { file } = firstLines(scanLog(), 1000);
  let ours = Number.POSITIVE_INFINITY;
  let bare = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    ours = Math.min(ours, await firstOutput(process.execPath, [VEDETTE, "scan", file]));
    bare = Math.min(bare, await firstOutput(process.execPath, BARE));
  }
  const [scan, node] = interleaved(ROUNDS, [
    () => vedette("scan", file),
    () => costOf(process.execPath, BARE),
  ]);
  return [
    told("start", "first output of a scan of 1,000 lines", `${rounded(ours)} s`),
    told("start", "first output of node -e 'console.log(0)'", `${rounded(bare)} s`),
    judged(
      "start",
      "CPU time, the one to the other",
      (scan?.cpu ?? 0) / (node?.cpu ?? 0),
      BUDGETS.startOverNode,
    ),
  ];
}
