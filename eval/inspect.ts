/**
 * How well inspection tells attacks from traffic, on public corpora that are read and never copied. Each corpus is
 * split in two by a hash of the sample: one half may be looked at while detectors are written, the other is only
 * scored. If the two differ, something was fitted rather than understood.
 *
 * @example node eval/inspect.js /path/to/corpora
 */
import { basename } from "node:path";
import { CORPORA } from "./corpora.ts";
import { halfOf, isFlagged, type Sample } from "./inspect/sample.ts";
import { samplesOf } from "./inspect/samples.ts";
import { printTable, type Row } from "./table.ts";

/** Per cent of attacks to find at least, or of benign samples to flag at most. A set without a goal is told only. */
const GOALS: readonly (readonly [set: RegExp, goal: number])[] = [
  [/^libinjection sqli|^torpeda sqli/, 99],
  [/^libinjection xss|^httpparams (?:sqli|xss|path)/, 98],
  [/^httpparams cmdi/, 95],
  [/^crs attacks|^gotestwaf attacks/, 93],
  [/^crs negatives/, 8],
  [/^gotestwaf benign/, 3],
  [/^libinjection benign/, 0.5],
  [/^httpparams benign/, 0.1],
  [/^(?:csic2010|torpeda) benign/, 0.05],
  [/^natural text/, 0.02],
];

/** How many samples of one set, and how many were flagged: in the half looked at, and in the half only scored. */
interface Count {
  readonly attacks: boolean;
  readonly samples: [looked: number, scored: number];
  readonly flagged: [looked: number, scored: number];
}

export async function evaluateInspection(corporaDir: string): Promise<Row[]> {
  const counts = new Map<string, Count>();
  for (const sample of samplesOf(corporaDir)) {
    const half = halfOf(sample.text);
    const flagged = isFlagged(sample);
    for (const set of setsOf(sample)) {
      const count = countOf(counts, set, sample);
      count.samples[half] += 1;
      if (flagged) count.flagged[half] += 1;
    }
  }
  return [...counts].map(([set, count]) => rowOf(set, count));
}

/** The families of the Core Rule Set also count together. */
function setsOf({ set, wanted }: Sample): readonly string[] {
  if (!set.startsWith("crs ")) return [set];
  return [wanted === undefined ? "crs negatives" : "crs attacks", set];
}

function countOf(counts: Map<string, Count>, set: string, { wanted }: Sample): Count {
  const count = counts.get(set) ?? { attacks: wanted !== undefined, samples: [0, 0], flagged: [0, 0] };
  counts.set(set, count);
  return count;
}

function rowOf(set: string, { attacks, samples, flagged }: Count): Row {
  const shares = [0, 1].map((half) => percent(flagged[half] ?? 0, samples[half] ?? 0));
  const goal = GOALS.find(([pattern]) => pattern.test(set))?.[1];
  const [looked = 0, scored = 0] = shares;
  return {
    area: "inspect",
    measure: `${set} (${samples[0] + samples[1]})`,
    value: `${looked.toFixed(2)} % looked at, ${scored.toFixed(2)} % scored`,
    goal: goal === undefined ? "" : `${attacks ? "at least" : "at most"} ${goal} %`,
    met: goal === undefined ? undefined : shares.every((share) => (attacks ? share >= goal : share <= goal)),
  };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

if (basename(process.argv[1] ?? "").startsWith("inspect.")) {
  console.log(printTable(await evaluateInspection(process.argv[2] ?? CORPORA)));
}
