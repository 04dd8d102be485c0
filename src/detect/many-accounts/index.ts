/** A few guesses at each of many accounts. Needs to know which account was tried. */
import { culprit } from "../culprit.ts";
import type { Detector, Moment } from "../detector.ts";
import { atLeast } from "../severity.ts";
import { createKeyed, entryOf, type Keyed } from "../state/keyed.ts";
import { stateOf } from "../state/per-source.ts";
import type { Verdict } from "../verdict.ts";
import { manyAccountsDescriptor, TRIES_PER_ACCOUNT } from "./descriptor.ts";

const DAY_MS = 86_400_000;
const FAILURE_SHARE = 0.7;
/** Faster than one account in this many seconds, each tried once, is a list of stolen pairs rather than a guess. */
export const LIST_PACE_SECONDS = 10;

interface State {
  accounts: Keyed<{ tries: number }>;
  different: number;
  failures: number;
  successes: number;
  since: number;
  firstTime: number;
  verdict: Verdict | undefined;
}

export const manyAccounts: Detector = {
  descriptor: manyAccountsDescriptor,
  stateVersion: 1,
  start(context, slot) {
    return {
      event(moment) {
        const { fact, client, auth } = moment;
        if (auth === "none" || auth === "attempt" || fact.userKey === 0 || client === undefined) return;
        const state = stateOf(client, slot, newState, moment);
        if (moment.now - state.since > DAY_MS && state.verdict?.closed !== false) {
          Object.assign(state, newState(moment));
        }
        if (auth === "success") {
          state.successes++;
          if (state.verdict !== undefined && !state.verdict.closed) {
            context.add(state.verdict);
            state.verdict.outcome = "probably_succeeded";
            state.verdict.severity = "high";
            state.verdict.notes.successes = state.successes;
            context.changed(state.verdict);
          }
          return;
        }
        state.failures++;
        const account = entryOf(state.accounts, fact.userKey, newAccount);
        if (account.tries === 0) state.different++;
        account.tries++;
        if (state.verdict === undefined || state.verdict.closed) {
          if (state.different < context.floors.accounts) return;
          if (state.failures / state.different > TRIES_PER_ACCOUNT) return;
          if (state.failures / (state.failures + state.successes) < FAILURE_SHARE) return;
          const seconds = (moment.now - state.since) / 1000;
          const list = state.failures === state.different && seconds / state.different < LIST_PACE_SECONDS;
          const source = culprit(moment)?.type === "client.address" ? culprit(moment) : client;
          if (source === undefined) return;
          state.verdict = context.open({
            category: list ? "credential_stuffing" : "password_spraying",
            severity: "medium",
            confidence: 0.85,
            outcome: "attempted",
            entity: { type: source.type, value: source.name },
            observed: state.different,
            threshold: context.floors.accounts,
            line: "accounts",
            unit: "different accounts",
            firstSeen: state.firstTime,
            events: state.failures - 1,
          });
        }
        const { verdict } = state;
        context.add(verdict);
        verdict.observed = state.different;
        verdict.notes.failures = state.failures;
        verdict.notes.successes = state.successes;
        verdict.severity = atLeast(verdict.severity, state.different >= 100 ? "high" : "medium");
        verdict.confidence = Math.min(0.99, verdict.confidence + 0.002);
      },
      explain,
    };
  },
};

function newAccount(): { tries: number } {
  return { tries: 0 };
}

function newState({ now, fact }: Moment): State {
  return {
    accounts: createKeyed(2000),
    different: 0,
    failures: 0,
    successes: 0,
    since: now,
    firstTime: fact.time,
    verdict: undefined,
  };
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const tries = (Number(notes.failures) / verdict.observed).toFixed(1);
  const how =
    verdict.category === "credential_stuffing"
      ? "each tried once and in quick succession: a list of stolen name and password pairs"
      : `${tries} tries each: common passwords against many names`;
  const tail =
    verdict.outcome === "probably_succeeded"
      ? ` ${notes.successes} were accepted: reset those accounts.`
      : " None was accepted.";
  return `${notes.failures} logins to ${verdict.observed} different accounts were refused, ${how}. The line is at ${verdict.threshold} accounts with at most ${TRIES_PER_ACCOUNT} tries each; an office behind one address also has many successes.${tail}`;
}
