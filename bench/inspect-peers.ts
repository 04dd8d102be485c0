/** What one request costs peers that are installed, beside ours: the same requests, in the same run, CPU time. */
import { createDdwaf } from "../eval/peers/ddwaf.ts";
import { createModSecurity } from "../eval/peers/modsecurity.ts";
import type { Peer } from "../eval/peers/peer.ts";
import type { Row } from "../eval/table.ts";
import type { ApiEvent } from "../src/event.ts";
import { inspect } from "../src/inspect/inspect.ts";
import { attackMix, benignRequests } from "./inspect.ts";
import { quantile, rounded, told } from "./row.ts";

/** Requests of each kind, and how often they are sent: peers take milliseconds for one. */
const MOST = 300;
const ROUNDS = 3;

export function benchPeers(): Row[] {
  const { json, browser } = benignRequests(MOST);
  const sets: Record<string, readonly ApiEvent[]> = {
    "benign JSON, 1 KB": json,
    "benign browser request": browser,
    "attacks of every class": everyNth(attackMix(), MOST),
  };
  const programs: readonly Peer[] = [
    { name: "vedette", inspect: (events) => events.map(timed) },
    ...[createDdwaf(), createModSecurity()].filter((peer) => peer !== undefined),
  ];
  return Object.entries(sets).flatMap(([set, events]) =>
    programs.map((peer) => {
      const { mean, median } = costOf(peer, events);
      return told(
        "inspect",
        `${set}, ${peer.name}: µs a request, mean and median`,
        `${rounded(mean)}, ${rounded(median)}`,
      );
    }),
  );
}

function everyNth<T>(items: readonly T[], most: number): readonly T[] {
  const step = Math.ceil(items.length / most);
  return items.filter((_, at) => at % step === 0);
}

function timed(event: ApiEvent): { flagged: boolean; micros: number } {
  const start = process.hrtime.bigint();
  const flagged = inspect(event).some(({ score }) => score >= 0.5);
  return { flagged, micros: Number(process.hrtime.bigint() - start) / 1_000 };
}

/** Each request's best of a few rounds. */
function costOf(peer: Peer, events: readonly ApiEvent[]): { readonly mean: number; readonly median: number } {
  const times = new Array<number>(events.length).fill(Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    peer.inspect(events).forEach(({ micros }, at) => {
      times[at] = Math.min(times[at] ?? micros, micros);
    });
  }
  times.sort((a, b) => a - b);
  return { mean: times.reduce((sum, time) => sum + time, 0) / times.length, median: quantile(times, 0.5) };
}
