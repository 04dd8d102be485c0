/** The lab's figures as a document. */
import { INTENSITIES } from "../../src/simulate/labels.ts";
import type { Played, Verdict } from "./play.ts";
import { isOutcomeRight, median, type Scores, scoresOf, sum } from "./scores.ts";

/** Per cent of attacks that an incident must be about. */
const RECALL_GOALS = { loud: 95, moderate: 90, slow: 75, distributed: 75 } as const;

export function reportOf(played: readonly Played[]): string {
  const developed = played.filter(({ run }) => !run.heldOut);
  const heldOut = played.filter(({ run }) => run.heldOut);
  return [overview(developed, heldOut), byIntensity(developed, heldOut), byCategory(developed, heldOut)].join(
    "\n\n",
  );
}

interface Line {
  readonly name: string;
  readonly goal: string;
  readonly of: (scores: Scores) => string;
  readonly isMet: (scores: Scores) => boolean;
}

const LINES: readonly Line[] = [
  {
    name: "attacks found, by an incident that says what kind it is",
    goal: "",
    of: ({ found, attacks }) => ratio(found, attacks),
    isMet: () => true,
  },
  {
    name: "attacks that an incident is about, under whatever name",
    goal: "",
    of: ({ noticed, attacks }) => ratio(noticed, attacks),
    isMet: () => true,
  },
  {
    name: "incidents that are about an attack (precision)",
    goal: "",
    of: ({ precision }) => percent(precision),
    isMet: () => true,
  },
  {
    name: "false incidents a day of 100,000 events",
    goal: "at most 0.5",
    of: ({ strangePerDay, strange }) => `${strangePerDay.toFixed(2)} (${strange} in all)`,
    isMet: ({ strangePerDay }) => strangePerDay <= 0.5,
  },
  {
    name: "loud attacks: median seconds until the incident",
    goal: "at most 60",
    of: ({ loudSeconds }) => loudSeconds.toFixed(0),
    isMet: ({ loudSeconds }) => loudSeconds <= 60,
  },
  {
    name: "loud attacks: told within 60 seconds",
    goal: "",
    of: ({ loudInMinute }) => percent(loudInMinute),
    isMet: () => true,
  },
  {
    name: "attacks that are one incident",
    goal: "at least 90 %",
    of: ({ single, noticed }) => ratio(single, noticed),
    isMet: ({ single, noticed }) => single >= 0.9 * noticed,
  },
  {
    name: "outcome right (worked or not)",
    goal: "at least 85 %",
    of: ({ outcomes }) => ratio(outcomes.right, outcomes.judged),
    isMet: ({ outcomes }) => outcomes.right >= 0.85 * outcomes.judged,
  },
];

function overview(developed: readonly Played[], heldOut: readonly Played[]): string {
  const sets = [scoresOf(developed), scoresOf(heldOut)];
  const rows = LINES.map(({ name, goal, of, isMet }) => [
    name,
    ...sets.map(of),
    goal,
    goal === "" ? "" : sets.every(isMet) ? "met" : "not met",
  ]);
  return `## Overall

${describe(developed)} may be looked at while detectors are written, and ${describe(heldOut)} are only scored.

${table(["measure", "looked at", "only scored", "goal", ""], rows)}`;
}

function describe(played: readonly Played[]): string {
  const events = sum(played.map((run) => run.events));
  const days = sum(played.map(({ run }) => run.options.days ?? 0));
  return `${played.length} runs (${days} days, ${(events / 1_000_000).toFixed(1)} million events)`;
}

function byIntensity(developed: readonly Played[], heldOut: readonly Played[]): string {
  const rows = INTENSITIES.map((intensity) => {
    const sets = [developed, heldOut].map((played) =>
      verdictsOf(played).filter(({ attack }) => attack.intensity === intensity),
    );
    const isMet = sets.every(
      (set) => set.filter(({ found }) => found).length >= (RECALL_GOALS[intensity] / 100) * set.length,
    );
    const told = sets.flat().filter(({ noticed }) => noticed);
    return [
      intensity,
      ...sets.map((set) => ratio(set.filter(({ found }) => found).length, set.length)),
      `at least ${RECALL_GOALS[intensity]} %`,
      isMet ? "met" : "not met",
      duration(median(told.map(({ seconds }) => seconds))),
      median(told.map(({ events }) => events)).toFixed(0),
    ];
  });
  return `## By intensity

Time and events until the first incident are medians, from the attack's first request on.

${table(["intensity", "looked at", "only scored", "goal", "", "time", "events"], rows)}`;
}

function byCategory(developed: readonly Played[], heldOut: readonly Played[]): string {
  const all = [...verdictsOf(developed), ...verdictsOf(heldOut)];
  const scored = new Set(verdictsOf(heldOut));
  const categories = [...new Set(all.map(({ attack }) => attack.category))].sort();
  const rows = categories.map((category) => {
    const of = all.filter(({ attack }) => attack.category === category);
    const held = of.filter((verdict) => scored.has(verdict));
    const noticed = of.filter((verdict) => verdict.noticed);
    const judged = noticed.filter(({ attack }) => attack.outcome !== "unknown");
    return [
      category,
      ...INTENSITIES.map((intensity) => {
        const cell = of.filter(({ attack }) => attack.intensity === intensity);
        return cell.length === 0 ? "" : `${cell.filter(({ found }) => found).length} of ${cell.length}`;
      }),
      ratio(held.filter(({ found }) => found).length, held.length),
      `${noticed.filter(({ incidents }) => incidents === 1).length} of ${noticed.length}`,
      judged.length === 0 ? "" : `${judged.filter(isOutcomeRight).length} of ${judged.length}`,
      duration(median(noticed.map(({ seconds }) => seconds))),
    ];
  });
  return `## By category

Found by intensity, over both sets; then those that are only scored, attacks that are one incident, outcomes that are
right, and the median time until the incident.

${table(["category", ...INTENSITIES, "only scored", "one incident", "outcome", "time"], rows)}`;
}

function verdictsOf(played: readonly Played[]): Verdict[] {
  return played.flatMap(({ verdicts }) => verdicts);
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? "none" : `${percent(part / whole)} (${part} of ${whole})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function duration(seconds: number): string {
  if (Number.isNaN(seconds)) return "";
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
