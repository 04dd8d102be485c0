import { describe, expect, it } from "vitest";
import { Rng } from "../random.ts";
import { ipv4, ipv4In, ipv6In, parseBlock, subnet64 } from "./addresses.ts";
import { createCatalogue, FIRST_PRODUCT } from "./catalogue.ts";
import { createNetworks } from "./connection.ts";
import { COUNTRIES } from "./countries.ts";
import { uuid } from "./identifiers.ts";
import { createPeople, emailOf } from "./people.ts";
import { PROVIDERS } from "./providers.ts";
import { activity } from "./season.ts";
import { userAgentOf } from "./user-agents.ts";

const MONDAY = Date.parse("2026-03-02T00:00:00Z");
const HOUR = 3_600_000;

describe("addresses", () => {
  it("stay in their block and off the ends that hosts rarely have", () => {
    for (const { v4 } of PROVIDERS) {
      for (const block of v4) {
        for (let hash = 1; hash < 4e9; hash = hash * 7 + 3) {
          const octets = ipv4In(block, hash % 4_294_967_296)
            .split(".")
            .map(Number);
          const value = octets.reduce((sum, octet) => sum * 256 + octet, 0);
          expect(value).toBeGreaterThanOrEqual(block.base);
          expect(value).toBeLessThan(block.base + block.size);
          expect([0, 255]).not.toContain(octets[3]);
        }
      }
    }
  });

  it("are written as people write them", () => {
    expect(parseBlock("84.128.0.0/10")).toEqual({ base: 1_417_674_752, size: 4_194_304 });
    expect(ipv4(1_417_674_752)).toBe("84.128.0.0");
    expect(ipv6In(subnet64("2a02:8109", 7), 9)).toMatch(/^2a02:8109(:[0-9a-f]{1,4}){6}$/);
    expect(subnet64("2804:14c:401", 7)).toMatch(/^2804:14c:401:[0-9a-f]{1,4}$/);
  });
});

describe("people", () => {
  const people = createPeople(1, 20_000);

  it("live in each country by its share", () => {
    const total = COUNTRIES.reduce((sum, country) => sum + country.share, 0);
    for (const [c, country] of COUNTRIES.entries()) {
      expect(Math.abs(people.countIn(c) - (20_000 * country.share) / total)).toBeLessThan(2);
    }
    expect(people.person(19_999).country).toBe(COUNTRIES.length - 1);
  });

  it("have ids and e-mail addresses of their own", () => {
    const some = Array.from({ length: 5_000 }, (_, i) => people.person(i));
    expect(new Set(some.map((person) => person.id)).size).toBe(5_000);
    expect(new Set(some.map((person) => person.uuid)).size).toBe(5_000);
    expect(emailOf(some[12])).toMatch(/^[a-z.'-]+\d*@[a-z-]+\.example$/);
    expect(uuid(8)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("share addresses as people do: carriers and offices have many behind one, homes few", () => {
    const networks = createNetworks(1, people);
    const germans = Array.from({ length: 2_000 }, (_, i) => people.person(i));
    const noon = MONDAY + 11 * HOUR;
    const crowd = (address: (i: number) => string | undefined) => {
      const counts = new Map<string, number>();
      for (const person of germans) {
        const at = address(person.index);
        if (at !== undefined && !at.includes(":")) counts.set(at, (counts.get(at) ?? 0) + 1);
      }
      return Math.max(...counts.values());
    };
    expect(crowd((i) => networks.home(germans[i], noon))).toBeLessThan(5);
    expect(crowd((i) => networks.mobile(germans[i], noon))).toBeGreaterThan(24);
    expect(
      crowd((i) => {
        const office = networks.officeOf(germans[i]);
        return office === undefined ? undefined : networks.office(0, office);
      }),
    ).toBeGreaterThan(60);
  });
});

describe("orders", () => {
  const catalogue = createCatalogue(3, 1_000, 500, MONDAY);

  it("belong to one person each, and that person is found from the number", () => {
    const numbers = new Set<number>();
    for (let person = 0; person < 500; person++) {
      for (let n = 0; n < catalogue.orderCount(person); n++) {
        const order = catalogue.order(person, n);
        expect(catalogue.ownerOf(order)).toBe(person);
        numbers.add(order);
      }
    }
    const span = catalogue.lastOrder - catalogue.firstOrder + 1;
    expect(numbers.size / span).toBeGreaterThan(0.7);
    expect(catalogue.ownerOf(catalogue.firstOrder - 1)).toBeUndefined();
  });

  it("get higher numbers as time goes by", () => {
    expect(catalogue.newOrder(MONDAY + HOUR)).toBeGreaterThan(catalogue.newOrder(MONDAY));
    expect(catalogue.newOrder(MONDAY)).toBeGreaterThan(catalogue.lastOrder);
  });

  it("are for products that are sold, a few of them most often", () => {
    const rng = new Rng(1);
    const counts = new Map<number, number>();
    for (let i = 0; i < 20_000; i++) {
      const product = catalogue.popular(rng);
      expect(catalogue.isSold(product)).toBe(true);
      counts.set(product, (counts.get(product) ?? 0) + 1);
    }
    const best = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 50);
    expect(best.reduce((sum, [, count]) => sum + count, 0) / 20_000).toBeGreaterThan(0.25);
    expect(best[0][0]).toBeLessThan(FIRST_PRODUCT + 50);
  });
});

describe("the season", () => {
  it("is quiet at night, busy in the evening, by the clock of the country", () => {
    expect(activity(MONDAY + 3 * HOUR, 0)).toBeLessThan(0.2);
    expect(activity(MONDAY + 20 * HOUR, 0)).toBeGreaterThan(1.5);
    expect(activity(MONDAY + 20 * HOUR, -5)).toBe(activity(MONDAY + 15 * HOUR, 0));
  });
});

describe("user agents", () => {
  it("are the same for a device and complete", () => {
    for (const platform of ["desktop", "phone", "app"] as const) {
      for (let hash = 0; hash < 500; hash++) {
        const agent = userAgentOf(platform, hash * 7919);
        expect(agent).toBe(userAgentOf(platform, hash * 7919));
        expect(agent).not.toMatch(/[{}]|undefined/);
      }
    }
  });
});
