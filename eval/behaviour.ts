/**
 * `npm run eval:behaviour`: what entities do over time, measured on simulated days with labelled attacks in every
 * intensity. Prints what was missed and wrongly told with the seeds that may be looked at, and writes the figures to
 * `docs/behaviour-quality.md`. VEDETTE_EVAL_SEEDS=21,22 adds seeds, VEDETTE_EVAL_ATTACKS=NAME:INTENSITY,… plays those
 * alone; neither writes the document.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planned } from "./behaviour/plan.ts";
import { type Played, play } from "./behaviour/play.ts";
import { reportOf } from "./behaviour/report.ts";
import { isOutcomeRight } from "./behaviour/scores.ts";

const FILE = join(process.cwd(), "docs/behaviour-quality.md");

const folder = mkdtempSync(join(tmpdir(), "vedette-lab-"));
const played: Played[] = [];
try {
  for (const run of planned()) {
    const before = process.cpuUsage().user;
    const result = await play(run, folder);
    const seconds = (process.cpuUsage().user - before) / 1e6;
    console.log(`${run.name}: ${result.events} events, ${seconds.toFixed(0)} s of CPU`);
    if (!run.heldOut) tell(result);
    played.push(result);
  }
} finally {
  rmSync(folder, { recursive: true });
}

const text = `# Detection quality of behaviour

Written by \`npm run eval:behaviour\` on ${new Date().toISOString().slice(0, 10)}. A simulated shop with its people, partners, crawlers,
monitors, offices, carriers, deploys and newsletters; every labelled attack of \`vedette simulate\` in every intensity it
has, once for each seed; half of the seeds as nginx's combined log, half as native JSON. What each detector looks for:
[detection.md](detection.md).

${reportOf(played)}
`;
console.log(`\n${text}`);
if (process.env.VEDETTE_EVAL_SEEDS === undefined && process.env.VEDETTE_EVAL_ATTACKS === undefined) {
  writeFileSync(FILE, text);
  console.log(`Written to ${FILE}`);
}

function tell({ verdicts, strange }: Played): void {
  for (const verdict of verdicts) {
    const { attack } = verdict;
    const what = `${attack.attack}: ${attack.events} events, ${attack.story}`;
    if (!verdict.found) console.log(`  ${verdict.noticed ? "misnamed" : "missed"} ${what}`);
    if (verdict.incidents > 1) console.log(`  ${verdict.incidents} incidents ${what}`);
    if (verdict.noticed && attack.outcome !== "unknown" && !isOutcomeRight(verdict)) {
      console.log(`  outcome ${verdict.outcome} ${what}`);
    }
  }
  for (const { incident, benign } of strange) {
    const why = benign === "" ? "" : ` (${benign})`;
    console.log(`  false: ${incident.severity} ${incident.title} ${incident.first_seen}${why}`);
  }
}
