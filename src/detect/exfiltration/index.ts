/** Taking data out: far more bytes than others take, within an hour or over a day. */
import { FACT_FLAG, METHOD } from "../../fact.ts";
import { isPrivateKey } from "../../normalize/address.ts";
import { crowd } from "../culprit.ts";
import type { Detector, Moment } from "../detector.ts";
import { hasOrdinaryUsers } from "../endpoints.ts";
import { atLeast } from "../severity.ts";
import { createPeers, observePeer, type Peers, peerHigh, peerThreshold } from "../state/peers.ts";
import { stateOf } from "../state/per-source.ts";
import type { Source } from "../state/sources.ts";
import type { Verdict } from "../verdict.ts";
import { DAY, exfiltrationDescriptor, SPELLS, WINDOWS } from "./descriptor.ts";
import { createLedger, enter, type Ledger, takenIn } from "./ledger.ts";
import { createRecordBook, createShelves, noteRecord, type RecordsRead, type Shelves } from "./records.ts";

const KILOBYTE = 1024;
const MEGABYTE = 1 << 20;
/** An actor who took much before may take this much more. */
const OWN_GROWTH = 2;
/** A log that names nobody shows an office by how often somebody logs in there; some do so twice a day. */
const PERSONS_PER_LOGIN = 0.5;
/** A service or partner grows by leaps; only this many times its usual is an alarm. */
const SERVICE_GROWTH = 5;
/** So much log before a stranger at a machine's endpoint stands out by himself. */
const HISTORY_MS = 86_400_000;

interface Taking {
  since: number;
  firstTime: number;
  bytes: number;
  requests: number;
  /** Answers that let somebody in. */
  logins: number;
}

interface State {
  readonly takings: Taking[];
  /** One verdict, by the window that was over its line first. */
  verdict: Verdict | undefined;
  readonly shelves: Shelves;
  /** Of who is named: most that a log holds are not. */
  ledger: Ledger | undefined;
  /** Answers that let somebody in, in the day before. */
  loginsBefore: number;
  /** Most it took in a window of each kind without giving cause for alarm. */
  readonly usual: number[];
}

