/**
 * Guessing one secret after another: many refused logins (or codes, or tokens) from one source, or against one
 * account from many.
 */
import { ATTACK_SCORE } from "../../event.ts";
import { FACT_FLAG, type Fact, METHOD } from "../../fact.ts";
import { culprit } from "../culprit.ts";
import type { AuthOutcome, DetectContext, Detector, Moment } from "../detector.ts";
import { atLeast } from "../severity.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { createKeyed, entryOf, type Keyed } from "../state/keyed.ts";
import { createPeers, observePeer, peerThreshold } from "../state/peers.ts";
import { stateOf } from "../state/per-source.ts";
import { type Bucket, pour } from "../state/window.ts";
import { addMember, type Verdict } from "../verdict.ts";
import { BURST_LEAK_PER_SECOND, bruteForceDescriptor } from "./descriptor.ts";

const HOUR_MS = 3_600_000;
/** Below this share of refusals a source is a place where people log in. */
const FAILURE_SHARE = 0.5;
const MANY = 50;
/** Who is let in after fewer refusals than this is taken for the owner who remembered. */
const OWNER_TRIES = 20;
/** The same answer, to the byte, this many times in a row: a login that says no with 200. */
const SAME_ANSWER = 3;
/** Different users one source may fail with and still be guessing a single secret. */
const FEW_USERS = 3;

interface State {
  bucket: Bucket;
  hour: number;
  failures: number;
  successes: number;
  hourFailures: number;
  /** Attempts and refusals lately, fading over an hour: a fixed hour would forget an office at each full hour. */
  attempts: number;
  refusals: number;
  at: number;
  peak: number;
  sameSize: number;
  sameSizeRun: number;
  users: Distinct;
  firstTime: number;
  successAfter: number;
  verdict: Verdict | undefined;
}

interface Account {
  bucket: Bucket;
  failures: number;
  sources: Distinct;
  firstTime: number;
  verdict: Verdict | undefined;
}

export const bruteForce: Detector = {
  descriptor: bruteForceDescriptor,
  stateVersion: 1,
  start(context, slot) {
    const { peers, accounts } = context.state(() => ({
      peers: createPeers(),
      accounts: createKeyed<Account>(50_000),
    }));
    const { floors } = context;
    return {
      event(moment) {
        const { fact, client } = moment;
        const auth = moment.auth === "none" ? refusedGuess(fact, moment) : moment.auth;
        // A login that carries a payload is an attack on the server, not a guess at a password.
        if (auth === "none" || client === undefined || fact.findingScore >= ATTACK_SCORE) return;
        const state = stateOf(client, slot, () => newState(moment));
        rollHour(state, moment.now, peers);
        const failed = auth === "failure" || (auth === "attempt" && sameAnswer(state, fact, floors.burst));
        fade(state, moment.now);
        state.attempts++;
        if (failed) {
          state.failures++;
          state.refusals++;
          // An answer that is only guessed to be a refusal counts in a burst, not by the hour.
          if (auth === "failure") state.hourFailures++;
          if (fact.userKey !== 0) addDistinct(state.users, fact.userKey);
          judgeSource(context, moment, state, peerThreshold(peers, floors.hour, 3));
          if (fact.userKey !== 0) judgeAccount(context, moment, accounts);
        } else if (auth === "success") noteSuccess(context, state);
      },
      explain,
      learned: () => ({ hour: peerThreshold(peers, 0, 3) }),
    };
  },
};

/**
 * A POST refused with 401 or 403 outside of login paths, by an endpoint that never accepted anything from anyone:
 * a login that is not called one. Expired sessions look different: they are refused where others are served.
 */
function refusedGuess(fact: Fact, moment: Moment): AuthOutcome {
  if (fact.status !== 401 && !(fact.status === 403 && fact.method === METHOD.POST)) return "none";
  if ((fact.flags & (FACT_FLAG.LOGIN | FACT_FLAG.CODE)) !== 0) return "none";
  if (fact.userKey !== 0 && fact.status === 401) return "failure";
  if (fact.method !== METHOD.POST || fact.status !== 401) return "none";
  return moment.endpoint.status2 + moment.endpoint.status3 === 0 ? "failure" : "none";
}

function newState(moment: Moment): State {
  return {
    bucket: { level: 0, at: moment.now },
    hour: Math.floor(moment.now / HOUR_MS),
    failures: 0,
    successes: 0,
    hourFailures: 0,
    attempts: 0,
    refusals: 0,
    at: moment.now,
    peak: 0,
    sameSize: Number.NaN,
    sameSizeRun: 0,
    users: createDistinct(64),
    firstTime: moment.fact.time,
    successAfter: 0,
    verdict: undefined,
  };
}

function rollHour(state: State, now: number, peers: ReturnType<typeof createPeers>): void {
  const hour = Math.floor(now / HOUR_MS);
  if (hour === state.hour) return;
  if (state.verdict === undefined) observePeer(peers, state.hourFailures);
  state.hour = hour;
  state.hourFailures = 0;
}

function fade(state: State, now: number): void {
  if (now <= state.at) return;
  const kept = Math.exp((state.at - now) / HOUR_MS);
  state.attempts *= kept;
  state.refusals *= kept;
  state.at = now;
}

