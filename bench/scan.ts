/** How fast a scan is, every detector on, beside GoAccess on the same file in the same run. GoAccess detects nothing. */
import type { Row } from "../eval/table.ts";
import { BUDGETS } from "./budgets.ts";
import { scanLog } from "./logs.ts";
import { type Cost, costOf, interleaved, isInstalled, vedette } from "./processes.ts";
import { judged, rounded, told } from "./row.ts";

const ROUNDS = 3;

export function benchScan(): Row[] {
  const log = scanLog();
  const area = "scan";
  const hasGoAccess = isInstalled("goaccess");
  const ours = () => vedette("scan", log.file);
  const theirs = () =>
    costOf("goaccess", [
      log.file,
      "--log-format=COMBINED",
      "--no-global-config",
      "--no-progress",
      "-o",
      "json",
    ]);
  const [cost, other] = interleaved(ROUNDS, hasGoAccess ? [ours, theirs] : [ours]);
  if (cost === undefined) return [];
  const lines = log.lines.toLocaleString("en");
  const rows = [
    judged(
      area,
      `nginx combined, ${lines} lines: lines per CPU-second`,
      log.lines / cost.cpu,
      BUDGETS.scanRate,
    ),
    told(area, "the same: lines per second", rounded(log.lines / cost.wall)),
  ];
  if (other === undefined)
    return [...rows, told(area, "GoAccess", "not installed (apt-get install goaccess)")];
  return [...rows, ...goAccessRows(area, log.lines, cost, other)];
}

function goAccessRows(area: string, lines: number, ours: Cost, theirs: Cost): Row[] {
  return [
    told(area, "GoAccess: lines per CPU-second", rounded(lines / theirs.cpu)),
    told(area, "GoAccess: lines per second", rounded(lines / theirs.wall)),
    judged(area, "Vedette to GoAccess, lines per second", theirs.wall / ours.wall, BUDGETS.overGoAccess),
    told(area, "Vedette to GoAccess, lines per CPU-second", `${rounded(theirs.cpu / ours.cpu)}x`),
  ];
}
