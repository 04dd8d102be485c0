/** What one account or one address does in one flow: its runs of the hour and of the day. */
import { bitCount } from "../state/bits.ts";
import type { Verdict } from "../verdict.ts";

export interface Runner {
  hour: number;
  hourTime: number;
  hourRuns: number;
  /** Faster than a person. */
  fast: number;
  day: number;
  dayTime: number;
  dayRuns: number;
  /** Without a step that nearly everybody makes. */
  skipped: number;
  /** Different accounts of the day, as bits of their keys. */
  accounts: number;
  /** One each, by what was over its line. */
  fastVerdict: Verdict | undefined;
  skippedVerdict: Verdict | undefined;
  runsVerdict: Verdict | undefined;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export function createRunner(now: number, time: number): Runner {
  return {
    hour: now,
    hourTime: time,
    hourRuns: 0,
    fast: 0,
    day: now,
    dayTime: time,
    dayRuns: 0,
    skipped: 0,
    accounts: 0,
    fastVerdict: undefined,
    skippedVerdict: undefined,
    runsVerdict: undefined,
  };
}

/** Counts one run; stretches that are over begin anew. */
export function countRun(
  runner: Runner,
  now: number,
  time: number,
  account: number,
  fast: boolean,
  skipped: boolean,
): void {
  if (now - runner.hour > HOUR_MS) {
    runner.hour = now;
    runner.hourTime = time;
    runner.hourRuns = 0;
    runner.fast = 0;
  }
  if (now - runner.day > DAY_MS) {
    runner.day = now;
    runner.dayTime = time;
    runner.dayRuns = 0;
    runner.skipped = 0;
    runner.accounts = 0;
  }
  runner.hourRuns++;
  runner.dayRuns++;
  if (fast) runner.fast++;
  if (skipped) runner.skipped++;
  runner.accounts |= 1 << (account & 31);
}

export function accountsOf({ accounts }: Runner): number {
  return bitCount(accounts);
}

/** Whether it gave cause for alarm: what it does is no longer learned from. */
export function isConvicted({ fastVerdict, skippedVerdict, runsVerdict }: Runner): boolean {
  return [fastVerdict, skippedVerdict, runsVerdict].some(
    (verdict) => verdict !== undefined && verdict.severity !== "info",
  );
}
