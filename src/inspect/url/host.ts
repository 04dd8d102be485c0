/**
 * Where a host name or address leads, in every spelling that resolvers take: dotted, decimal, octal, hexadecimal,
 * shortened (inet_aton), IPv6 with an embedded IPv4 address, and names made to resolve to internal addresses.
 */
import { beforeFirst } from "../before-first.ts";

export type HostKind =
  | "public"
  | "loopback"
  | "private"
  | "metadata"
  /** A name that callers use to learn whether a server calls out. */
  | "callback"
  /** Resolves to whatever address it spells. */
  | "rebinding"
  /** A name of an internal network: docker, kubernetes, .internal. */
  | "internal";

export interface HostVerdict {
  readonly kind: HostKind;
  /** An address spelt so that a filter does not know it. */
  readonly odd: boolean;
  /** A name that only containers and clusters resolve. */
  readonly inside?: boolean;
}

const METADATA = new Set([
  "169.254.169.254",
  "100.100.100.200",
  "192.0.0.192",
  "168.63.129.16",
  "169.254.170.2",
  "169.254.169.123",
  "169.254.170.23",
  "169.254.42.42",
  "169.254.0.23",
  "fd00:ec2::254",
  "fd00:ec2::23",
  "fd20:ce::254",
  "fd00:42::42",
]);
const METADATA_NAMES =
  /^(?:metadata(?:\.google\.internal|\.goog|\.azure\.com|\.tencentyun\.com|\.packet\.net|\.platformequinix\.com)?|instance-data(?:\.ec2\.internal)?|rancher-metadata|169\.254\.169\.254\..+)$/;
const LOOPBACK_NAMES =
  /(?:^|\.)(?:localhost\d?|localhost\d?\.localdomain\d?|localdomain|loopback|ip6-localhost|ip6-loopback|localtest\.me|lvh\.me|vcap\.me|lacolhost\.com|fuf\.me|fbi\.com|yoogle\.com|localh\.st|bugbounty\.dod\.network|spoofed\.burpcollaborator\.net|1u\.ms)$/;
const REBINDING_NAMES =
  /(?:^|\.)(?:nip\.io|xip\.io|sslip\.io|rbndr\.us|rebind\.network|rebind\.it|7f000001\.[\w.]{1,200})$/;
const INTERNAL_NAMES =
  /(?:^|\.)(?:internal|intranet|corp|lan|home\.arpa|cluster\.local|svc|consul|docker|kubernetes(?:\.default)?(?:\.svc)?)$/;
const CLUSTER_NAMES =
  /^(?:host\.docker\.internal|gateway\.docker\.internal|host\.containers\.internal|kubernetes(?:\.default(?:\.svc(?:\.cluster\.local)?)?)?)$/;
const CALLBACK_NAMES =
  /(?:^|\.)(?:burpcollaborator\.net|oastify\.com|oast\.(?:pro|live|site|online|fun|me|today)|interact\.sh|interactsh\.com|dnslog\.(?:cn|link|pw|store)|ceye\.io|dnsbin\.zhack\.ca|pingb\.in|requestbin\.(?:com|net)|webhook\.site|canarytokens\.(?:com|org)|bxss\.me|r87\.(?:me|com)|xss\.ht|bxss\.in|ezxss\.com|dns\.su|eyes\.sh|1433\.eu\.org|log\.tf|tu4\.org|callback\.red|m\.pipedream\.net|requestcatcher\.com|beeceptor\.com|requestrepo\.com|hookbin\.com|postb\.in|ptst\.io|bc\.cl|dnshook\.site|dnsx\.cc|digimg\.store)$/;

