/** Whether a line costs the same in a long log as in a short one. */
import type { Row } from "../eval/table.ts";
import { BUDGETS } from "./budgets.ts";
import { firstLines, scanLog } from "./logs.ts";
import { interleaved, vedette } from "./processes.ts";
import { judged, rounded, told } from "./row.ts";

const ROUNDS = 3;
const SHARES = [1, 2, 4] as const;

export function benchLinear(): Row[] {
  const whole = scanLog();
  const quarter = Math.min(250_000, Math.floor(whole.lines / 4));
  const logs = SHARES.map((share) => firstLines(whole, quarter * share));
  const costs = interleaved(
    ROUNDS,
    logs.map(
      ({ file }) =>
        () =>
          vedette("scan", file),
    ),
  );
  const perLine = costs.map(({ cpu }, index) => (cpu / (logs[index]?.lines ?? Number.NaN)) * 1e6);
  const rows = perLine.map((microseconds, index) =>
    told(
      "linear",
      `CPU time of a line, ${logs[index]?.lines.toLocaleString("en")} lines`,
      `${rounded(microseconds)} µs`,
    ),
  );
  const [first = Number.NaN] = perLine;
  const last = perLine.at(-1) ?? Number.NaN;
  return [...rows, judged("linear", "the longest to the shortest", last / first, BUDGETS.growth)];
}
