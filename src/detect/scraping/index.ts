/** Reading a great part of what the API offers to everyone, page by page. */
import { FACT_FLAG, METHOD } from "../../fact.ts";
import { isPrivateKey } from "../../normalize/address.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { crowd } from "../culprit.ts";
import type { Detector, Moment } from "../detector.ts";
import { hasOrdinaryUsers } from "../endpoints.ts";
import { atLeast } from "../severity.ts";
import { bitCount } from "../state/bits.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { createPeers, observePeer, peerHigh, peerThreshold } from "../state/peers.ts";
import { stateOf } from "../state/per-source.ts";
import type { Verdict } from "../verdict.ts";
import { scrapingDescriptor, WINDOWS } from "./descriptor.ts";
import { createHands, explainHands, followHands } from "./hands.ts";

const CRAWLER_CLASSES: ReadonlySet<number> = new Set(
  (["search_crawler", "ai_crawler", "monitor"] as const).map((kind) => AGENT_CLASSES.indexOf(kind)),
);
/** A browser loads pictures and styles with what it reads; a scraper does not. */
const ASSET_SHARE = 0.2;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** People sleep: who reads in so many hours of a day is known for a program without others to compare with. */
const SLEEPLESS_HOURS = 18;
/** An actor who read much before may read this much more. */
const OWN_GROWTH = 2;
/** Exact up to here, an estimate beyond. */
const EXACT = 64;

/** One stretch of time. */
interface Reading {
  since: number;
  firstTime: number;
  requests: number;
  assets: number;
  /** Hours of the day in which it read, as bits. */
  hours: number;
  /** Different objects of the day when it began. */
  readonly base: number;
}

interface State {
  since: number;
  seen: Distinct;
  readonly readings: Reading[];
  /** Most it read without giving cause for alarm, by window. */
  readonly usual: number[];
  /** One verdict, by the window that was over its line first. */
  verdict: Verdict | undefined;
}

export const scraping: Detector = {
  descriptor: scrapingDescriptor,
  stateVersion: 3,
  start(context, slot) {
    const { floors } = context;
    const { peersOf, hands } = context.state(() => ({
      peersOf: WINDOWS.map(() => createPeers()),
      hands: createHands(),
    }));
    return {
      event(moment) {
        const { fact, actor } = moment;
        if (!CRAWLER_CLASSES.has(fact.agentClass)) followHands(context, hands, moment);
        if (actor === undefined) return;
        const asset = (fact.flags & FACT_FLAG.ASSET) !== 0;
        const read = fact.method === METHOD.GET && fact.status >= 200 && fact.status < 300;
        if (!asset && !read) return;
        const state = stateOf(actor, slot, newState, moment);
        roll(state, moment);
        if (asset) {
          for (const reading of state.readings) reading.assets++;
          return;
        }
        if (state.verdict?.closed === false) context.add(state.verdict);
        if (!hasOrdinaryUsers(moment.endpoint)) return;
        addDistinct(state.seen, fact.objectKey === 0 ? fact.pathKey : fact.objectKey);
        for (let index = 0; index < WINDOWS.length; index++) {
          const reading = state.readings[index];
          if (reading === undefined) continue;
          reading.requests++;
          reading.hours |= 1 << (Math.floor(moment.now / HOUR_MS) % 24);
          judge(moment, state, reading, index);
        }
      },
      explain,
      learned: () =>
        Object.fromEntries(WINDOWS.map(({ name }, index) => [name, peerThreshold(peersOf[index], 0, 4)])),
    };

    function roll(state: State, { now, fact }: Moment): void {
      const newDay = now - state.since > DAY_MS;
      for (let index = 0; index < WINDOWS.length; index++) {
        const reading = state.readings[index];
        const peers = peersOf[index];
        if (reading === undefined || (!newDay && now - reading.since <= WINDOWS[index].windowMs)) continue;
        const objects = countDistinct(state.seen) - reading.base;
        if (state.verdict === undefined && peers !== undefined) observePeer(peers, objects);
        if (state.verdict === undefined || state.verdict.severity === "info") {
          state.usual[index] = Math.max(state.usual[index] ?? 0, objects);
        }
        state.readings[index] = newReading(now, fact.time, newDay ? 0 : countDistinct(state.seen));
      }
      if (!newDay) return;
      state.since = now;
      state.seen = createDistinct(EXACT);
    }

    function judge(moment: Moment, state: State, reading: Reading, index: number): void {
      const { fact, actor } = moment;
      const window = WINDOWS[index];
      const peers = peersOf[index];
      const objects = countDistinct(state.seen) - reading.base;
      if (objects < floors[window.name] || actor === undefined || peers === undefined) return;
      if (state.verdict === undefined || state.verdict.closed) {
        const own = (state.usual[index] ?? 0) * OWN_GROWTH;
        const floor =
          floors[window.name] * (peerHigh(peers) === undefined && !isSleepless(reading) ? window.cold : 1);
        const threshold = Math.max(peerThreshold(peers, floor, 4) * crowd(actor), own);
        if (objects < threshold) return;
        if (reading.assets > reading.requests * ASSET_SHARE) return;
        // Crawlers say so; one's own services read everything all day.
        const declared = CRAWLER_CLASSES.has(fact.agentClass) || isPrivateKey(fact.clientKey);
        const high = peerHigh(peers);
        state.verdict = context.open({
          severity: declared ? "info" : "low",
          confidence: 0.75,
          outcome: "succeeded",
          entity: { type: actor.type, value: actor.name },
          observed: objects,
          ...(high === undefined ? {} : { expected: high }),
          threshold,
          line: window.name,
          unit: `different objects in ${window.words}`,
          firstSeen: reading.firstTime,
          events: reading.requests - 1,
          notes: { declared: declared ? 1 : 0, internal: isPrivateKey(fact.clientKey) ? 1 : 0 },
        });
        context.add(state.verdict);
      }
      const { verdict } = state;
      if (!verdict.unit.endsWith(window.words)) return;
      verdict.observed = Math.max(verdict.observed, objects);
      if (verdict.notes.declared === 0 && objects >= floors[window.name] * 10) {
        verdict.severity = atLeast(verdict.severity, "medium");
      }
    }
  },
};

function newState(moment: Moment): State {
  const { now, fact } = moment;
  return {
    since: now,
    seen: createDistinct(EXACT),
    readings: WINDOWS.map(() => newReading(now, fact.time, 0)),
    usual: WINDOWS.map(() => 0),
    verdict: undefined,
  };
}

function isSleepless({ hours }: Reading): boolean {
  return bitCount(hours) >= SLEEPLESS_HOURS;
}

function newReading(now: number, time: number, base: number): Reading {
  return { since: now, firstTime: time, requests: 0, assets: 0, hours: 0, base };
}

function explain(verdict: Verdict): string {
  if (verdict.line === "hands") return explainHands(verdict);
  const { notes } = verdict;
  const usual =
    verdict.expected === undefined
      ? "the published floor"
      : `the floor, or four times what the busiest hundredth of others read (${Math.round(verdict.expected)})`;
  const who =
    notes.internal === 1
      ? " It came from your own network, so it is kept as a fact and not as an alarm."
      : notes.declared === 1
        ? " It calls itself a crawler; if it is the one it names, this is what it does."
        : " It loaded next to none of the pictures and styles that a browser loads along.";
  return `It read ${verdict.observed} ${verdict.unit} at most, in ${verdict.events} requests altogether; the line is at ${Math.round(verdict.threshold)}: ${usual}.${who}`;
}
