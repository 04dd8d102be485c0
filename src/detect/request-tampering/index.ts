/**
 * Trying what an API might offer besides what it does: other methods, older versions, paths that its documents do not
 * name. Who is signed in does so between ordinary requests, where a count of what fails shows nothing.
 */
import { ATTACK_SCORE } from "../../event.ts";
import { FACT_FLAG, type Fact } from "../../fact.ts";
import { isPrivateKey } from "../../normalize/address.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { principalType } from "../culprit.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import { templateOf } from "../endpoints.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { createKeyed, entryOf, type Keyed, peek } from "../state/keyed.ts";
import { createPeers, observePeer, type Peers, peerHigh, peerThreshold } from "../state/peers.ts";
import type { Verdict } from "../verdict.ts";
import { requestTamperingDescriptor } from "./descriptor.ts";

const HOUR_MS = 3_600_000;
const FACTOR = 3;
const EXACT = 64;
const MAX_ROUTES = 8192;
const MAX_PEOPLE = 16_384;
const MONITOR = AGENT_CLASSES.indexOf("monitor");
/** An endpoint with fewer requests than this is one that hardly anybody has found. */
const HARDLY_USED = 5;

/** Who tried a route that is not there; several people have tried what an application asks for. */
interface Tried {
  readonly by: number;
  common: boolean;
}

interface Tries {
  since: number;
  firstTime: number;
  requests: number;
  /** Refused for their method. */
  methods: number;
  routes: Distinct;
  verdict: Verdict | undefined;
}

interface State {
  /** By route. */
  readonly tried: Keyed<Tried>;
  readonly people: Keyed<Tries>;
  readonly peers: Peers;
}

export const requestTampering: Detector = {
  descriptor: requestTamperingDescriptor,
  stateVersion: 1,
  start(context) {
    const state = context.state<State>(() => ({
      tried: createKeyed(MAX_ROUTES),
      people: createKeyed(MAX_PEOPLE),
      peers: createPeers(),
    }));
    return {
      event(moment) {
        const { fact, endpoint } = moment;
        const principal = fact.userKey || fact.credentialKey;
        if (principal === 0) return;
        if (fact.status < 400) {
          if (endpoint.requests <= HARDLY_USED && endpoint.known)
            noteFound(context, state, moment, principal);
          return;
        }
        const method = fact.status === 405 || fact.status === 501;
        if (!method && (fact.status !== 404 || endpoint.known)) return;
        if ((fact.flags & FACT_FLAG.ASSET) !== 0 || fact.agentClass === MONITOR) return;
        if (fact.findingScore >= ATTACK_SCORE) return;
        judge(context, state, moment, principal, method);
      },
      explain,
      learned: () => ({ routes: peerThreshold(state.peers, 0, FACTOR) }),
    };
  },
};

function judge(
  context: DetectContext,
  state: State,
  moment: Moment,
  principal: number,
  method: boolean,
): void {
  const { fact, now } = moment;
  const tried = entryOf(state.tried, fact.routeKey, () => ({ by: principal, common: false }));
  if (tried.by !== principal) tried.common = true;
  if (tried.common) return;
  const tries = entryOf(state.people, principal, () => ({ ...newHour(now, fact.time), verdict: undefined }));
  if (now - tries.since > HOUR_MS) {
    if (tries.verdict === undefined) observePeer(state.peers, countDistinct(tries.routes));
    Object.assign(tries, newHour(now, fact.time));
  }
  tries.requests++;
  if (method) tries.methods++;
  addDistinct(tries.routes, fact.routeKey);
  const routes = countDistinct(tries.routes);
  if (tries.verdict === undefined || tries.verdict.closed) {
    const threshold = peerThreshold(state.peers, context.floors.routes, FACTOR);
    if (routes < threshold) return;
    tries.verdict = open(context, fact, tries, routes, threshold, peerHigh(state.peers));
  }
  const { verdict } = tries;
  context.add(verdict);
  verdict.observed = Math.max(verdict.observed, routes);
  verdict.notes.methods = Math.max(Number(verdict.notes.methods), tries.methods);
}

function newHour(now: number, time: number): Omit<Tries, "verdict"> {
  return { since: now, firstTime: time, requests: 0, methods: 0, routes: createDistinct(EXACT) };
}

function open(
  context: DetectContext,
  fact: Fact,
  tries: Tries,
  routes: number,
  threshold: number,
  high: number | undefined,
): Verdict {
  return context.open({
    severity: isPrivateKey(fact.clientKey) ? "info" : "low",
    confidence: 0.8,
    outcome: "attempted",
    entity: { type: principalType(fact), value: context.userName() },
    observed: routes,
    ...(high === undefined ? {} : { expected: high }),
    threshold,
    line: "routes",
    unit: "different routes within an hour that the API does not have",
    firstSeen: tries.firstTime,
    events: tries.requests - 1,
    notes: { methods: tries.methods, found: "" },
  });
}

/** While somebody tries, an answer from where hardly anybody has been is a find. */
function noteFound(context: DetectContext, { people }: State, { endpoint }: Moment, principal: number): void {
  const verdict = peek(people, principal)?.verdict;
  if (verdict === undefined || verdict.closed) return;
  context.add(verdict);
  if (verdict.outcome !== "attempted") return;
  verdict.outcome = "probably_succeeded";
  verdict.notes.found = templateOf(context.endpoints, endpoint);
  context.changed(verdict);
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const found = notes.found === "" ? "" : ` One answered that hardly anybody uses: ${notes.found}.`;
  return `It tried ${Math.round(verdict.observed)} ${verdict.unit} (${notes.methods} requests had a method that is not taken), signed in, and nobody else has tried these.${found} The line is at ${Math.round(verdict.threshold)}; what several people ask for in vain is a fault of the application and would not have fired.`;
}
