/** One account, whoever asks: what per-address counting cannot see. */
import type { DetectContext, Moment } from "../detector.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { createKeyed, entryOf, type Keyed } from "../state/keyed.ts";
import { type Bucket, pour } from "../state/window.ts";
import { addMember, type Verdict } from "../verdict.ts";
import { BURST_LEAK_PER_SECOND, PATIENT_HOURS } from "./descriptor.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MANY_ACCOUNTS = 50_000;
/** A person's own devices are fewer. */
const FEW_SOURCES = 3;
const MANY_SOURCES = 5;
const DAY_FAILURE_SHARE = 0.85;

interface Account {
  bucket: Bucket;
  failures: number;
  /** Refusals and attempts, fading over a day, and in how many different hours it was refused. */
  dayRefusals: number;
  dayAttempts: number;
  hour: number;
  hours: number;
  at: number;
  sources: Distinct;
  firstTime: number;
  verdict: Verdict | undefined;
}

export type Accounts = Keyed<Account>;

export function createAccounts(): Accounts {
  return createKeyed<Account>(MANY_ACCOUNTS);
}

/** Counts an attempt at an account that was refused before, or is now. */
export function judgeAccount(
  context: DetectContext,
  moment: Moment,
  accounts: Accounts,
  failed: boolean,
): void {
  const { fact, now } = moment;
  const { floors } = context;
  if (!failed && !accounts.young.has(fact.userKey) && !accounts.old.has(fact.userKey)) return;
  const account = entryOf(accounts, fact.userKey, newAccount, moment);
  fade(account, now);
  account.dayAttempts++;
  if (!failed) return;
  account.failures++;
  account.dayRefusals++;
  const hour = Math.floor(now / HOUR_MS);
  if (hour !== account.hour) account.hours++;
  account.hour = hour;
  addDistinct(account.sources, fact.clientKey);
  const level = pour(account.bucket, now, 1, BURST_LEAK_PER_SECOND / 2, floors.account * 2);
  const sources = countDistinct(account.sources);
  if (account.verdict === undefined || account.verdict.closed) {
    const quick = level > floors.account && sources >= FEW_SOURCES;
    const patient =
      account.dayRefusals >= floors.day &&
      account.hours >= PATIENT_HOURS &&
      sources >= MANY_SOURCES &&
      account.dayRefusals >= DAY_FAILURE_SHARE * account.dayAttempts;
    if (!quick && !patient) return;
    account.verdict = context.open({
      severity: "medium",
      confidence: 0.85,
      outcome: "attempted",
      entity: { type: "user.id", value: context.userName() },
      observed: quick ? level : account.dayRefusals,
      threshold: quick ? floors.account : floors.day,
      line: quick ? "account" : "day",
      unit: quick ? "refusals of one account" : "refusals in a day",
      firstSeen: account.firstTime,
      events: account.failures - 1,
    });
  }
  context.add(account.verdict);
  addMember(account.verdict, context.clientName());
  account.verdict.observed = Math.max(account.verdict.observed, account.failures);
  account.verdict.notes.failures = account.failures;
  account.verdict.notes.sources = sources;
}

function newAccount({ now, fact }: Moment): Account {
  return {
    bucket: { level: 0, at: now },
    failures: 0,
    dayRefusals: 0,
    dayAttempts: 0,
    hour: -1,
    hours: 0,
    at: now,
    sources: createDistinct(64),
    firstTime: fact.time,
    verdict: undefined,
  };
}

function fade(account: Account, now: number): void {
  if (now <= account.at) return;
  const kept = Math.exp((account.at - now) / DAY_MS);
  account.dayRefusals *= kept;
  account.dayAttempts *= kept;
  if (account.dayRefusals < 1) {
    account.hours = 0;
    account.failures = 0;
    account.sources = createDistinct(64);
    account.firstTime = now;
  }
  account.at = now;
}
