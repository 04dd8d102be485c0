/** How soon a person sees something, for a file of a thousand lines. */
import type { Row } from "../eval/table.ts";
import { BUDGETS } from "./budgets.ts";
import { firstLines, scanLog } from "./logs.ts";
import { firstOutput, VEDETTE } from "./processes.ts";
import { judged, rounded, told } from "./row.ts";

const ROUNDS = 10;

export async function benchStart(): Promise<Row[]> {
  const { file } = firstLines(scanLog(), 1000);
  let ours = Number.POSITIVE_INFINITY;
  let bare = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    ours = Math.min(ours, await firstOutput(process.execPath, [VEDETTE, "scan", file]));
    bare = Math.min(bare, await firstOutput(process.execPath, ["-e", "console.log(0)"]));
  }
  return [
    judged("start", "first output of a scan of 1,000 lines", ours, BUDGETS.start),
    told("start", "node -e 'console.log(0)'", `${rounded(bare)} s`),
    judged("start", "the one to the other", ours / bare, BUDGETS.startOverNode),
  ];
}
