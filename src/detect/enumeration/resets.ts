/**
 * Asking for one new password after another: answers that differ tell who has an account (CWE-204), and where they do
 * not, mail boxes are flooded.
 */
import { FACT_FLAG, type Fact, METHOD } from "../../fact.ts";
import { crowd } from "../culprit.ts";
import type { DetectContext, Moment } from "../detector.ts";
import { atLeast } from "../severity.ts";
import { observePeer, type Peers, peerHigh, peerThreshold } from "../state/peers.ts";
import type { Source } from "../state/sources.ts";
import type { Verdict } from "../verdict.ts";

/** As the other walks of a day: it does not begin anew at the same hour. */
const DAY_MS = 79_200_000;
const FACTOR = 3;
const MANY = 200;

export interface Resets {
  since: number;
  firstTime: number;
  requests: number;
  /** "There is no such account". */
  missed: number;
  answered: number;
  verdict: Verdict | undefined;
}

export function createResets(now: number, time: number): Resets {
  return { since: now, firstTime: time, requests: 0, missed: 0, answered: 0, verdict: undefined };
}

/** Whether it asks for a new password for somebody, by a request that carries no secret of theirs in its path. */
export function asksForReset({ flags, method, objectKey, userKey }: Fact): boolean {
  return (flags & FACT_FLAG.RESET) !== 0 && method === METHOD.POST && objectKey === 0 && userKey === 0;
}

export function judgeResets(
  context: DetectContext,
  moment: Moment,
  actor: Source,
  resets: Resets,
  peers: Peers,
): void {
  const { fact, now } = moment;
  if (now - resets.since > DAY_MS) {
    if (resets.verdict === undefined) observePeer(peers, resets.requests);
    resets.since = now;
    resets.firstTime = fact.time;
    resets.requests = 0;
    resets.missed = 0;
    resets.answered = 0;
  }
  // Refused for another reason: a form that was not filled in, a limit that holds.
  const missed = fact.status === 404;
  const answered = fact.status >= 200 && fact.status < 400;
  if (!missed && !answered) return;
  resets.requests++;
  if (missed) resets.missed++;
  else resets.answered++;
  if (resets.verdict === undefined || resets.verdict.closed) {
    const threshold = peerThreshold(peers, context.floors.resets, FACTOR) * crowd(actor);
    if (resets.requests < threshold) return;
    const high = peerHigh(peers);
    resets.verdict = context.open({
      severity: "low",
      confidence: 0.8,
      outcome: "attempted",
      entity: { type: actor.type, value: actor.name },
      observed: resets.requests,
      ...(high === undefined ? {} : { expected: high }),
      threshold,
      line: "resets",
      unit: "new passwords asked for within a day",
      firstSeen: resets.firstTime,
      events: resets.requests - 1,
    });
  }
  const { verdict } = resets;
  context.add(verdict);
  verdict.observed = Math.max(verdict.observed, resets.requests);
  verdict.notes.missed = resets.missed;
  if (resets.missed > 0 && resets.answered > 0) verdict.outcome = "probably_succeeded";
  if (resets.requests >= MANY) verdict.severity = atLeast(verdict.severity, "medium");
  context.changed(verdict);
}

export function explainResets(verdict: Verdict): string {
  const { missed } = verdict.notes;
  const answers =
    Number(missed) > 0
      ? `To ${missed} of them the answer was that there is no such account: so it tells who has one.`
      : "All were answered alike, which tells nobody who has an account, and sends as many messages.";
  return `${Math.round(verdict.observed)} ${verdict.unit}, at ${verdict.endpoint}, without being signed in. ${answers} The line is at ${Math.round(verdict.threshold)}; somebody who forgot a password asks once or twice.`;
}
