/**
 * Where a request came from, as one number: its country, and its network by the number of the autonomous system, or
 * by its /24 or /48 where that is not known. Exact in a double: 10 bits of country, 33 of network.
 */
import type { ApiEvent } from "../event.ts";
import { parseIpv6 } from "./address.ts";
import { FIRST_HASHED_KEY, KEY_SEED, keyOf } from "./key.ts";

const NETWORKS = FIRST_HASHED_KEY;
/** Networks below are autonomous systems. */
const UNNUMBERED = 2 ** 32;
const LETTERS = 27;
const BEFORE_A = 64;

/** @param clientKey of the event's client address, 0 when it has none */
export function placeOf(event: ApiEvent, clientKey: number): number {
  const system = event["client.as.number"];
  const network = system === undefined ? prefixOf(event["client.address"], clientKey) : system % UNNUMBERED;
  return countryCode(event["client.geo.country_iso_code"]) * NETWORKS + network;
}

/** ISO 3166-1 alpha-2; undefined when unknown. */
export function countryAt(place: number): string | undefined {
  const code = Math.floor(place / NETWORKS);
  if (code === 0) return undefined;
  return String.fromCharCode(BEFORE_A + Math.floor(code / LETTERS), BEFORE_A + (code % LETTERS));
}

/** The same for two places in the same country. */
export function countryKey(place: number): number {
  return Math.floor(place / NETWORKS);
}

/** The same for two places in the same network. */
export function networkKey(place: number): number {
  return place % NETWORKS;
}

/** The number of the autonomous system; undefined when the network is known by its prefix alone. */
export function systemAt(place: number): number | undefined {
  const network = networkKey(place);
  return network === 0 || network >= UNNUMBERED ? undefined : network;
}

function countryCode(country: string | undefined): number {
  if (country?.length !== 2) return 0;
  const first = country.charCodeAt(0) - BEFORE_A;
  const second = country.charCodeAt(1) - BEFORE_A;
  return first < 1 || first >= LETTERS || second < 1 || second >= LETTERS ? 0 : first * LETTERS + second;
}

function prefixOf(address: string | undefined, clientKey: number): number {
  if (clientKey === 0 || address === undefined) return 0;
  if (clientKey < UNNUMBERED) return UNNUMBERED + (clientKey >>> 8);
  const groups = parseIpv6(address);
  if (groups === undefined) return 0;
  const prefix = `${groups[0]}:${groups[1]}:${groups[2]}`;
  return UNNUMBERED + (keyOf(KEY_SEED.network, prefix) % UNNUMBERED);
}
