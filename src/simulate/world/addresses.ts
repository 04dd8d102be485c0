/** Blocks of addresses, and addresses in them as text. */
import { mix } from "../random.ts";

export interface Block {
  readonly base: number;
  readonly size: number;
}

/** "84.128.0.0/10" as its first address and how many it holds. */
export function parseBlock(cidr: string): Block {
  const [address, bits] = cidr.split("/");
  const base = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { base, size: 2 ** (32 - Number(bits)) };
}

export function ipv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** Any address of the block but those that end in .0 and .255, which hosts rarely have. */
export function ipv4In(block: Block, hash: number): string {
  const value = block.base + (hash % block.size);
  const last = value & 255;
  if (last === 0) return ipv4(value + 1 + (hash & 63));
  return ipv4(last === 255 ? value - 1 - (hash & 63) : value);
}

/** A subscriber's /64 under a provider's prefix of one to three hextets. */
export function subnet64(prefix: string, hash: number): string {
  const missing = 4 - prefix.split(":").length;
  let text = prefix;
  for (let i = 0; i < missing; i++) text += `:${(mix(hash, i) & 0xffff).toString(16)}`;
  return text;
}

/** An address with a random (privacy, RFC 8981) interface identifier in a /64. */
export function ipv6In(subnet: string, hash: number): string {
  const a = mix(hash, 11);
  const b = mix(hash, 12);
  return `${subnet}:${hextet(a >>> 16)}:${hextet(a)}:${hextet(b >>> 16)}:${hextet(b)}`;
}

function hextet(value: number): string {
  return (value & 0xffff || 1).toString(16);
}
