/**
 * Keeps outgoing requests out of private networks (server-side request forgery, OWASP API7:2023): a host is resolved
 * first, each of its addresses must be public, and the connection is made to the address that was checked, so that a
 * name that answers differently the second time (DNS rebinding) gains nothing.
 */

import type { LookupAddress } from "node:dns";
import { lookup as resolve } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** Public by its number, yet answered by the cloud's own host (Azure's "wire server"). */
const METADATA = new Set(["168.63.129.16"]);
/** All addresses that IANA has given out for the global Internet lie in 2000::/3 (RFC 4291, section 2.4). */
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse("2000::"), 3];

export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

export class HostRefused extends Error {
  override readonly name = "HostRefused";
}

/**
 * @param address IPv4 or IPv6 in any notation @returns false for private, loopback, link-local, shared, multicast and
 * reserved addresses, cloud metadata, and every IPv6 form that carries an IPv4 address (mapped, NAT64, 6to4, Teredo)
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast" || METADATA.has(parsed.toString())) return false;
  return parsed.kind() === "ipv4" || (parsed as ipaddr.IPv6).match(...GLOBAL_UNICAST);
}

/** Name or address of a URL as the settings write it: lower case, without brackets and a last dot. */
export function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
}

/**
 * The addresses that may be connected to.
 * @throws HostRefused when one of the host's addresses is not public and the settings do not allow it by name
 */
export async function checkedAddresses(
  host: string,
  allowed: ReadonlySet<string>,
  find: Resolve = resolveAll,
): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  const addresses = family === 0 ? await find(host) : [{ address: host, family }];
  if (addresses.length === 0) throw new HostRefused(`${host} has no address`);
  if (!allowed.has(host)) {
    const bad = addresses.find(({ address }) => !isPublicAddress(address));
    if (bad !== undefined) {
      const where = bad.address === host ? "is" : `leads to ${bad.address},`;
      throw new HostRefused(`${host} ${where} not a public address; name it in allow_hosts if it is meant`);
    }
  }
  return addresses;
}

/** Gives a socket what was checked, whatever name it asks for. */
export function fixedLookup(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family ?? 0);
  };
}

const resolveAll: Resolve = (host) => resolve(host, { all: true });
