import { beforeAll, describe, expect, it } from "vitest";
import { CATEGORIES } from "../../event.ts";
import type { AttackLabel } from "../labels.ts";
import { simulate } from "../simulate.ts";
import { intensitiesOf } from "./attack.ts";
import { ATTACKS } from "./table.ts";

const DAYS = 6;
const START = Date.parse("2026-03-02T00:00:00Z");
const NAMES = ATTACKS.flatMap((attack) =>
  intensitiesOf(attack).map((intensity) => `${attack.name}-${intensity}-1`),
);

const labels = new Map<string, AttackLabel>();
const ordinarySources = new Set<string>();
const userAgents = new Map<string, Set<string>>();

beforeAll(() => {
  const run = simulate({ events: 60_000, days: DAYS, attacks: "all", detail: "line", seed: 3 });
  for (const { event, label } of run.requests()) {
    if (label === "") ordinarySources.add(event["client.address"] ?? "");
    const agents = userAgents.get(label) ?? new Set();
    agents.add(event["user_agent.original"] ?? "");
    userAgents.set(label, agents);
  }
  for (const label of run.labels()) if ("attack" in label) labels.set(label.attack, label);
});

describe.each(NAMES)("%s", (name) => {
  it("plays, within the run, and says what it was", () => {
    const label = labels.get(name);
    if (label === undefined) throw new Error(`${name} has no label`);
    expect(CATEGORIES).toContain(label.category);
    expect(name.startsWith(ATTACKS.find((attack) => name.startsWith(`${attack.name}-`))?.name ?? "?")).toBe(
      true,
    );
    expect(Date.parse(label.start)).toBeGreaterThanOrEqual(START);
    expect(Date.parse(label.end)).toBeLessThanOrEqual(START + DAYS * 86_400_000);
    expect(Date.parse(label.end)).toBeGreaterThan(Date.parse(label.start));
    expect(label.story).toMatch(/\.$/);
    expect(["unknown", "attempted", "probably_succeeded", "succeeded"]).toContain(label.outcome);
  });
});

describe("all attacks", () => {
  it("come from addresses of their own", () => {
    const owner = new Map<string, string>();
    for (const { attack, category, sources } of labels.values()) {
      if (["traffic_anomaly", "error_spike", "latency_degradation"].includes(category)) continue;
      for (const source of sources) {
        expect(owner.get(source), `${source} in ${attack}`).toBeUndefined();
        owner.set(source, attack);
      }
    }
    expect(owner.size).toBeGreaterThan(1_500);
  });

  it("use many addresses when distributed and one or two otherwise", () => {
    for (const { attack, intensity, sources, category } of labels.values()) {
      if (intensity === "distributed") expect(sources.length, attack).toBeGreaterThan(12);
      else if (!["credential_stuffing", "traffic_anomaly"].includes(category))
        expect(sources.length, attack).toBeLessThan(3);
    }
  });

  it("spend one to three tries per address in distributed stuffing, of which few succeed", () => {
    const label = labels.get("credential_stuffing-distributed-1");
    if (label === undefined) throw new Error("no label");
    expect(label.events / label.sources.length).toBeLessThan(2.5);
    expect(label.sources.length).toBeGreaterThan(400);
    expect(label.users.length).toBeGreaterThan(50);
  });

  it("are louder when they are loud", () => {
    for (const { name, minutes } of ATTACKS) {
      if (minutes.loud === undefined || minutes.slow === undefined) continue;
      if (name === "error_spike" || name === "latency_degradation") continue;
      const rate = (intensity: string) => {
        const label = labels.get(`${name}-${intensity}-1`);
        return label === undefined ? 0 : label.events / (Date.parse(label.end) - Date.parse(label.start));
      };
      expect(rate("loud"), name).toBeGreaterThan(rate("slow"));
    }
  });

  it("are dressed as ordinary browsers often enough that a user agent proves nothing", () => {
    const ordinary = userAgents.get("") ?? new Set();
    const disguised = [...labels.keys()].filter((name) =>
      [...(userAgents.get(name) ?? [])].some((agent) => ordinary.has(agent)),
    );
    expect(disguised.length / labels.size).toBeGreaterThan(0.4);
  });
});
