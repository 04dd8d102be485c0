/**
 * What peers do: a histogram of how high each source got, from which a threshold is learned. Values of sources
 * that were convicted are left out by the caller, so that an attack does not teach that it is normal.
 */
import { addToHistogram, createHistogram, decayHistogram, type Histogram, quantile } from "./histogram.ts";

export interface Peers {
  readonly values: Histogram;
}

/** Fewer peers than this teach nothing. */
export const ENOUGH_PEERS = 30;
/** Past this many the older half weighs less. */
const MEMORY = 20_000;
const HIGH = 0.99;

export function createPeers(): Peers {
  return { values: createHistogram() };
}

export function observePeer(peers: Peers, value: number): void {
  if (!(value > 0)) return;
  addToHistogram(peers.values, value);
  if (peers.values.total > MEMORY) decayHistogram(peers.values, 0.5);
}

/** @returns max(floor, factor × the 99th percentile of peers) */
export function peerThreshold(peers: Peers, floor: number, factor: number): number {
  if (peers.values.total < ENOUGH_PEERS) return floor;
  return Math.max(floor, quantile(peers.values, HIGH) * factor);
}

/** The 99th percentile of peers; undefined while too few are known. */
export function peerHigh(peers: Peers): number | undefined {
  return peers.values.total < ENOUGH_PEERS ? undefined : quantile(peers.values, HIGH);
}
