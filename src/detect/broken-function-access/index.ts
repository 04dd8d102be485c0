/** Calling operations made for a few: what each actor's peers are given is learned, what they never are stands out. */
import { FACT_FLAG, METHOD } from "../../fact.ts";
import { isPrivateKey } from "../../normalize/address.ts";
import { principalType } from "../culprit.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import { atLeast } from "../severity.ts";
import { createKeyed, entryOf, type Keyed, peek } from "../state/keyed.ts";
import type { Verdict } from "../verdict.ts";
import { brokenFunctionAccessDescriptor } from "./descriptor.ts";
import {
  createOperation,
  isForFew,
  isOffered,
  MEMBER_USES,
  noteGiven,
  noteRefused,
  type Operation,
} from "./operation.ts";
import { countPrincipals, createPrincipals, notePrincipal, type Principals } from "./principals.ts";

const WEEK_MS = 604_800_000;
/** With fewer principals in all, everything is for a few. */
const ENOUGH_PRINCIPALS = 20;
/** So many ordinary requests make an ordinary user. */
const ORDINARY_REQUESTS = 10;
/** Nearly none of them may have been for operations that not everybody is given. */
const INSIDE_SHARE = 0.1;
const OPEN_IDS = 1 << 15;
const MAX_OPERATIONS = 64;
/** Given so often when nobody should be. */
const GRAVE = 20;

/** What one principal does among operations that are not its own. */
interface Reach {
  since: number;
  readonly firstTime: number;
  /** Its requests before the first of them. */
  readonly before: number;
  /** And those of them for operations that not everybody is given. */
  readonly inside: number;
  readonly refused: Set<number>;
  /** Those of them that nobody was ever given: only their names say whom they are for. */
  readonly unproven: Set<number>;
  readonly given: Set<number>;
  requests: number;
  answers: number;
  changes: number;
  worded: boolean;
  verdict: Verdict | undefined;
}

interface State {
  readonly principals: Principals;
  readonly operations: Keyed<Operation>;
  /** By endpoint id: 1 where everybody is given it, which most events are about. */
  readonly open: Uint8Array;
  readonly reaches: Keyed<Reach>;
  /** Principal → answers of operations that not everybody is given. */
  readonly insiders: Keyed<{ uses: number }>;
}

export const brokenFunctionAccess: Detector = {
  descriptor: brokenFunctionAccessDescriptor,
  stateVersion: 1,
  start(context) {
    const { principals, operations, open, reaches, insiders } = context.state<State>(() => ({
      principals: createPrincipals(),
      operations: createKeyed(16_384),
      open: new Uint8Array(OPEN_IDS),
      reaches: createKeyed(8192),
      insiders: createKeyed(16_384),
    }));
    const newOperation = ({ endpoint, now }: Moment) => createOperation(context.endpoints, endpoint, now);
    const reachOf = (principal: number, moment: Moment, uses: number) => {
      const reach = entryOf(reaches, principal, () => createReach(context, moment, uses));
      if (moment.now - reach.since <= WEEK_MS || reach.verdict?.closed === false) return reach;
      return Object.assign(reach, createReach(context, moment, uses));
    };
    return {
      event(moment) {
        const { fact, endpoint, now } = moment;
        const given = fact.status >= 200 && fact.status < 300;
        if ((!given && fact.status !== 403) || !endpoint.known) return;
        if ((fact.flags & FACT_FLAG.ASSET) !== 0 || fact.method === METHOD.OPTIONS) return;
        const principal = fact.userKey || fact.credentialKey || fact.clientKey;
        if (principal === 0) return;
        if (given) notePrincipal(principals, principal);
        if (open[endpoint.id] === 1) return;
        const operation = entryOf(operations, endpoint.id + 2, newOperation, moment);
        if (operation.members === undefined) {
          if (endpoint.id < OPEN_IDS) open[endpoint.id] = 1;
          return;
        }
        const inside = given ? entryOf(insiders, principal, newInsider) : undefined;
        if (inside !== undefined) inside.uses++;
        if ((operation.members.get(principal) ?? 0) >= MEMBER_USES) {
          if (given) noteGiven(operation, principal);
          return;
        }
        const everybody = countPrincipals(principals);
        const forFew = everybody >= ENOUGH_PRINCIPALS && isForFew(operation, everybody, now);
        const named = fact.userKey !== 0 || fact.credentialKey !== 0;
        const wordOnly = named && operation.worded && !given && everybody >= ENOUGH_PRINCIPALS;
        let reach = peek(reaches, principal);
        const convicted = reach?.verdict !== undefined && reach.verdict.severity !== "info";
        if (!given) noteRefused(operation, principal);
        else if (!convicted) noteGiven(operation, principal);
        if ((!forFew && !wordOnly) || isOffered(operation)) return;
        const uses = (peek(insiders, principal)?.uses ?? 0) - (given ? 1 : 0);
        reach = reachOf(principal, moment, uses);
        noteReach(reach, moment, operation, given);
        judge(context, moment, reach, named);
      },
      explain,
    };
  },
};

