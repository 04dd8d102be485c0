/**
 * Addresses as logs write them, made plain: no port, no brackets, no IPv6 zone, no `::ffff:` in front of IPv4.
 */
import { isIP } from "node:net";

const DOT = 46;
const COLON = 58;

/** `[2001:db8::1%eth0]:443` → `2001:db8::1`, `192.0.2.7:51514` → `192.0.2.7`, `::ffff:192.0.2.7` → `192.0.2.7`. */
export function bareAddress(text: string): string {
  return isPlainAddress(text) ? text : stripAddress(text);
}

/** Nothing but digits and dots, the usual IPv4 address. */
export function isPlainAddress(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== DOT && (code < 48 || code > 57)) return false;
  }
  return true;
}

function stripAddress(text: string): string {
  if (text.charCodeAt(0) === 91) {
    const close = text.indexOf("]");
    return close > 1 ? unmap(withoutZone(text.slice(1, close))) : text;
  }
  const first = text.indexOf(":");
  if (first < 0) return withoutZone(text);
  const last = text.lastIndexOf(":");
  if (first === last) return isDigits(text, last + 1) ? text.slice(0, last) : text;
  // Node and Go write `::ffff:192.0.2.7:51514`: after an IPv4 tail, a further number is a port.
  const tail = text.lastIndexOf(":", last - 1);
  if (text.indexOf(".", tail) > tail && text.indexOf(".", tail) < last && isDigits(text, last + 1)) {
    return unmap(text.slice(0, last));
  }
  return unmap(withoutZone(text));
}

/** The address of a column that always ends in a port, also after a bare IPv6: `2001:db8::1:46532`. */
export function addressBeforePort(text: string): string {
  const colon = text.lastIndexOf(":");
  return colon > 0 && isDigits(text, colon + 1) ? bareAddress(text.slice(0, colon)) : bareAddress(text);
}

/** The port of `host:port` or `[v6]:port`; undefined when there is none. */
export function portOf(text: string): number | undefined {
  const colon = text.lastIndexOf(":");
  if (colon < 0 || !isDigits(text, colon + 1) || text.length - colon > 6) return undefined;
  const bracketed = text.charCodeAt(colon - 1) === 93;
  if (!bracketed && text.indexOf(":") !== colon && !text.includes(".")) return undefined;
  return Number(text.slice(colon + 1));
}

/** True for the text of an IPv4 or IPv6 address, ports and brackets allowed. */
export function isAddress(text: string): boolean {
  const first = text.charCodeAt(0);
  const plausible =
    (first >= 48 && first <= 58) ||
    (first >= 97 && first <= 102) ||
    (first >= 65 && first <= 70) ||
    first === 91;
  return plausible && text.length <= 64 && isIP(bareAddress(text)) !== 0;
}

/** An IP address outside the ranges of RFC 1918, 6598, 3927, 4193, loopback and link-local. */
export function isPublicAddress(address: string): boolean {
  if (address.includes(":")) return isIP(address) === 6 && !/^(?:::1?$|f[cd]|fe[89ab])/i.test(address);
  if (isIP(address) !== 4) return false;
  const [a = 0, b = 0] = address.split(".", 2).map(Number);
  if (a === 10 || a === 127 || a === 0) return false;
  if (a === 192 && b === 168) return false;
  if (a === 172 && b >= 16 && b <= 31) return false;
  if (a === 169 && b === 254) return false;
  return !(a === 100 && b >= 64 && b <= 127);
}

function withoutZone(text: string): string {
  const percent = text.indexOf("%");
  return percent > 0 && text.includes(":") ? text.slice(0, percent) : text;
}

function unmap(text: string): string {
  if (text.length < 9 || text.charCodeAt(0) !== COLON) return text;
  return /^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text;
}

function isDigits(text: string, from: number): boolean {
  if (from >= text.length) return false;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
