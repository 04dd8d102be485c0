import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { checkedAddresses, HostRefused, hostOf, isPublicAddress } from "./guard.ts";

const PRIVATE = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
] as const;
const PUBLIC = [
  "1.1.1.1",
  "8.8.8.8",
  "9.255.255.255",
  "11.0.0.0",
  "100.128.0.0",
  "172.32.0.0",
  "192.169.0.1",
];

const privateV4 = fc.constantFrom(...PRIVATE).chain((range) => {
  const [base, bits] = ipaddr.IPv4.parseCIDR(range);
  const start = number(base.toByteArray());
  return fc.integer({ min: 0, max: 2 ** (32 - bits) - 1 }).map((offset) => start + offset);
});

describe("addresses that requests may go to", () => {
  it.each(PUBLIC)("%s is public", (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(["2606:4700::1111", "2a00:1450:4001::8a", "2001:4860:4860::8888"])("%s is public", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
  it.each([
    ["::", "unspecified"],
    ["::1", "loopback"],
    ["::ffff:8.8.8.8", "mapped"],
    ["::8.8.8.8", "compatible"],
    ["::ffff:0:8.8.8.8", "translated"],
    ["64:ff9b::8.8.8.8", "NAT64"],
    ["64:ff9b:1::a00:1", "local NAT64"],
    ["2002:a00:1::1", "6to4"],
    ["2001:0:a00:1::1", "Teredo"],
    ["2001:db8::1", "documentation"],
    ["fc00::1", "unique local"],
    ["fd00:ec2::254", "metadata"],
    ["fe80::1", "link-local"],
    ["fec0::1", "site-local"],
    ["ff02::1", "multicast"],
    ["100::1", "discard"],
    ["4000::1", "not given out"],
    ["not an address", "no address"],
    ["", "no address"],
  ])("%s is not: %s", (address) => expect(isPublicAddress(address)).toBe(false));

  it("holds for every private IPv4 address in every form that an IPv6 address can carry it in", () => {
    fc.assert(
      fc.property(privateV4, (value) => {
        const dotted = bytes(value).join(".");
        const [high, low] = [Math.floor(value / 65_536).toString(16), (value % 65_536).toString(16)];
        const forms = [
          dotted,
          `::ffff:${dotted}`,
          `0:0:0:0:0:ffff:${high}:${low}`,
          `::${high}:${low}`,
          `64:ff9b::${dotted}`,
          `64:ff9b:1::${high}:${low}`,
          `2002:${high}:${low}::1`,
          `2001:0:${high}:${low}::`,
        ];
        for (const form of forms) expect([form, isPublicAddress(form)]).toEqual([form, false]);
      }),
      { numRuns: 500 },
    );
  });

  it("holds for a private address as a URL may write it: decimal, octal, hexadecimal, shortened", async () => {
    await fc.assert(
      fc.asyncProperty(privateV4, fc.integer({ min: 0, max: 4 }), async (value, form) => {
        const [a = 0, b = 0, c = 0, d = 0] = bytes(value);
        const host = [
          String(value),
          `0x${value.toString(16)}`,
          `0${value.toString(8)}`,
          `${a}.${b}.${c * 256 + d}`,
          `0x${a.toString(16)}.${b}.0${c.toString(8)}.${d}`,
        ][form];
        const url = new URL(`https://${host}/hook`);
        await expect(checkedAddresses(hostOf(url), new Set())).rejects.toThrow(HostRefused);
      }),
    );
  });

  it("holds for any address that is neither in a private range nor outside of the global Internet", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        if (!isPublicAddress(address)) return;
        const [first = 0] = ipaddr.IPv6.parse(address).parts;
        expect(first >= 0x2000 && first <= 0x3fff).toBe(true);
      }),
    );
  });
});

describe("hosts that requests may go to", () => {
  const find = (...addresses: string[]) => {
    return async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };

  it("are those whose every address is public", async () => {
    const good = await checkedAddresses("hooks.example.com", new Set(), find("1.1.1.1", "2606:4700::1111"));
    expect(good.map(({ address }) => address)).toEqual(["1.1.1.1", "2606:4700::1111"]);
    const mixed = checkedAddresses("hooks.example.com", new Set(), find("1.1.1.1", "10.0.0.1"));
    await expect(mixed).rejects.toThrow("hooks.example.com leads to 10.0.0.1, not a public address");
    await expect(checkedAddresses("hooks.example.com", new Set(), find())).rejects.toThrow(HostRefused);
  });

  it("are those that the settings name, and no others at the same address", async () => {
    const allowed = new Set(["hooks.internal", "127.0.0.1"]);
    expect(await checkedAddresses("hooks.internal", allowed, find("10.0.0.1"))).toHaveLength(1);
    expect(await checkedAddresses(hostOf(new URL("http://127.1/")), allowed)).toHaveLength(1);
    await expect(checkedAddresses("other.internal", allowed, find("127.0.0.1"))).rejects.toThrow(HostRefused);
    expect(hostOf(new URL("https://Hooks.Internal./x"))).toBe("hooks.internal");
    expect(hostOf(new URL("https://[::1]/x"))).toBe("::1");
  });
});

function bytes(value: number): number[] {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256);
}

function number(octets: readonly number[]): number {
  return octets.reduce((sum, octet) => sum * 256 + octet, 0);
}