export function judgeHost(host: string): HostVerdict {
  // Lenient parsers end the host at characters that no name has.
  const name = beforeFirst(host.toLowerCase(), /[;,\0]/).replace(/\.$/, "");
  if (name.startsWith("["))
    return judgeV6(name.slice(1, name.indexOf("]") < 0 ? undefined : name.indexOf("]")));
  const address = parseV4(name);
  if (address !== undefined) return { kind: kindOfV4(address.value), odd: address.odd };
  if (name.includes(":") && /^[\da-f:.]+$/.test(name)) return judgeV6(name);
  if (METADATA_NAMES.test(name)) return { kind: "metadata", odd: false };
  if (LOOPBACK_NAMES.test(name)) return { kind: "loopback", odd: false };
  if (REBINDING_NAMES.test(name)) return { kind: "rebinding", odd: false };
  if (CALLBACK_NAMES.test(name)) return { kind: "callback", odd: false };
  if (CLUSTER_NAMES.test(name)) return { kind: "internal", odd: false, inside: true };
  if (INTERNAL_NAMES.test(name)) return { kind: "internal", odd: false };
  return { kind: "public", odd: false };
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}

function kindOfV4(value: number): HostKind {
  const first = value >>> 24;
  const second = (value >>> 16) & 255;
  if (METADATA.has(dotted(value))) return "metadata";
  if (first === 127 || first === 0) return "loopback";
  if (first === 10 || (first === 192 && second === 168) || (first === 172 && second >= 16 && second < 32))
    return "private";
  if (first === 169 && second === 254) return "private";
  return "public";
}

interface Address {
  readonly value: number;
  readonly odd: boolean;
}

/** inet_aton: one to four parts, each decimal, octal (leading 0) or hexadecimal (0x); the last fills the rest. */
function parseV4(name: string): Address | undefined {
  if (!/^(?:0x[\da-f]{1,16}|\d{1,16})(?:\.(?:0x[\da-f]{1,16}|\d{1,16})){0,3}$/.test(name)) return undefined;
  const parts = name.split(".");
  let odd = parts.length !== 4;
  let value = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? "";
    const hex = part.startsWith("0x");
    const octal = !hex && part.length > 1 && part.startsWith("0");
    if (hex || octal) odd = true;
    const number = octal && !/[89]/.test(part) ? Number.parseInt(part, 8) : Number(part);
    const last = i === parts.length - 1;
    const width = last ? 256 ** (4 - i) : 256;
    if (number >= width) {
      // Some parsers take a part modulo 256, or the whole modulo 2^32.
      odd = true;
    }
    value += last ? number % 2 ** 32 : (number % 256) * 256 ** (3 - i);
  }
  return { value: value >>> 0, odd };
}

function judgeV6(address: string): HostVerdict {
  const plain = beforeFirst(address, /%/);
  if (METADATA.has(plain)) return { kind: "metadata", odd: false };
  const embedded = embeddedV4(plain);
  if (embedded !== undefined) {
    const kind = kindOfV4(embedded);
    return { kind, odd: true };
  }
  if (/^(?:0{0,4}:){1,7}0{0,3}[01]?$/.test(plain) || plain === "::") return { kind: "loopback", odd: false };
  if (/^f[cd]|^fe[89ab]/.test(plain)) return { kind: "private", odd: false };
  return { kind: "public", odd: false };
}

/** ::ffff:127.0.0.1, ::ffff:7f00:1, 64:ff9b::7f00:1, ::7f00:1, 2002:7f00:1:: (6to4) */
function embeddedV4(address: string): number | undefined {
  const tunnel = /^2002:([\da-f]{1,4}):([\da-f]{1,4}):/.exec(address);
  if (tunnel !== null) return joined(tunnel[1], tunnel[2]);
  const compatible = /^(?:0{0,4}:){2,6}([\da-f]{2,4}):([\da-f]{1,4})$/.exec(address);
  if (compatible !== null) return joined(compatible[1], compatible[2]);
  const tail =
    /(?:^|:)(?:ffff|ff9b)(?::0)?:{1,2}(?:([\da-f]{1,4}):([\da-f]{1,4})|(\d{1,3}(?:\.\d{1,3}){3}))$/.exec(
      address,
    );
  if (tail === null) {
    const quad = /:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address)?.[1];
    return quad === undefined ? undefined : parseV4(quad)?.value;
  }
  if (tail[3] !== undefined) return parseV4(tail[3])?.value;
  return joined(tail[1], tail[2]);
}

function joined(high = "0", low = "0"): number {
  return ((Number.parseInt(high, 16) << 16) | Number.parseInt(low, 16)) >>> 0;
}
