/** Peers on a part of each set: their cost allows no more. */
import type { Peer } from "../peers/peer.ts";
import { halfOf, type Sample } from "./sample.ts";
import { percent, setsOf } from "./scores.ts";

export interface PeerScore {
  /** Per cent flagged. */
  readonly share: number;
  /** Mean, microseconds of CPU. */
  readonly micros: number;
}

/** Of each set, from the half that is only scored. */
const MOST = 400;

/** The first of each set in the order of the file. */
export function partOf(samples: Iterable<Sample>): readonly Sample[] {
  const taken = new Map<string, number>();
  const part: Sample[] = [];
  for (const sample of samples) {
    const count = taken.get(sample.set) ?? 0;
    if (count >= MOST || halfOf(sample.text) === 0) continue;
    taken.set(sample.set, count + 1);
    part.push(sample);
  }
  return part;
}

export function scorePeer(peer: Peer, part: readonly Sample[]): ReadonlyMap<string, PeerScore> {
  const verdicts = peer.inspect(part.map(({ event }) => event));
  const sums = new Map<string, { samples: number; flagged: number; micros: number }>();
  part.forEach((sample, at) => {
    for (const set of setsOf(sample)) {
      const sum = sums.get(set) ?? { samples: 0, flagged: 0, micros: 0 };
      const { flagged, micros } = verdicts[at] ?? { flagged: false, micros: 0 };
      sums.set(set, {
        samples: sum.samples + 1,
        flagged: sum.flagged + (flagged ? 1 : 0),
        micros: sum.micros + micros,
      });
    }
  });
  return new Map(
    [...sums].map(([set, { samples, flagged, micros }]) => [
      set,
      { share: percent(flagged, samples), micros: micros / samples },
    ]),
  );
}
