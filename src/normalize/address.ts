/**
 * Client addresses as keys: an IPv4 address is its 32-bit value, an IPv6 address is the key of its /64 (one
 * subscriber's network, RFC 6177), anything else is the key of its text.
 */
import { KEY_SEED, keyOf } from "./key.ts";
import { unshared } from "./unshared.ts";

/** @returns the address as an unsigned 32-bit number, or -1 when the text is not a dotted quad */
export function parseIpv4(text: string): number {
  const length = text.length;
  if (length < 7 || length > 15) return -1;
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (digits === 0 || dots === 3) return -1;
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
      dots++;
      continue;
    }
    const digit = code - 48;
    if (digit < 0 || digit > 9) return -1;
    octet = octet * 10 + digit;
    digits++;
    if (digits > 3 || octet > 255) return -1;
  }
  if (dots !== 3 || digits === 0) return -1;
  return value * 256 + octet;
}

export function formatIpv4(value: number): string {
  return `${(value >>> 24) & 255}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** @returns the eight 16-bit groups, or undefined when the text is not an IPv6 address (RFC 4291) */
export function parseIpv6(text: string): number[] | undefined {
  const zone = text.indexOf("%");
  const bare = zone === -1 ? text : text.slice(0, zone);
  if (bare.length < 2 || bare.length > 45 || !bare.includes(":")) return undefined;
  const halves = bare.split("::");
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? "");
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? "") : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function parseGroups(text: string): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1 && part.includes(".")) {
      const quad = parseIpv4(part);
      if (quad === -1) return undefined;
      groups.push(Math.floor(quad / 65536), quad % 65536);
      continue;
    }
    if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
    groups.push(Number.parseInt(part, 16));
  }
  return groups;
}

/** "::ffff:192.0.2.1" is the IPv4 address 192.0.2.1 (RFC 4291 section 2.5.5.2). */
export function unmapIpv4(groups: readonly number[]): number {
  for (let i = 0; i < 5; i++) if (groups[i] !== 0) return -1;
  if (groups[5] !== 0xffff) return -1;
  return (groups[6] ?? 0) * 65536 + (groups[7] ?? 0);
}

/**
 * How an address is named in verdicts: IPv4 as it is, IPv6 as its /64 in the text form of RFC 5952, other text
 * unchanged.
 */
export function addressEntity(text: string): string {
  if (parseIpv4(text) !== -1) return text;
  const groups = parseIpv6(text);
  if (!groups) return text;
  const mapped = unmapIpv4(groups);
  if (mapped !== -1) return formatIpv4(mapped);
  if (groups.every((group, index) => group === (index === 7 ? 1 : 0))) return "::1";
  let end = 4;
  while (end > 0 && groups[end - 1] === 0) end--;
  const prefix = groups
    .slice(0, end)
    .map((group) => group.toString(16))
    .join(":");
  return `${prefix}::/64`;
}

const MAX_CACHED = 16_384;
const keyCache = new Map<string, number>();

/** @returns 0 for no address; below 2^32 for IPv4; a hashed key otherwise */
export function addressKey(text: string | undefined): number {
  if (text === undefined || text === "") return 0;
  const ipv4 = parseIpv4(text);
  if (ipv4 !== -1) return ipv4;
  // IPv6 takes a microsecond to parse and a client sends many lines.
  const known = keyCache.get(text);
  if (known !== undefined) return known;
  const key = otherKey(text);
  if (keyCache.size >= MAX_CACHED) keyCache.clear();
  if (text.length <= 64) keyCache.set(unshared(text), key);
  return key;
}

function otherKey(text: string): number {
  const entity = addressEntity(text);
  const mapped = entity === text ? -1 : parseIpv4(entity);
  return mapped === -1 ? keyOf(KEY_SEED.client, entity) : mapped;
}

/** Loopback, private, link-local, unique-local and shared (RFC 6598) space: never a stranger on the internet. */
export function isPrivateAddress(text: string): boolean {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== -1) return isPrivateIpv4(ipv4);
  const groups = parseIpv6(text);
  if (!groups) return false;
  const mapped = unmapIpv4(groups);
  if (mapped !== -1) return isPrivateIpv4(mapped);
  const first = groups[0] ?? 0;
  if ((first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80) return true;
  return groups.every((group, index) => group === (index === 7 ? group & 1 : 0));
}

/** The same for a client key; keys that are no IPv4 address do not tell. */
export function isPrivateKey(key: number): boolean {
  return key > 0 && key < 2 ** 32 && isPrivateIpv4(key);
}

function isPrivateIpv4(value: number): boolean {
  const a = value >>> 24;
  const b = (value >>> 16) & 255;
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  );
}