function newInsider(): { uses: number } {
  return { uses: 0 };
}

function createReach(context: DetectContext, { fact, now, clientRequests }: Moment, inside: number): Reach {
  const named = fact.userKey !== 0 || fact.credentialKey !== 0;
  return {
    since: now,
    firstTime: fact.time,
    before: (named ? context.actors.touchedRequests : clientRequests) - 1,
    inside,
    refused: new Set(),
    unproven: new Set(),
    given: new Set(),
    requests: 0,
    answers: 0,
    changes: 0,
    worded: false,
    verdict: undefined,
  };
}

function noteReach(reach: Reach, { fact, endpoint }: Moment, operation: Operation, given: boolean): void {
  reach.requests++;
  reach.worded ||= operation.worded;
  const operations = given ? reach.given : reach.refused;
  if (operations.size < MAX_OPERATIONS) operations.add(endpoint.id);
  if (operation.given === 0 && reach.unproven.size < MAX_OPERATIONS) reach.unproven.add(endpoint.id);
  if (!given) return;
  reach.answers++;
  if (fact.method !== METHOD.GET && fact.method !== METHOD.HEAD) reach.changes++;
}

/** What speaks against it: trying what is refused, or an ordinary user being given what is not for such. */
function lineOf(
  floors: DetectContext["floors"],
  reach: Reach,
  named: boolean,
): "refused" | "given" | undefined {
  const { refused, unproven, given, before, inside } = reach;
  // One who goes on after three refusals, where names say whom the operations are for, is as telling as a fourth.
  const goesOn = reach.worded && named && reach.requests >= floors.refused * 2 ? 1 : 0;
  const telling = refused.size - unproven.size / 2 + goesOn;
  // Who works here is refused something now and then, and given far more.
  if (telling >= floors.refused && refused.size >= given.size) return "refused";
  if (!named || !reach.worded || before < ORDINARY_REQUESTS || inside > before * INSIDE_SHARE)
    return undefined;
  return given.size >= floors.given && reach.answers >= floors.given * 2 ? "given" : undefined;
}

function judge(context: DetectContext, moment: Moment, reach: Reach, named: boolean): void {
  const { fact, actor } = moment;
  const { floors } = context;
  if (reach.verdict === undefined || reach.verdict.closed) {
    if (reach.verdict !== undefined && reach.requests < reach.verdict.events * 2) return;
    const line = lineOf(floors, reach, named);
    if (line === undefined) return;
    const internal = isPrivateKey(fact.clientKey);
    reach.verdict = context.open({
      severity: internal ? "info" : line === "refused" ? "low" : "medium",
      confidence: line === "refused" ? 0.85 : 0.7,
      outcome: "attempted",
      entity:
        actor !== undefined
          ? { type: actor.type, value: actor.name }
          : named
            ? { type: principalType(fact), value: context.userName() }
            : { type: "client.address", value: context.clientName() },
      observed: line === "refused" ? reach.refused.size : reach.given.size,
      threshold: floors[line],
      line,
      unit: `different operations for a few, ${line}`,
      firstSeen: reach.firstTime,
      events: reach.requests - 1,
      notes: { internal: internal ? 1 : 0, before: reach.before },
    });
  }
  const { verdict } = reach;
  context.add(verdict);
  const { notes } = verdict;
  const before = `${verdict.severity} ${verdict.outcome}`;
  verdict.observed = verdict.line === "refused" ? reach.refused.size : reach.given.size;
  notes.refused = reach.refused.size;
  notes.given = reach.given.size;
  notes.answers = reach.answers;
  notes.changes = reach.changes;
  notes.requests = reach.requests;
  if (reach.answers > 0) verdict.outcome = reach.answers >= floors.given ? "succeeded" : "probably_succeeded";
  if (verdict.severity !== "info" && reach.answers > 0) {
    const grave = reach.changes > 0 || reach.answers >= GRAVE || reach.refused.size > 0;
    verdict.severity = atLeast(verdict.severity, grave && reach.answers >= floors.given ? "high" : "medium");
  }
  if (before !== `${verdict.severity} ${verdict.outcome}`) context.changed(verdict);
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const changes = Number(notes.changes) > 0 ? `, ${notes.changes} of them changes` : "";
  const worked =
    Number(notes.answers) > 0
      ? `${notes.given} were given, in ${notes.answers} answers${changes}: what lies behind them is to be treated as seen.`
      : "None was given.";
  const known =
    notes.internal === 1
      ? " It came from your own network, so it is kept as a fact and not as an alarm."
      : "";
  return `After ${notes.before} requests of other kinds it called operations that only a few others are given, who use them all the time, ${notes.requests} times: ${notes.refused} different ones were refused. ${worked} The line is at ${verdict.threshold} of those that are ${verdict.line}; one refused button, or the daily work of those few, would not have fired.${known}`;
}
