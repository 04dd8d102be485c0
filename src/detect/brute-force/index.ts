/**
 * Guessing one secret after another: many refused logins (or codes, or tokens) from one source, or against one
 * account from many.
 */
import { ATTACK_SCORE } from "../../event.ts";
import { FACT_FLAG, type Fact, METHOD } from "../../fact.ts";
import type { AuthOutcome, Detector, Moment } from "../detector.ts";
import { createPeers, peerThreshold } from "../state/peers.ts";
import { stateOf } from "../state/per-source.ts";
import type { Verdict } from "../verdict.ts";
import { createAccounts, judgeAccount } from "./account.ts";
import { BURST_LEAK_PER_SECOND, bruteForceDescriptor, PATIENT_HOURS } from "./descriptor.ts";
import { judgeSource, noteSuccess, OWNER_TRIES } from "./judge.ts";
import { countRefusal, newSourceState, rollSource, sameAnswer } from "./source.ts";

const PEER_FACTOR = 3;

export const bruteForce: Detector = {
  descriptor: bruteForceDescriptor,
  stateVersion: 2,
  start(context, slot) {
    const { hourly, daily, accounts } = context.state(() => ({
      hourly: createPeers(),
      daily: createPeers(),
      accounts: createAccounts(),
    }));
    const { floors } = context;
    const lines = () => ({
      hour: peerThreshold(hourly, floors.hour, PEER_FACTOR),
      day: peerThreshold(daily, floors.day, PEER_FACTOR),
    });
    return {
      event(moment) {
        const { fact, client } = moment;
        const elsewhere = moment.auth === "none";
        const auth = elsewhere ? refusedGuess(fact, moment) : moment.auth;
        // Who asks for other people's forgotten passwords guesses at names; enumeration tells that.
        if (fact.status === 404 && fact.objectKey === 0 && (fact.flags & FACT_FLAG.RESET) !== 0) return;
        // A login that carries a payload is an attack on the server, not a guess at a password.
        if (auth === "none" || client === undefined || fact.findingScore >= ATTACK_SCORE) return;
        const state = stateOf(client, slot, newSourceState, moment);
        rollSource(state, moment.now, hourly, daily);
        const failed = auth === "failure" || (auth === "attempt" && sameAnswer(state, fact, floors.burst));
        state.attempts++;
        if (!elsewhere) state.dayAttempts++;
        if (failed) {
          countRefusal(state, moment, auth === "failure", elsewhere);
          judgeSource(context, moment, state, lines);
        } else if (auth === "success") noteSuccess(context, moment, state);
        if (fact.userKey !== 0) judgeAccount(context, moment, accounts, failed);
      },
      explain,
      learned: () => ({
        hour: peerThreshold(hourly, 0, PEER_FACTOR),
        day: peerThreshold(daily, 0, PEER_FACTOR),
      }),
    };
  },
};

/**
 * A refusal outside of login paths by an endpoint that hardly ever accepts anybody: a login that is not called one, or a
 * page behind a password. A session that ran out looks different: it is refused where others are served.
 */
function refusedGuess(fact: Fact, { endpoint }: Moment): AuthOutcome {
  if (fact.status !== 401 && !(fact.status === 403 && fact.method === METHOD.POST)) return "none";
  if ((fact.flags & (FACT_FLAG.LOGIN | FACT_FLAG.CODE)) !== 0) return "none";
  const served = endpoint.status2 + endpoint.status3;
  if (fact.userKey !== 0 && fact.status === 401) {
    return fact.credentialKey === 0 && served < endpoint.refusals ? "failure" : "none";
  }
  if (fact.method !== METHOD.POST || fact.status !== 401) return "none";
  return served === 0 ? "failure" : "none";
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  if (notes.sources !== undefined) {
    const line =
      verdict.line === "day"
        ? `${verdict.threshold} in a day, in ${PATIENT_HOURS} different hours and from five addresses or more`
        : `${verdict.threshold} in quick succession from three addresses or more`;
    return `${notes.failures} logins to this account were refused, from ${notes.sources} addresses. The line is at ${line}; one person mistyping from one place would not have fired.`;
  }
  const what = notes.code === 1 ? "codes" : "logins";
  const parts = [
    `${notes.failures} ${what} were refused and ${notes.successes ?? 0} accepted.`,
    lineOf(verdict),
  ];
  if (notes.clockwork === 1) {
    parts.push("They come by the clock, from a program and for one user at most: an old password, no alarm.");
  }
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

function lineOf({ line, threshold }: Verdict): string {
  if (line === "hour") {
    return `The line is at ${Math.round(threshold)} refusals an hour here; a person who forgot a password stops long before.`;
  }
  if (line === "day") {
    return `The line is at ${Math.round(threshold)} refusals within a day and in ${PATIENT_HOURS} different hours, with hardly any accepted; a person gets in or gives up.`;
  }
  return `More than ${threshold} came in quicker succession than one in ${1 / BURST_LEAK_PER_SECOND} seconds; slower or fewer refusals would not have fired.`;
}
