/** One run of the lab: simulated days as lines of a log, scanned as a user would, and what became of each attack. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Incident, Outcome } from "../../src/event.ts";
import type { AttackLabel, Label } from "../../src/simulate/labels.ts";
import { Output } from "../../src/simulate/output.ts";
import { simulate } from "../../src/simulate/simulate.ts";
import { WRITERS } from "../../src/simulate/writers/table.ts";
import { attribute } from "../attribution.ts";
import { scanFile } from "../run-scan.ts";
import type { Run } from "./plan.ts";

export interface Verdict {
  readonly attack: AttackLabel;
  /** An incident is about it, and says what kind it is. */
  readonly found: boolean;
  /** An incident is about it, under whatever name. */
  readonly noticed: boolean;
  readonly incidents: number;
  /** From its first event until the first incident about it; NaN when there is none. */
  readonly seconds: number;
  readonly events: number;
  /** Of the incident that says most; undefined when there is none. */
  readonly outcome: Outcome | undefined;
}

export interface Played {
  readonly run: Run;
  readonly events: number;
  readonly verdicts: readonly Verdict[];
  readonly incidents: number;
  readonly strange: readonly { readonly incident: Incident; readonly benign: string }[];
}

const CHUNK = 256 * 1024;

export async function play(run: Run, folder: string): Promise<Played> {
  const writer = WRITERS.find(({ name }) => name === run.format);
  if (writer === undefined) throw new Error(`no format ${run.format}`);
  const file = join(folder, `${run.name}.log`);
  const simulation = simulate({ ...run.options, detail: writer.detail });
  const output = new Output(file, writer, { logUsers: false });
  const times = new Map<string, number[]>();
  let chunk = "";
  let events = 0;
  for (const request of simulation.requests()) {
    events++;
    chunk += output.line(request);
    if (request.label !== "") {
      const known = times.get(request.label);
      if (known === undefined) times.set(request.label, [request.event.timestamp]);
      else known.push(request.event.timestamp);
    }
    if (chunk.length < CHUNK) continue;
    await output.write(chunk);
    chunk = "";
  }
  await output.write(chunk);
  await output.end();
  const labels = simulation.labels();
  const result = await scanFile([file]);
  rmSync(file);

  const attacks = labels.filter((label): label is AttackLabel => "attack" in label);
  const about = attribute(attacks, result);
  const explained = new Set([...about.values()].flat().map(({ incident }) => incident));
  return {
    run,
    events,
    verdicts: attacks.map((attack) => {
      const told = about.get(attack) ?? [];
      const start = Date.parse(attack.start);
      const detected = Math.min(...told.map(({ incident }) => Date.parse(incident.detected_at)));
      const before = (times.get(attack.attack) ?? []).filter((time) => time <= detected);
      return {
        attack,
        found: told.some(({ named }) => named),
        noticed: told.length > 0,
        incidents: told.length,
        seconds: told.length === 0 ? Number.NaN : Math.max(0, (detected - start) / 1000),
        events: told.length === 0 ? Number.NaN : before.length,
        outcome: strongest(told.map(({ incident }) => incident.outcome)),
      };
    }),
    incidents: result.incidents.length,
    strange: result.incidents
      .filter((incident) => !explained.has(incident))
      .map((incident) => ({ incident, benign: benignOf(incident, labels) })),
  };
}

const WORKED: readonly Outcome[] = ["succeeded", "probably_succeeded", "attempted", "unknown"];

function strongest(outcomes: readonly Outcome[]): Outcome | undefined {
  return WORKED.find((outcome) => outcomes.includes(outcome));
}

/** The benign episode that a false incident names, where there is one. */
function benignOf(incident: Incident, labels: readonly Label[]): string {
  for (const label of labels) {
    if (!("benign" in label)) continue;
    if (label.sources.includes(incident.entity.value) || label.users.includes(incident.entity.value))
      return label.benign;
  }
  return "";
}
