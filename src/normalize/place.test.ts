import { describe, expect, it } from "vitest";
import { type ApiEvent, emptyEvent } from "../event.ts";
import { addressKey } from "./address.ts";
import { countryAt, countryKey, networkKey, placeOf, systemAt } from "./place.ts";

function place(address: string | undefined, country?: string, system?: number): number {
  const event: ApiEvent = { ...emptyEvent(), "client.address": address };
  event["client.geo.country_iso_code"] = country;
  event["client.as.number"] = system;
  return placeOf(event, addressKey(address));
}

describe("a place", () => {
  it("holds a country and an autonomous system, exactly", () => {
    for (const country of ["AA", "DE", "ZZ"]) {
      for (const system of [1, 3320, 4_294_967_295]) {
        const key = place("192.0.2.7", country, system);
        expect(Number.isSafeInteger(key)).toBe(true);
        expect([countryAt(key), systemAt(key)]).toEqual([country, system]);
      }
    }
    const berlin = place("192.0.2.7", "DE", 3320);
    expect(countryKey(place("198.51.100.9", "DE", 3209))).toBe(countryKey(berlin));
    expect(networkKey(place("198.51.100.9", "AT", 3320))).toBe(networkKey(berlin));
  });

  it("knows a network without a number by its /24 or /48", () => {
    const one = place("192.0.2.7");
    expect([countryAt(one), systemAt(one)]).toEqual([undefined, undefined]);
    expect(place("192.0.2.200")).toBe(one);
    expect(place("192.0.3.7")).not.toBe(one);
    const six = place("2001:db8:1:2::1");
    expect(place("2001:db8:1:ffff::9")).toBe(six);
    expect(place("2001:db8:2:2::1")).not.toBe(six);
    expect(systemAt(six)).toBeUndefined();
  });

  it("is none without an address, and of an unreadable country only a network", () => {
    expect(place(undefined)).toBe(0);
    expect(place("a.host.example")).toBe(0);
    for (const country of ["", "D", "DEU", "d1", "??"])
      expect(place("192.0.2.7", country)).toBe(place("192.0.2.7"));
  });
});
