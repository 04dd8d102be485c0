/** Reading a great part of what the API offers to everyone, page by page. */
import { FACT_FLAG, METHOD } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { crowd } from "../culprit.ts";
import type { Detector, Moment } from "../detector.ts";
import { hasOrdinaryUsers } from "../endpoints.ts";
import { atLeast } from "../severity.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { createPeers, observePeer, type Peers, peerHigh, peerThreshold } from "../state/peers.ts";
import { stateOf } from "../state/per-source.ts";
import type { Verdict } from "../verdict.ts";
import { scrapingDescriptor, WINDOWS } from "./descriptor.ts";

const CRAWLER_CLASSES: ReadonlySet<number> = new Set(
  (["search_crawler", "ai_crawler", "monitor"] as const).map((kind) => AGENT_CLASSES.indexOf(kind)),
);
/** A browser loads pictures and styles with what it reads; a scraper does not. */
const ASSET_SHARE = 0.2;

interface Reading {
  since: number;
  firstTime: number;
  requests: number;
  assets: number;
  objects: Distinct;
}

interface State {
  readonly readings: Reading[];
  /** One verdict, by the window that was over its line first. */
  verdict: Verdict | undefined;
}

export const scraping: Detector = {
  descriptor: scrapingDescriptor,
  start(context, slot) {
    const peersOf: Peers[] = WINDOWS.map(() => createPeers());
    return {
      event(moment) {
        const { fact, actor } = moment;
        if (actor === undefined) return;
        const asset = (fact.flags & FACT_FLAG.ASSET) !== 0;
        const read = fact.method === METHOD.GET && fact.status >= 200 && fact.status < 300;
        if (!asset && !read) return;
        const state = stateOf<State>(actor, slot, () => ({
          readings: WINDOWS.map(() => newReading(moment)),
          verdict: undefined,
        }));
        if (!asset && state.verdict?.closed === false) context.add(state.verdict);
        for (let index = 0; index < WINDOWS.length; index++) {
          const window = WINDOWS[index];
          const peers = peersOf[index];
          let reading = state.readings[index];
          if (peers === undefined || reading === undefined) continue;
          if (moment.now - reading.since > window.windowMs) {
            if (state.verdict === undefined) observePeer(peers, countDistinct(reading.objects));
            reading = newReading(moment);
            state.readings[index] = reading;
          }
          if (asset) {
            reading.assets++;
            continue;
          }
          if (!hasOrdinaryUsers(moment.endpoint)) continue;
          reading.requests++;
          if (addDistinct(reading.objects, fact.objectKey === 0 ? fact.pathKey : fact.objectKey)) {
            judge(moment, state, reading, window, peers);
          }
        }
      },
      explain,
    };

    function judge(
      moment: Moment,
      state: State,
      reading: Reading,
      window: (typeof WINDOWS)[number],
      peers: Peers,
    ): void {
      const { fact, actor } = moment;
      const objects = countDistinct(reading.objects);
      if (state.verdict === undefined || state.verdict.closed) {
        if (objects < window.floor || actor === undefined) return;
        const threshold = peerThreshold(peers, window.floor, 4) * crowd(actor);
        if (objects < threshold) return;
        if (reading.assets > reading.requests * ASSET_SHARE) return;
        const declared = CRAWLER_CLASSES.has(fact.agentClass);
        const high = peerHigh(peers);
        state.verdict = context.open({
          severity: declared ? "info" : "low",
          confidence: 0.75,
          outcome: "succeeded",
          entity: { type: actor.type, value: actor.name },
          observed: objects,
          ...(high === undefined ? {} : { expected: high }),
          threshold,
          unit: `different objects in ${window.words}`,
          firstSeen: reading.firstTime,
          events: reading.requests - 1,
          notes: { declared: declared ? 1 : 0 },
        });
        context.add(state.verdict);
      }
      const { verdict } = state;
      if (!verdict.unit.endsWith(window.words)) return;
      verdict.observed = Math.max(verdict.observed, objects);
      if (verdict.notes.declared === 0 && objects >= window.floor * 10) {
        verdict.severity = atLeast(verdict.severity, "medium");
      }
    }
  },
};

function newReading(moment: Moment): Reading {
  return {
    since: moment.now,
    firstTime: moment.fact.time,
    requests: 0,
    assets: 0,
    objects: createDistinct(1024),
  };
}

function explain(verdict: Verdict): string {
  const { notes } = verdict;
  const usual =
    verdict.expected === undefined
      ? "the published floor"
      : `the floor, or four times what the busiest hundredth of others read (${Math.round(verdict.expected)})`;
  const who =
    notes.declared === 1
      ? " It calls itself a crawler; if it is the one it names, this is what it does."
      : " It loaded next to none of the pictures and styles that a browser loads along.";
  return `It read ${verdict.observed} ${verdict.unit} at most, in ${verdict.events} requests altogether; the line is at ${Math.round(verdict.threshold)}: ${usual}.${who}`;
}