export const exfiltration: Detector = {
  descriptor: exfiltrationDescriptor,
  stateVersion: 3,
  start(context, slot) {
    const { floors } = context;
    const log = context.state(() => ({
      peers: WINDOWS.map(() => createPeers()),
      book: createRecordBook(),
      /** What people took in a day, kilobytes. */
      people: createPeers(),
      /** Stream time of its first event. */
      start: Number.NaN,
    }));
    return {
      event(moment) {
        const { fact, actor } = moment;
        if (Number.isNaN(log.start)) log.start = moment.now;
        if (actor === undefined || fact.method === METHOD.HEAD) return;
        if ((fact.flags & FACT_FLAG.ASSET) !== 0 || fact.status < 200 || fact.status >= 300) return;
        const state = stateOf(actor, slot, newState, moment);
        if (state.verdict?.closed === false) context.add(state.verdict);
        for (let index = 0; index < WINDOWS.length; index++) {
          const window = WINDOWS[index];
          const peers = log.peers[index];
          let taking = state.takings[index];
          if (peers === undefined || taking === undefined) continue;
          if (moment.now - taking.since > window.windowMs) {
            const took = taking.bytes / MEGABYTE;
            if (state.verdict === undefined) observePeer(peers, took);
            if (state.verdict === undefined || state.verdict.severity === "info") {
              state.usual[index] = Math.max(state.usual[index] ?? 0, took);
            }
            if (index === DAY) state.loginsBefore = taking.logins;
            taking = newTaking(moment);
            state.takings[index] = taking;
          }
          if (fact.bytesOut > 0) taking.bytes += fact.bytesOut;
          taking.requests++;
          if (moment.auth === "success" || moment.auth === "attempt") taking.logins++;
          judge(moment, state, taking, index, peers);
        }
        const convicted = state.verdict !== undefined && state.verdict.severity !== "info";
        judgeLedger(moment, actor, state, convicted);
        const logins = Math.max(state.loginsBefore, state.takings[DAY]?.logins ?? 0);
        const people = Math.max(crowd(actor), logins * PERSONS_PER_LOGIN);
        const read = noteRecord(log.book, moment, state.shelves, convicted, floors.records * people);
        if (read !== undefined) judgeRecords(moment, actor, state, read);
      },
      explain,
      learned: () =>
        Object.fromEntries(WINDOWS.map(({ name }, index) => [name, peerThreshold(log.peers[index], 0, 5)])),
    };

    function judgeLedger(moment: Moment, actor: Source, state: State, convicted: boolean): void {
      const { fact, endpoint } = moment;
      const named = fact.userKey !== 0 || fact.credentialKey !== 0;
      if (!named || !(fact.bytesOut > 0) || !hasOrdinaryUsers(endpoint)) return;
      state.ledger ??= createLedger();
      const taken = enter(state.ledger, log.people, moment, floors.ledger * KILOBYTE, convicted);
      if (taken !== undefined && (state.verdict === undefined || state.verdict.closed)) {
        state.verdict = context.open({
          severity: isPrivateKey(fact.clientKey) ? "info" : "medium",
          notes: { spell: taken.spell },
          confidence: 0.75,
          outcome: "succeeded",
          entity: { type: actor.type, value: actor.name },
          observed: taken.kilobytes / KILOBYTE,
          expected: taken.expected / KILOBYTE,
          threshold: taken.threshold / KILOBYTE,
          line: "ledger",
          unit: `megabytes of one person in ${SPELLS[taken.spell]?.words ?? ""}`,
          firstSeen: taken.firstTime,
          events: taken.answers - 1,
        });
        context.add(state.verdict);
      }
      const { verdict } = state;
      if (verdict === undefined || verdict.closed || verdict.line !== "ledger") return;
      verdict.observed = Math.max(verdict.observed, takenIn(state.ledger, Number(verdict.notes.spell)));
    }

    function judgeRecords(moment: Moment, actor: Source, state: State, read: RecordsRead): void {
      if (state.verdict === undefined || state.verdict.closed) {
        // One's own services and partners read everybody's records all day long; far more than before is odd, and so is
        // one that nobody has met in a day of its endpoint's use: an office comes on Monday.
        const { usual, since, repeats } = read;
        const internal = isPrivateKey(moment.fact.clientKey);
        const met = internal || repeats || actor.firstSeen - since < HISTORY_MS;
        const own =
          (internal || !read.ordinary) && (usual === 0 ? met : read.records < usual * SERVICE_GROWTH);
        state.verdict = context.open({
          severity: own ? "info" : "medium",
          notes: { unknown: own ? 1 : 0 },
          confidence: 0.75,
          outcome: "succeeded",
          entity: { type: actor.type, value: actor.name },
          observed: read.records,
          ...(read.expected === undefined ? {} : { expected: read.expected }),
          threshold: read.threshold,
          line: "records",
          unit: "different private records in a day",
          firstSeen: read.firstTime,
          events: read.records - 1,
        });
        context.add(state.verdict);
      }
      if (state.verdict.unit.includes("records")) {
        state.verdict.observed = Math.max(state.verdict.observed, read.records);
      }
    }

    function judge(moment: Moment, state: State, taking: Taking, index: number, peers: Peers): void {
      const window = WINDOWS[index];
      if (window === undefined) return;
      const megabytes = taking.bytes / MEGABYTE;
      const { actor } = moment;
      if (state.verdict === undefined || state.verdict.closed) {
        if (megabytes < floors[window.name] || actor === undefined) return;
        const own = (state.usual[index] ?? 0) * OWN_GROWTH;
        const threshold = Math.max(peerThreshold(peers, floors[window.name], 5) * crowd(actor), own);
        if (megabytes < threshold) return;
        const high = peerHigh(peers);
        // Early in a log, where only machines go, a machine that takes much is not yet told from a thief.
        const early = moment.now - log.start < HISTORY_MS && !hasOrdinaryUsers(moment.endpoint);
        state.verdict = context.open({
          severity: early ? "info" : "medium",
          notes: { early: early ? 1 : 0 },
          confidence: 0.75,
          outcome: "succeeded",
          entity: { type: actor.type, value: actor.name },
          observed: megabytes,
          ...(high === undefined ? {} : { expected: high }),
          threshold,
          line: window.name,
          unit: `megabytes in ${window.words}`,
          firstSeen: taking.firstTime,
          events: taking.requests - 1,
        });
        context.add(state.verdict);
      }
      const { verdict } = state;
      if (verdict.line === "ledger" || !verdict.unit.endsWith(window.words)) return;
      verdict.observed = Math.max(verdict.observed, megabytes);
      if (megabytes >= verdict.threshold * 5 && verdict.notes.early === 0)
        verdict.severity = atLeast(verdict.severity, "high");
    }
  },
};

function newState(moment: Moment): State {
  return {
    takings: WINDOWS.map(() => newTaking(moment)),
    verdict: undefined,
    shelves: createShelves(),
    ledger: undefined,
    loginsBefore: 0,
    usual: WINDOWS.map(() => 0),
  };
}

function newTaking(moment: Moment): Taking {
  return { since: moment.now, firstTime: moment.fact.time, bytes: 0, requests: 0, logins: 0 };
}

function explain(verdict: Verdict): string {
  if (verdict.unit.includes("records")) {
    const usual =
      verdict.expected === undefined
        ? "too few others are known"
        : `others read at most about ${Math.round(verdict.expected)}`;
    return `It read ${verdict.observed} ${verdict.unit} at one endpoint whose records are otherwise read by their owners only; the line is at ${Math.round(verdict.threshold)}, and ${usual}. The same number of public things would not have fired.${verdict.notes.unknown === 1 ? " It may be a service or partner of yours and too little is known of it yet, so it is kept as a fact and not as an alarm." : ""}`;
  }
  if (verdict.line === "ledger") {
    return `It took ${Math.round(verdict.observed)} ${verdict.unit}, in ${verdict.events} answers of endpoints that many use; the busiest hundredth of others take ${(verdict.expected ?? 0).toFixed(2)} in a day, and the line is at ${Math.round(verdict.threshold)}. One large file, or what it took before, would not have fired.`;
  }
  const usual =
    verdict.expected === undefined
      ? "the published floor, as too few others are known"
      : `the floor, or five times what the busiest hundredth of others took (${Math.round(verdict.expected)})`;
  return `It took ${Math.round(verdict.observed)} ${verdict.unit} at most, in ${verdict.events} answers altogether; the line is at ${Math.round(verdict.threshold)}: ${usual}. Pictures, styles and scripts are not counted.${verdict.notes.early === 1 ? " Nobody else uses this endpoint and there is too little log to know this actor, so it is kept as a fact and not as an alarm." : ""}`;
}
