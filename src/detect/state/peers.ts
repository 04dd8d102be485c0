/**
 * What peers do: a histogram of how high each source got, from which a threshold is learned. Values of sources
 * that were convicted are left out by the caller, so that an attack does not teach that it is normal.
 */
import {
  addToHistogram,
  bucketOf,
  createHistogram,
  decayHistogram,
  type Histogram,
  quantile,
} from "./histogram.ts";

export interface Peers {
  readonly values: Histogram;
}

/** Fewer peers than this teach nothing. */
export const ENOUGH_PEERS = 30;
/** Past this many the older half weighs less. */
const MEMORY = 20_000;
const HIGH = 0.99;
const FELLOWS = 4;

export function createPeers(): Peers {
  return { values: createHistogram() };
}

export function observePeer(peers: Peers, value: number): void {
  if (!(value > 0)) return;
  addToHistogram(peers.values, value);
  if (peers.values.total > MEMORY) decayHistogram(peers.values, 0.5);
}

/** The same while a source is still growing: it moves from its last value to the next. */
export function growPeer(peers: Peers, from: number, to: number): void {
  if (bucketOf(from) === bucketOf(to) && from > 0) return;
  if (from > 0) addToHistogram(peers.values, from, -1);
  observePeer(peers, to);
}

/** A source that turned out to be no peer takes its last value with it. */
export function leavePeer(peers: Peers, value: number): void {
  if (value > 0) addToHistogram(peers.values, value, -1);
}

/** @returns max(floor, factor × the 99th percentile of peers) */
export function peerThreshold(peers: Peers, floor: number, factor: number): number {
  const high = peerHigh(peers);
  return high === undefined ? floor : Math.max(floor, high * factor);
}

/**
 * The 99th percentile of peers, or less when there are few: at least FELLOWS of them reach it, so that one odd
 * source does not set the line for itself. Undefined while too few are known.
 */
export function peerHigh(peers: Peers, enough = ENOUGH_PEERS): number | undefined {
  const { total } = peers.values;
  if (total < enough) return undefined;
  return quantile(peers.values, Math.min(HIGH, 1 - FELLOWS / total));
}
