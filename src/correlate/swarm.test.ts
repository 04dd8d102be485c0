import { describe, expect, it } from "vitest";
import { runEngine } from "../../test/support/engine.ts";
import { parseScenarios } from "../../test/support/scenario.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { correlate } from "./incidents.ts";

const descriptors = new Map(DETECTORS.map(({ descriptor }) => [descriptor.id, descriptor]));

function incidentsOf(lines: string) {
  const [scenario] = parseScenarios(`== a scenario\n${lines}\n-> nothing\n`);
  const engine = runEngine(scenario?.events ?? []);
  return correlate(engine.verdicts, { descriptors, explain: engine.explain, networks: undefined }).incidents;
}

const GUESSES = "POST /login 401 120 x30 every=2s";

describe("addresses that do the same to one service", () => {
  it("are one campaign when one takes over from the other", () => {
    const incidents = incidentsOf(
      [0, 10, 20, 30, 40, 50]
        .map((minute) => `10:${String(minute).padStart(2, "0")}:00 192.0.2.${minute + 1} ${GUESSES}`)
        .join("\n"),
    );
    expect(incidents.map(({ entity, member_count }) => [entity.type, member_count])).toEqual([
      ["campaign", 6],
    ]);
  });

  it("are attackers each for itself when they are three, or hours apart", () => {
    const three = incidentsOf(
      ["10:00:00", "10:10:00", "10:20:00"].map((at, i) => `${at} 192.0.2.${i + 1} ${GUESSES}`).join("\n"),
    );
    expect(three.map(({ entity }) => entity.value).sort()).toEqual(["192.0.2.1", "192.0.2.2", "192.0.2.3"]);
    const apart = incidentsOf(
      ["10:00:00", "12:00:00", "14:00:00", "16:00:00"]
        .map((at, i) => `${at} 192.0.2.${i + 1} ${GUESSES}`)
        .join("\n"),
    );
    expect(apart).toHaveLength(4);
  });
});
