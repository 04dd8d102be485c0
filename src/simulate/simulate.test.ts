import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AttackLabel, Label } from "./labels.ts";
import type { SimulateOptions } from "./options.ts";
import type { SimulatedRequest } from "./request.ts";
import { simulate } from "./simulate.ts";
import { nginxCombined } from "./writers/nginx.ts";

const DAY = 86_400_000;
const START = Date.parse("2026-03-02T00:00:00Z");

function play(
  options: SimulateOptions,
  look: (request: SimulatedRequest) => void = () => {},
): readonly Label[] {
  const run = simulate(options);
  for (const request of run.requests()) look(request);
  return run.labels();
}

function digest(options: SimulateOptions): string {
  const hash = createHash("sha256");
  const writer = nginxCombined.open({ logUsers: false });
  const labels = play({ detail: "line", ...options }, (request) => hash.update(writer.line(request)));
  return hash.update(JSON.stringify(labels)).digest("hex");
}

const small: SimulateOptions = { events: 12_000, days: 1, seed: 5 };

describe("a run", () => {
  it("gives the same bytes and labels for the same options", () => {
    expect(digest(small)).toBe(digest(small));
  });

  it("differs by seed", () => {
    expect(digest({ ...small, seed: 6 })).not.toBe(digest(small));
  });

  it("begins on Monday 2026-03-02 unless told otherwise, and keeps to its time in order", () => {
    for (const start of [undefined, Date.parse("2025-11-28T06:00:00Z")]) {
      let before = start ?? START;
      play({ ...small, days: 0.5, start }, ({ event }) => {
        expect(event.timestamp).toBeGreaterThanOrEqual(before);
        before = event.timestamp;
      });
      expect(before).toBeLessThan((start ?? START) + DAY / 2);
    }
  });

  it.each([
    [20_000, 0.5],
    [40_000, 1],
    [90_000, 3],
  ])("makes %d ordinary requests in %d days, within two in a hundred", (events, days) => {
    let ordinary = 0;
    play({ events, days, attacks: "none", detail: "line" }, () => ordinary++);
    expect(Math.abs(ordinary / events - 1)).toBeLessThan(0.02);
  });

  it("makes the same requests whether or not headers and bodies are wanted", () => {
    const targets = (detail: "line" | "full") => {
      const hash = createHash("sha256");
      play({ ...small, detail }, ({ event: e }) =>
        hash.update(
          `${e.timestamp} ${e["client.address"]} ${e["url.path"]} ${e["url.query"]} ${e["http.response.status_code"]}\n`,
        ),
      );
      return hash.digest("hex");
    };
    expect(targets("full")).toBe(targets("line"));
  });

  it("carries headers, bodies and trace ids in full detail", () => {
    let bodies = 0;
    play({ ...small, attacks: "none", detail: "full" }, ({ event }) => {
      expect(event["http.request.headers"]?.host).toBe(event["server.address"]);
      expect(event.trace_id).toMatch(/^[0-9a-f]{32}$/);
      if (event["http.request.body"] !== undefined) bodies++;
    });
    expect(bodies).toBeGreaterThan(300);
  });
});

describe("attacks", () => {
  it("leave ordinary traffic as it was: the same people ask for the same things at the same times", () => {
    const ordinary = (attacks: string) => {
      const hash = createHash("sha256");
      play({ ...small, detail: "line", attacks }, ({ event: e, label }) => {
        if (label.includes("probing") || label.includes("brute_force")) return;
        hash.update(
          `${e.timestamp} ${e["client.address"]} ${e["http.request.method"]} ${e["url.path"]} ${e["url.query"]}\n`,
        );
      });
      return hash.digest("hex");
    };
    expect(ordinary("probing:loud,brute_force:loud")).toBe(ordinary("none"));
  });

  it("are not there when none are asked for", () => {
    const labels = play({ ...small, attacks: "none" });
    expect(labels.filter((label) => "attack" in label)).toEqual([]);
    expect(labels.length).toBeGreaterThan(2);
  });

  it("are labelled with what was really sent", () => {
    const seen = new Map<string, { events: number; sources: Set<string>; first: number; last: number }>();
    const labels = play({ ...small, attacks: "default", detail: "line" }, ({ event, label }) => {
      if (label === "") return;
      const entry = seen.get(label) ?? { events: 0, sources: new Set(), first: event.timestamp, last: 0 };
      entry.events++;
      entry.sources.add(event["client.address"] ?? "");
      entry.last = event.timestamp;
      seen.set(label, entry);
    });
    const attacks = labels.filter((label): label is AttackLabel => "attack" in label);
    expect(attacks.length).toBeGreaterThan(25);
    for (const attack of attacks) {
      if (attack.events === 0) continue;
      const entry = seen.get(attack.attack);
      expect(entry?.events, attack.attack).toBe(attack.events);
      // What is about a service, not about clients, has the time of the trouble and no sources.
      if (attack.sources.length === 0) continue;
      expect([...(entry?.sources ?? [])].sort()).toEqual([...attack.sources].sort());
      expect(Date.parse(attack.start)).toBe(entry?.first);
      expect(Date.parse(attack.end)).toBe(entry?.last);
    }
  });
});

describe("sizes for memory benchmarks", () => {
  it("reach the addresses and paths asked for, within the number of requests", () => {
    const addresses = new Set<string>();
    const paths = new Set<string>();
    let requests = 0;
    play(
      { events: 60_000, days: 1, addresses: 20_000, paths: 12_000, attacks: "none", detail: "line" },
      ({ event }) => {
        addresses.add(event["client.address"] ?? "");
        paths.add(event["url.path"] ?? "");
        requests++;
      },
    );
    expect(addresses.size).toBeGreaterThanOrEqual(20_000);
    expect(paths.size).toBeGreaterThanOrEqual(12_000);
    expect(Math.abs(requests / 60_000 - 1)).toBeLessThan(0.02);
  });

  it("refuse what cannot be", () => {
    expect(() => simulate({ events: 1_000, addresses: 900 })).toThrow(/twice as many --events/);
    expect(() => simulate({ days: 0 })).toThrow(/--days takes a number above 0/);
    expect(() => simulate({ seed: -1 })).toThrow(/--seed takes a whole number/);
  });
});
