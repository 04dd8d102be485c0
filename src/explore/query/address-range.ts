/** Addresses and networks as eight groups of sixteen bits; IPv4 mapped (RFC 4291 section 2.5.5.2). */
import { parseIpv4, parseIpv6 } from "../../normalize/address.ts";
import type { AddressRange } from "./plan.ts";

/** @returns undefined for what is no address; octets with leading zeros and zones are none */
export function parseAddress(text: string): readonly number[] | undefined {
  const quad = /(?:^|\.)0\d/.test(text) ? -1 : parseIpv4(text);
  if (quad !== -1) return [0, 0, 0, 0, 0, 0xffff, Math.floor(quad / 65536), quad % 65536];
  return text.includes("%") || /[:.]0\d+\.|\.0\d/.test(text) ? undefined : parseIpv6(text);
}

/** "10.0.0.0/8", or one address. */
export function parseRange(text: string): AddressRange | undefined {
  const match = /^([^/]{2,45})(?:\/(\d{1,3}))?$/.exec(text);
  const groups = parseAddress(match?.[1] ?? "");
  if (groups === undefined) return undefined;
  const isIpv4 = !text.includes(":");
  const width = isIpv4 ? 32 : 128;
  const bits = match?.[2] === undefined ? width : Number(match[2]);
  if (bits > width) return undefined;
  const kept = isIpv4 ? bits + 96 : bits;
  const host = groups.map((_, index) => 0xffff >> Math.max(0, Math.min(16, kept - index * 16)));
  return {
    first: groups.map((group, index) => group & ~(host[index] ?? 0) & 0xffff),
    last: groups.map((group, index) => group | (host[index] ?? 0)),
  };
}

export function isWithin(address: readonly number[], range: AddressRange): boolean {
  return compare(range.first, address) <= 0 && compare(address, range.last) <= 0;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < 8; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Eight groups in full, as the store reads them. */
export function addressText(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(":");
}
