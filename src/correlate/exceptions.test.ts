import { describe, expect, it } from "vitest";
import { runEngine } from "../../test/support/engine.ts";
import { parseScenarios } from "../../test/support/scenario.ts";
import { DETECTORS } from "../detect/detectors.ts";
import type { Engine } from "../detect/engine.ts";
import { createExceptions, type Exception, type Judged } from "./exceptions.ts";
import { correlate } from "./incidents.ts";
import { detectionSettings } from "./settings.ts";

const judged: Judged = {
  detector: "scraping",
  category: "scraping",
  severity: "low",
  entity: { type: "client.address", value: "198.51.100.7" },
  service: "shop",
  endpoint: "GET /catalogue",
  lastSeen: Date.UTC(2026, 2, 2, 10),
};
const address = (value: string): Exception["entity"] => ({ type: "client.address", value });
const hides = (exception: Omit<Exception, "id" | "reason">, given: Partial<Judged> = {}) =>
  createExceptions([{ ...exception, id: "e1", reason: "known" }])({ ...judged, ...given })?.id === "e1";

describe("an exception", () => {
  it("fits when all that it names fits", () => {
    const scope = {
      detector: "scraping",
      entity: address("198.51.100.7"),
      service: "shop",
      endpoint: "GET /catalogue",
    };
    expect(hides(scope)).toBe(true);
    expect(hides(scope, { detector: "enumeration" })).toBe(false);
    expect(hides(scope, { service: "billing" })).toBe(false);
    expect(hides(scope, { endpoint: "GET /users" })).toBe(false);
    expect(hides(scope, { entity: { type: "client.address", value: "198.51.100.8" } })).toBe(false);
    expect(hides({ category: "scraping" })).toBe(true);
    expect(hides({ category: "injection" })).toBe(false);
  });

  it("takes ranges of addresses, and an IPv6 address for its /64", () => {
    expect(hides({ entity: address("198.51.100.0/24") })).toBe(true);
    expect(hides({ entity: address("198.51.101.0/24") })).toBe(false);
    const neighbour = { entity: { type: "client.address" as const, value: "2001:db8:0:1::9" } };
    expect(hides({ entity: address("2001:db8:0:1::1") }, neighbour)).toBe(true);
    expect(hides({ entity: address("2001:db8:0:2::1") }, neighbour)).toBe(false);
  });

  it("vouches for users behind an expected address, and for campaigns only when every member is known", () => {
    const user = { entity: { type: "user.id" as const, value: "ann" }, via: "198.51.100.7" };
    expect(hides({ entity: address("198.51.100.7") }, user)).toBe(true);
    expect(hides({ entity: { type: "user.id", value: "ann" } }, user)).toBe(true);
    expect(hides({ entity: { type: "user.id", value: "bob" } }, user)).toBe(false);
    const within = { members: ["198.51.100.7", "198.51.100.9"] };
    expect(hides({ entity: address("198.51.100.0/24") }, within)).toBe(true);
    expect(hides({ entity: address("198.51.100.0/24") }, { members: [...within.members, "192.0.2.1"] })).toBe(
      false,
    );
    expect(hides({ entity: address("198.51.100.0/24") }, { members: [""] })).toBe(false);
  });

  it("ends by the time of the events", () => {
    expect(hides({ detector: "scraping", expires: judged.lastSeen + 1 })).toBe(true);
    expect(hides({ detector: "scraping", expires: judged.lastSeen })).toBe(false);
  });
});

describe("settings of detection", () => {
  const read = (value: unknown) => detectionSettings.safeParse(value);
  const exception = (scope: object) => ({ exceptions: [{ reason: "known", ...scope }] });

  it("name detectors and thresholds that exist, within their bounds", () => {
    expect(read({ detectors: { brute_force: { thresholds: { burst: 8 } } } }).data?.detectors).toEqual({
      brute_force: { enabled: true, thresholds: { burst: 8 } },
    });
    for (const wrong of [
      { brute_farce: {} },
      { brute_force: { thresholds: { bursts: 8 } } },
      { brute_force: { thresholds: { burst: 0 } } },
      { brute_force: { thresholds: { burst: 1e9 } } },
      { brute_force: { thresholds: { burst: "8" } } },
    ])
      expect(read({ detectors: wrong }).success, JSON.stringify(wrong)).toBe(false);
  });

  it("refuse exceptions that name nobody, or an address that is none", () => {
    expect(read(exception({ entity: address("10.0.0.0/8") })).success).toBe(true);
    expect(read(exception({ service: "shop" })).success).toBe(false);
    expect(read(exception({ entity: address("10.0.0.0/40") })).success).toBe(false);
    expect(read(exception({ detector: "scraping", expires: "tomorrow" })).success).toBe(false);
  });
});

describe("correlation", () => {
  const [scenario] = parseScenarios(`
== two who guess
10:00:00 192.0.2.7 POST /login 401 120 x60 every=2s
10:00:01 198.51.100.7 POST /login 401 120 x60 every=2s
-> nothing`);
  const told = (engine: Engine, exceptions: readonly Exception[]) =>
    correlate(engine.verdicts, {
      descriptors: new Map(DETECTORS.map(({ descriptor }) => [descriptor.id, descriptor])),
      explain: engine.explain,
      networks: undefined,
      expected: createExceptions(exceptions),
    });

  it("tells what is expected as a fact, and everything else as before", () => {
    const engine = runEngine(scenario?.events ?? []);
    const before = told(engine, []);
    expect(before.incidents.map(({ entity }) => entity.value).sort()).toEqual(["192.0.2.7", "198.51.100.7"]);
    const exception = { id: "e1", entity: address("198.51.100.7"), reason: "our own load test" };
    const after = told(engine, [exception]);
    expect(after.incidents.map(({ entity }) => entity.value)).toEqual(["192.0.2.7"]);
    const hidden = after.detections.filter(({ entity }) => entity.value === "198.51.100.7");
    expect(hidden.map(({ severity, exception: by }) => [severity, by])).toEqual([
      ["info", { id: "e1", reason: "our own load test" }],
    ]);
    expect(told(engine, [])).toEqual(before);
  });
});
