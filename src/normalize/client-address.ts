/**
 * Who really called: the socket peer, or the right-most hop of Forwarded / X-Forwarded-For that is not one of our
 * own proxies, when the peer is. Hops further left are the client's own words (RFC 7239 section 8.1).
 */
import ipaddr from "ipaddr.js";
import { VedetteError } from "../errors.ts";
import type { ApiEvent } from "../event.ts";
import { isPrivateAddress, parseIpv4, parseIpv6 } from "./address.ts";

export type TrustedProxies = (address: string) => boolean;

/** The word for loopback, private, link-local and unique-local networks in `trusted_proxies`. */
export const PRIVATE_NETWORKS = "private";

/** The longest header that is read; longer ones are cut at the left, where the untrusted hops stand. */
const MAX_FORWARDED_CHARS = 2048;

/**
 * @param entries addresses, CIDR ranges, or "private"
 * @throws VedetteError CONFIG_INVALID naming the entry that is neither
 */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  let trustPrivate = false;
  for (const entry of entries) {
    if (entry === PRIVATE_NETWORKS) {
      trustPrivate = true;
      continue;
    }
    ranges.push(parseRange(entry));
  }
  return (address) => {
    if (trustPrivate && isPrivateAddress(address)) return true;
    if (ranges.length === 0 || !ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits));
  };
}

/** Whether it is an address, a CIDR range, or "private". */
export function isProxy(entry: string): boolean {
  try {
    trustedProxies([entry]);
    return true;
  } catch {
    return false;
  }
}

function parseRange(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  try {
    if (entry.includes("/")) return ipaddr.parseCIDR(entry);
    const address = ipaddr.parse(entry);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  } catch (cause) {
    const message = 'This is neither an address, a CIDR range nor "private"';
    throw new VedetteError("CONFIG_INVALID", message, entry, { cause });
  }
}

/** Sets `client.address` and keeps the peer in `network.peer.address`. */
export function resolveClientAddress(event: ApiEvent, trusted: TrustedProxies): void {
  const logged = event["client.address"] ?? event["network.peer.address"];
  if (logged === undefined) return;
  event["client.address"] = logged;
  const headers = event["http.request.headers"];
  if (headers === undefined) return;
  const forwarded = headers["x-forwarded-for"] ?? headers.forwarded;
  if (forwarded === undefined || !trusted(logged)) return;
  const client = rightmostUntrusted(forwarded.slice(-MAX_FORWARDED_CHARS), trusted);
  if (client === undefined) return;
  event["network.peer.address"] ??= logged;
  event["client.address"] = client;
}

function rightmostUntrusted(header: string, trusted: TrustedProxies): string | undefined {
  const hops = header.split(",");
  let candidate: string | undefined;
  for (let i = hops.length - 1; i >= 0; i--) {
    const address = hopAddress(hops[i] ?? "");
    if (address === undefined) return candidate;
    candidate = address;
    if (!trusted(address)) return address;
  }
  return candidate;
}

/** "192.0.2.60:4711", `for="[2001:db8::17]:47011";proto=http`, "2001:db8::17": the address, or undefined. */
function hopAddress(hop: string): string | undefined {
  let text = hop.trim();
  const named = /(?:^|;)\s*for=("?)([^";]*)\1/i.exec(text);
  if (named) text = (named[2] ?? "").trim();
  const bracketed = /^\[([^\]]+)\]/.exec(text);
  if (bracketed) text = bracketed[1] ?? "";
  else if (text.split(":").length === 2) text = text.slice(0, text.indexOf(":"));
  return parseIpv4(text) !== -1 || parseIpv6(text) !== undefined ? text : undefined;
}
