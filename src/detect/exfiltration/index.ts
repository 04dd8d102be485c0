/** Taking data out: far more bytes than others take, within an hour or over a day. */
import { FACT_FLAG, METHOD } from "../../fact.ts";
import { crowd } from "../culprit.ts";
import type { Detector, Moment } from "../detector.ts";
import { atLeast } from "../severity.ts";
import { createPeers, observePeer, type Peers, peerHigh, peerThreshold } from "../state/peers.ts";
import { stateOf } from "../state/per-source.ts";
import type { Verdict } from "../verdict.ts";
import { exfiltrationDescriptor, WINDOWS } from "./descriptor.ts";

const MEGABYTE = 1 << 20;

interface Taking {
  since: number;
  firstTime: number;
  bytes: number;
  requests: number;
  verdict: Verdict | undefined;
}

type State = Taking[];

export const exfiltration: Detector = {
  descriptor: exfiltrationDescriptor,
  start(context, slot) {
    const peersOf: Peers[] = WINDOWS.map(() => createPeers());
    return {
      event(moment) {
        const { fact, actor } = moment;
        if (actor === undefined || !(fact.bytesOut > 0) || fact.method === METHOD.HEAD) return;
        if ((fact.flags & FACT_FLAG.ASSET) !== 0 || fact.status < 200 || fact.status >= 300) return;
        const state = stateOf<State>(actor, slot, () => WINDOWS.map(() => newTaking(moment)));
        for (const [index, window] of WINDOWS.entries()) {
          const peers = peersOf[index];
          let taking = state[index];
          if (peers === undefined || taking === undefined) continue;
          if (moment.now - taking.since > window.windowMs) {
            if (taking.verdict === undefined) observePeer(peers, taking.bytes / MEGABYTE);
            taking = newTaking(moment, taking.verdict);
            state[index] = taking;
          }
          taking.bytes += fact.bytesOut;
          taking.requests++;
          judge(moment, taking, window, peers);
        }
      },
      explain,
    };

    function judge(moment: Moment, taking: Taking, window: (typeof WINDOWS)[number], peers: Peers): void {
      const megabytes = taking.bytes / MEGABYTE;
      const { actor } = moment;
      if (taking.verdict === undefined || taking.verdict.closed) {
        if (megabytes < window.floorMegabytes || actor === undefined) return;
        const threshold = peerThreshold(peers, window.floorMegabytes, 5) * crowd(actor);
        if (megabytes < threshold) return;
        const high = peerHigh(peers);
        taking.verdict = context.open({
          severity: "medium",
          confidence: 0.75,
          outcome: "succeeded",
          entity: { type: actor.type, value: actor.name },
          observed: megabytes,
          ...(high === undefined ? {} : { expected: high }),
          threshold,
          unit: `megabytes in ${window.words}`,
          firstSeen: taking.firstTime,
          events: taking.requests - 1,
        });
      }
      const { verdict } = taking;
      context.add(verdict);
      verdict.observed = Math.max(verdict.observed, megabytes);
      if (megabytes >= verdict.threshold * 5) verdict.severity = atLeast(verdict.severity, "high");
    }
  },
};

/** A verdict that is still open goes on into the next window. */
function newTaking(moment: Moment, verdict?: Verdict): Taking {
  const open = verdict?.closed === false ? verdict : undefined;
  return { since: moment.now, firstTime: moment.fact.time, bytes: 0, requests: 0, verdict: open };
}

function explain(verdict: Verdict): string {
  const usual =
    verdict.expected === undefined
      ? "the published floor, as too few others are known"
      : `the floor, or five times what the busiest hundredth of others took (${Math.round(verdict.expected)})`;
  return `It took ${Math.round(verdict.observed)} ${verdict.unit} at most, in ${verdict.events} answers altogether; the line is at ${Math.round(verdict.threshold)}: ${usual}. Pictures, styles and scripts are not counted.`;
}
