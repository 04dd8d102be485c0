/** Runs of the lab in numbers. */
import type { Outcome } from "../../src/event.ts";
import type { Played, Verdict } from "./play.ts";

export interface Scores {
  readonly attacks: number;
  readonly found: number;
  readonly noticed: number;
  /** Incidents that are about an attack, of all. */
  readonly precision: number;
  readonly strange: number;
  /** A day of 100,000 events is one unit. */
  readonly strangePerDay: number;
  /** Of the attacks that an incident is about. */
  readonly single: number;
  readonly loudSeconds: number;
  readonly loudInMinute: number;
  readonly outcomes: { readonly judged: number; readonly right: number };
}

export function scoresOf(runs: readonly Played[]): Scores {
  const verdicts = runs.flatMap((run) => run.verdicts);
  const found = verdicts.filter((verdict) => verdict.found);
  const noticed = verdicts.filter((verdict) => verdict.noticed);
  const loud = found.filter(({ attack }) => attack.intensity === "loud");
  const incidents = sum(runs.map((run) => run.incidents));
  const strange = sum(runs.map((run) => run.strange.length));
  const judged = noticed.filter(({ attack }) => attack.outcome !== "unknown");
  return {
    attacks: verdicts.length,
    found: found.length,
    noticed: noticed.length,
    precision: incidents === 0 ? 1 : 1 - strange / incidents,
    strange,
    strangePerDay: strange / (sum(runs.map(({ events }) => events)) / 100_000),
    single: noticed.filter((verdict) => verdict.incidents === 1).length,
    loudSeconds: median(loud.map(({ seconds }) => seconds)),
    loudInMinute: loud.filter(({ seconds }) => seconds <= 60).length / Math.max(1, loud.length),
    outcomes: { judged: judged.length, right: judged.filter(isOutcomeRight).length },
  };
}

/** A log shows that something worked, hardly ever beyond doubt: probably and surely are one answer. */
export function isOutcomeRight({ attack, outcome }: Verdict): boolean {
  return outcome !== undefined && worked(attack.outcome) === worked(outcome);
}

function worked(outcome: Outcome): boolean {
  return outcome === "succeeded" || outcome === "probably_succeeded";
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? Number.NaN : (sorted[(sorted.length - 1) >> 1] ?? Number.NaN);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
