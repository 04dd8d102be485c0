/** How many samples of each set are flagged: in the half that is looked at while detectors are written, and in the other. */
import { halfOf, isFlagged, type Sample } from "./sample.ts";

export interface SetScore {
  readonly set: string;
  readonly attacks: boolean;
  readonly samples: [looked: number, scored: number];
  readonly flagged: [looked: number, scored: number];
}

export function scoreSets(samples: Iterable<Sample>): readonly SetScore[] {
  const scores = new Map<string, SetScore>();
  for (const sample of samples) {
    const half = halfOf(sample.text);
    const flagged = isFlagged(sample);
    for (const set of setsOf(sample)) {
      const score = scoreOf(scores, set, sample);
      score.samples[half] += 1;
      if (flagged) score.flagged[half] += 1;
    }
  }
  return [...scores.values()];
}

/** The families of the Core Rule Set also count together. */
export function setsOf({ set, wanted }: Sample): readonly string[] {
  if (!set.startsWith("crs ")) return [set];
  return [wanted === undefined ? "crs negatives" : "crs attacks", set];
}

function scoreOf(scores: Map<string, SetScore>, set: string, { wanted }: Sample): SetScore {
  const score = scores.get(set) ?? { set, attacks: wanted !== undefined, samples: [0, 0], flagged: [0, 0] };
  scores.set(set, score);
  return score;
}

/** Per cent of both halves, looked at and scored. */
export function sharesOf({ samples, flagged }: SetScore): [looked: number, scored: number] {
  return [percent(flagged[0], samples[0]), percent(flagged[1], samples[1])];
}

export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}
