import { isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressEntity, addressKey, formatIpv4, isPrivateAddress, parseIpv4, parseIpv6 } from "./address.ts";
import { FIRST_HASHED_KEY } from "./key.ts";

describe("parsing an address", () => {
  it("accepts and refuses as Node does", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ maxLength: 20 }), fc.ipV4Extended()), (text) => {
        const strict = isIPv4(text) && !/(?:^|\.)0\d/.test(text);
        if (strict) expect(formatIpv4(parseIpv4(text))).toBe(text);
        if (!isIPv4(text) && /[^\d.]/.test(text)) expect(parseIpv4(text)).toBe(-1);
        if (!text.includes("%")) expect(parseIpv6(text) !== undefined).toBe(isIPv6(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("an address as an entity", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8::/64"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::1", "::1"],
    ["fe80::1%eth0", "fe80::/64"],
    ["localhost", "localhost"],
  ])("%s is %s", (address, entity) => {
    expect(addressEntity(address)).toBe(entity);
  });

  it("has one key for a whole /64 and another for the next", () => {
    expect(addressKey("2001:db8:1:2:aaaa::1")).toBe(addressKey("2001:db8:1:2:bbbb::9"));
    expect(addressKey("2001:db8:1:2::1")).not.toBe(addressKey("2001:db8:1:3::1"));
  });

  it("has the 32-bit value as its key when it is IPv4, and a larger one otherwise", () => {
    expect(addressKey("0.0.1.0")).toBe(256);
    expect(addressKey("255.255.255.255")).toBe(2 ** 32 - 1);
    expect(addressKey("2001:db8::1")).toBeGreaterThanOrEqual(FIRST_HASHED_KEY);
    expect(addressKey("::ffff:0.0.1.0")).toBe(256);
    expect(addressKey(undefined)).toBe(0);
  });
});

describe("private space", () => {
  it.each([
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "127.0.0.1",
    "169.254.1.1",
    "100.64.0.1",
    "::1",
    "fd00::1",
    "fe80::1",
    "::ffff:10.0.0.1",
  ])("%s belongs to it", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(["8.8.8.8", "172.32.0.1", "192.169.0.1", "2001:db8::1", "100.128.0.1", "example.org"])(
    "%s does not",
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );
});
