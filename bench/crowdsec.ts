/**
 * The same lines through CrowdSec's agent with its own nginx collection, as Debian packages it: one file, read in
 * "time machine" mode, no network. It reads a few hundred lines a second, so it gets the head of the log only.
 */
import type { Row } from "../eval/table.ts";
import { BUDGETS } from "./budgets.ts";
import { createCrowdSec } from "./crowdsec-home.ts";
import { firstLines, scanLog } from "./logs.ts";
import { best, isInstalled, vedette } from "./processes.ts";
import { judged, rounded, told } from "./row.ts";

const LINES = 48_000;

export async function benchCrowdSec(): Promise<Row[]> {
  const area = "crowdsec";
  if (!isInstalled("crowdsec") || !isInstalled("cscli")) {
    return [told(area, "CrowdSec", "not installed (apt-get install crowdsec)")];
  }
  const log = firstLines(scanLog(), LINES);
  const crowdsec = await createCrowdSec();
  try {
    const before = vedette("scan", log.file);
    const seconds = await crowdsec.read(log.file);
    const { wall } = best([before, vedette("scan", log.file), vedette("scan", log.file)]);
    return [
      told(
        area,
        `CrowdSec, ${log.lines.toLocaleString("en")} lines: lines per second`,
        rounded(log.lines / seconds),
      ),
      told(area, "Vedette, start included: lines per second", rounded(log.lines / wall)),
      judged(area, "the one to the other", seconds / wall, BUDGETS.overCrowdSec),
    ];
  } finally {
    crowdsec.remove();
  }
}