/** Attempts whose answer does not tell, but is always the same, are failures after the first few. */
function sameAnswer(state: State, fact: Fact, burst: number): boolean {
  if (fact.status >= 300) return false;
  if (fact.bytesOut === state.sameSize) state.sameSizeRun++;
  else {
    state.sameSize = fact.bytesOut;
    state.sameSizeRun = 1;
  }
  if (state.sameSizeRun === SAME_ANSWER) {
    state.failures += SAME_ANSWER - 1;
    state.refusals += SAME_ANSWER - 1;
    pour(state.bucket, state.bucket.at, SAME_ANSWER - 1, BURST_LEAK_PER_SECOND, burst * 4);
  }
  return state.sameSizeRun >= SAME_ANSWER;
}

function judgeSource(context: DetectContext, moment: Moment, state: State, hourly: number): void {
  const { fact, now } = moment;
  const { floors } = context;
  const level = pour(state.bucket, now, 1, BURST_LEAK_PER_SECOND, floors.burst * 4);
  if (level > state.peak) state.peak = level;
  if (state.refusals / state.attempts < FAILURE_SHARE) return;
  if (state.verdict === undefined || state.verdict.closed) {
    const burst = level > floors.burst;
    const slow = state.hourFailures >= hourly;
    if (!burst && !slow) return;
    if (countDistinct(state.users) > FEW_USERS) return;
    const source = culprit(moment);
    if (source === undefined) return;
    state.verdict = context.open({
      severity: "low",
      confidence: slow ? 0.85 : 0.75,
      outcome: "attempted",
      entity: { type: source.type, value: source.name },
      observed: burst ? level : state.hourFailures,
      threshold: burst ? floors.burst : hourly,
      line: burst ? "burst" : "hour",
      unit: burst ? "refusals in quick succession" : "refusals in an hour",
      firstSeen: state.firstTime,
      events: state.failures - 1,
      notes: { code: (fact.flags & FACT_FLAG.CODE) !== 0 ? 1 : 0 },
    });
  }
  const { verdict } = state;
  context.add(verdict);
  verdict.observed = Math.max(verdict.observed, state.bucket.level, state.hourFailures);
  verdict.notes.failures = state.failures;
  verdict.notes.successes = state.successes;
  verdict.confidence = Math.min(0.99, verdict.confidence + 0.005);
  const severity =
    state.failures >= MANY
      ? "medium"
      : state.successAfter > 0 && state.refusals < OWNER_TRIES
        ? "info"
        : "low";
  if (atLeast(verdict.severity, severity) !== verdict.severity) {
    verdict.severity = severity;
    context.changed(verdict);
  }
}

/** A success by a source that is guessing: the guess was right. */
function noteSuccess(context: DetectContext, state: State): void {
  state.successes++;
  const { verdict } = state;
  if (verdict === undefined || verdict.closed || state.refusals / state.attempts < FAILURE_SHARE) return;
  state.successAfter++;
  context.add(verdict);
  verdict.notes.successes = state.successes;
  if (state.refusals < OWNER_TRIES) {
    verdict.severity = "info";
    verdict.notes.owner = 1;
  } else {
    verdict.outcome = "probably_succeeded";
    verdict.severity = atLeast(verdict.severity, "high");
    verdict.notes.owner = 0;
  }
  context.changed(verdict);
}

/** One account, whoever asks: what per-address counting cannot see. */
function judgeAccount(context: DetectContext, moment: Moment, accounts: Keyed<Account>): void {
  const { fact, now } = moment;
  const floor = context.floors.account;
  const account = entryOf(accounts, fact.userKey, () => ({
    bucket: { level: 0, at: now },
    failures: 0,
    sources: createDistinct(64),
    firstTime: fact.time,
    verdict: undefined,
  }));
  account.failures++;
  addDistinct(account.sources, fact.clientKey);
  const level = pour(account.bucket, now, 1, BURST_LEAK_PER_SECOND / 2, floor * 2);
  const sources = countDistinct(account.sources);
  if (account.verdict === undefined || account.verdict.closed) {
    if (level <= floor || sources < 3) return;
    account.verdict = context.open({
      severity: "medium",
      confidence: 0.85,
      outcome: "attempted",
      entity: { type: "user.id", value: context.userName() },
      observed: level,
      threshold: floor,
      line: "account",
      unit: "refusals of one account",
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

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  if (notes.sources !== undefined) {
    return `${notes.failures} logins to this account were refused, from ${notes.sources} addresses. The line is at ${verdict.threshold} in quick succession from three addresses or more; one person mistyping from one place would not have fired.`;
  }
  const what = notes.code === 1 ? "codes" : "logins";
  const parts = [
    `${notes.failures} ${what} were refused and ${notes.successes ?? 0} accepted.`,
    verdict.unit === "refusals in an hour"
      ? `The line is at ${Math.round(verdict.threshold)} refusals an hour here; a person who forgot a password stops long before.`
      : `More than ${verdict.threshold} came in quicker succession than one in ${1 / BURST_LEAK_PER_SECOND} seconds; slower or fewer refusals would not have fired.`,
  ];
  if (notes.owner === 1) {
    parts.push(
      `One was accepted after fewer than ${OWNER_TRIES} tries, as when an owner or a password manager gets it right: no alarm.`,
    );
  }
  if (verdict.outcome === "probably_succeeded") {
    parts.push("Then one was accepted: treat that account as taken over until its owner says otherwise.");
  }
  return parts.join(" ");
}
