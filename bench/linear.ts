/**
 * Whether a line costs the same in a long log as in a short one. A scan has a start that it pays once, which makes
 * short logs look dear, so what further lines cost is held to the budget too.
 */
import type { Row } from "../eval/table.ts";
import { BUDGETS } from "./budgets.ts";
import { firstLines, type Log, scanLog } from "./logs.ts";
import { interleaved, vedette } from "./processes.ts";
import { judged, rounded, told } from "./row.ts";

const ROUNDS = 3;
const SHARES = [1, 2, 4, 8] as const;

interface Point {
  readonly lines: number;
  /** Seconds. */
  readonly cpu: number;
}

export function benchLinear(): Row[] {
  const whole = scanLog();
  const unit = Math.min(250_000, Math.floor(whole.lines / 8));
  const logs = SHARES.map((share) => firstLines(whole, unit * share));
  const points = pointsOf(logs);
  const count = ({ lines }: Point) => lines.toLocaleString("en");
  const rows = points.map((point) =>
    told("linear", `CPU time of a line, ${count(point)} lines`, `${rounded(perLine(point))} µs`),
  );
  const [shortest, , long, longest] = points;
  if (shortest === undefined || long === undefined || longest === undefined) return rows;
  return [
    ...rows,
    judged(
      "linear",
      `${count(long)} to ${count(shortest)}`,
      perLine(long) / perLine(shortest),
      BUDGETS.growth,
    ),
    judged(
      "linear",
      `lines after ${count(long)}, to those after ${count(shortest)}`,
      perLine(between(long, longest)) / perLine(between(shortest, long)),
      BUDGETS.growth,
    ),
  ];
}

function pointsOf(logs: readonly Log[]): Point[] {
  const scans = logs.map(
    ({ file }) =>
      () =>
        vedette("scan", file),
  );
  return interleaved(ROUNDS, scans).map(({ cpu }, index) => ({ lines: logs[index]?.lines ?? 0, cpu }));
}

function perLine({ lines, cpu }: Point): number {
  return (cpu / lines) * 1e6;
}

function between(from: Point, to: Point): Point {
  return { lines: to.lines - from.lines, cpu: to.cpu - from.cpu };
}
