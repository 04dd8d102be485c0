/**
 * NAB's scoring rules, version 1.1, standard profile (Lavin and Ahmad, ICMLA 2015, section III; the corpus's
 * `config/profiles.json`): a window counts once, more the earlier it is found; an alarm outside of windows costs, more
 * the further behind a window it comes; nothing counts in the first 15 % of a series.
 */
import type { LabelledSeries } from "./corpus.ts";

export interface Scored {
  readonly series: LabelledSeries;
  /** One for each point; an alarm is a score at or above the threshold. */
  readonly scores: readonly number[];
}

const FALSE_POSITIVE_COST = 0.11;
const MISSED_COST = 1;
const PROBATION_SHARE = 0.15;
const PROBATION_POINTS = 5000;

/** What an alarm at a point would be worth: for a window (its index), or by itself. */
interface Alarm {
  readonly score: number;
  readonly worth: number;
  /** Of all windows of all series; undefined for a false alarm. */
  readonly window: string | undefined;
}

/** @returns 0 for a detector that says nothing, 100 for one that finds every window at its first point and nothing else */
export function scoreAt(all: readonly Scored[], threshold: number): number {
  return (
    walk(all)
      .filter(({ score }) => score >= threshold)
      .at(-1)?.total ?? 0
  );
}

/** The threshold, one for all series, at which the score is highest: NAB's own way to set it. */
export function bestThreshold(all: readonly Scored[]): number {
  let best = { score: Number.POSITIVE_INFINITY, total: 0 };
  for (const step of walk(all)) if (step.total > best.total) best = step;
  return best.score;
}

/** The total at each threshold that changes it, from the highest down. */
function walk(all: readonly Scored[]): { readonly score: number; readonly total: number }[] {
  const windows = all.reduce((sum, { series }) => sum + series.windows.length, 0);
  const alarms = all.flatMap((scored) => alarmsOf(scored)).sort((a, b) => b.score - a.score);
  const found = new Map<string, number>();
  const steps: { score: number; total: number }[] = [];
  let sum = 0;
  for (const { score, worth, window } of alarms) {
    if (window === undefined) sum += worth;
    else {
      const known = found.get(window);
      if (known === undefined) sum += MISSED_COST + worth;
      else if (worth > known) sum += worth - known;
      found.set(window, Math.max(worth, known ?? worth));
    }
    if (steps.at(-1)?.score === score) steps.pop();
    steps.push({ score, total: (100 * sum) / (windows * (1 + MISSED_COST)) });
  }
  return steps;
}

function alarmsOf({ series, scores }: Scored): Alarm[] {
  const { name, windows } = series;
  const probation = Math.floor(PROBATION_SHARE * Math.min(scores.length, PROBATION_POINTS));
  const alarms: Alarm[] = [];
  for (let i = probation; i < scores.length; i++) {
    const score = scores[i] ?? 0;
    if (score <= 0) continue;
    const within = windows.findIndex(([first, last]) => i >= first && i <= last);
    const window = windows[within];
    if (window !== undefined) {
      const [first, last] = window;
      const worth = sigmoid(-(last - i + 1) / (last - first + 1)) / sigmoid(-1);
      alarms.push({ score, worth, window: `${name} ${within}` });
      continue;
    }
    const before = windows.findLast(([, last]) => last < i);
    const worth = before === undefined ? -1 : sigmoid((i - before[1]) / (before[1] - before[0]));
    alarms.push({ score, worth: FALSE_POSITIVE_COST * worth, window: undefined });
  }
  return alarms;
}

/** @param position in widths of the window, 0 at its end */
function sigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}
