/** The Numenta Anomaly Benchmark: how well the scorer of series tells real anomalies, by NAB's own rules. */
import { createRecords, isRecord } from "../src/detect/series/records.ts";
import { createSurpriseSeries, surprise } from "../src/detect/series/surprise.ts";
import { hasNab, type LabelledSeries, readNab } from "./nab/corpus.ts";
import { bestThreshold, type Scored, scoreAt } from "./nab/scoring.ts";
import type { Row } from "./table.ts";

const GOAL = 65;
/** Two weeks of five-minute points. */
const REMEMBERED = 4032;

export async function evaluateNab(): Promise<Row[]> {
  if (!hasNab()) {
    console.log("  The corpus nab is not here: skipped.");
    return [];
  }
  const all = readNab().map((series) => ({ series, scores: scoresOf(series) }));
  const threshold = bestThreshold(all);
  const score = scoreAt(all, threshold);
  const rows: Row[] = [
    {
      area: "series",
      measure: `NAB, standard profile, ${all.length} series, one threshold (${threshold.toFixed(2)}) for all`,
      value: score.toFixed(1),
      goal: `at least ${GOAL}`,
      met: score >= GOAL,
    },
  ];
  const folds = Array.from({ length: FOLDS }, (_, fold) => fold);
  rows.push(told("NAB, threshold of the other nine tenths of the series", leftOut(all, folds)));
  for (const half of ["looked at", "only scored"] as const) {
    const [own, other] = split(all, ({ series }) => series.half === half);
    rows.push(told(`NAB, half ${half}, threshold of the other half`, scoreAt(own, bestThreshold(other))));
  }
  return rows;
}

const FOLDS = 10;

/** Each tenth at the threshold that is best for all others; together, weighed by their windows. */
function leftOut(all: readonly Scored[], folds: readonly number[]): number {
  let sum = 0;
  let windows = 0;
  for (const fold of folds) {
    const tenth = new Set(all.filter((_, i) => i % FOLDS === fold));
    const [own, others] = split(all, (one) => tenth.has(one));
    const weight = own.reduce((total, { series }) => total + series.windows.length, 0);
    sum += scoreAt(own, bestThreshold(others)) * weight;
    windows += weight;
  }
  return sum / windows;
}

function split<T>(all: readonly T[], first: (one: T) => boolean): [T[], T[]] {
  return [all.filter(first), all.filter((one) => !first(one))];
}

function told(measure: string, score: number): Row {
  return { area: "series", measure, value: score.toFixed(1), goal: "", met: undefined };
}

function scoresOf({ times, values }: LabelledSeries): number[] {
  const series = createSurpriseSeries(REMEMBERED);
  const records = createRecords();
  return values.map((value, i) => {
    const { score } = surprise(series, times[i] ?? 0, value);
    return isRecord(records, score) ? score : 0;
  });
}
