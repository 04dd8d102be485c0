/**
 * How well inspection tells attacks from traffic, on public corpora that are read and never copied. Each corpus is
 * split in two by a hash of the sample: one half may be looked at while detectors are written, the other is only
 * scored. If the two differ, something was fitted rather than understood.
 *
 * @example node eval/inspect.js /path/to/corpora
 */
import { basename } from "node:path";
import { CORPORA } from "./corpora.ts";
import { samplesOf } from "./inspect/samples.ts";
import { type SetScore, scoreSets, sharesOf } from "./inspect/scores.ts";
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

/** The goal of a set, undefined where there is none. */
export function goalOf(set: string): number | undefined {
  return GOALS.find(([pattern]) => pattern.test(set))?.[1];
}

export async function evaluateInspection(corporaDir: string): Promise<Row[]> {
  return scoreSets(samplesOf(corporaDir)).map(rowOf);
}

function rowOf(score: SetScore): Row {
  const { set, attacks, samples } = score;
  const shares = sharesOf(score);
  const [looked, scored] = shares;
  const goal = goalOf(set);
  return {
    area: "inspect",
    measure: `${set} (${samples[0] + samples[1]})`,
    value: `${looked.toFixed(2)} % looked at, ${scored.toFixed(2)} % scored`,
    goal: goal === undefined ? "" : `${attacks ? "at least" : "at most"} ${goal} %`,
    met: goal === undefined ? undefined : shares.every((share) => (attacks ? share >= goal : share <= goal)),
  };
}

if (basename(process.argv[1] ?? "").startsWith("inspect.")) {
  console.log(printTable(await evaluateInspection(process.argv[2] ?? CORPORA)));
}
