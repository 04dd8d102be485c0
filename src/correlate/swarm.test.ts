import { describe, expect, it } from "vitest";
import { runEngine } from "../../test/support/engine.ts";
import { parseScenarios } from "../../test/support/scenario.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { correlate } from "./incidents.ts";

const descriptors = new Map(DETECTORS.map(({ descriptor }) => [descriptor.id, descriptor]));

function incidentsOf(lines: readonly string[]) {
  const [scenario] = parseScenarios(`== a scenario\n${lines.join("\n")}\n-> nothing\n`);
  const engine = runEngine(scenario?.events ?? []);
  return correlate(engine.verdicts, { descriptors, explain: engine.explain, networks: undefined }).incidents;
}

/** "10:05:00" for 5. */
const clock = (minutes: number) =>
  `${String(10 + Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}:00`;
/** Each from a network of its own. */
const address = (i: number) => `${(20 + i) % 200}.${i % 250}.7.9`;

const GUESSES = "POST /login 401 120 x30 every=2s";

describe("addresses that do the same to one service", () => {
  it("are one campaign when one takes over from the other at the same endpoint", () => {
    const incidents = incidentsOf(
      [0, 10, 20, 30, 40, 50].map((at, i) => `${clock(at)} ${address(i)} ${GUESSES}`),
    );
    expect(incidents.map(({ entity, member_count }) => [entity.type, member_count])).toEqual([
      ["campaign", 6],
    ]);
  });

  it("are attackers each for itself when they are three, or hours apart", () => {
    const three = incidentsOf([0, 10, 20].map((at, i) => `${clock(at)} ${address(i)} ${GUESSES}`));
    expect(three.map(({ entity }) => entity.value).sort()).toEqual([0, 1, 2].map(address).sort());
    const apart = incidentsOf([0, 120, 240, 360].map((at, i) => `${clock(at)} ${address(i)} ${GUESSES}`));
    expect(apart).toHaveLength(4);
  });

  it("are not held together by one of them that lasts for hours", () => {
    const long = `${clock(0)} ${address(9)} POST /login 401 120 x800 every=20s`;
    const others = [60, 120, 180, 240].map((at, i) => `${clock(at)} ${address(i)} ${GUESSES}`);
    expect(incidentsOf([long, ...others])).toHaveLength(5);
  });

  it("are one campaign when it has three hundred", () => {
    const lines = Array.from(
      { length: 300 },
      (_, i) => `${clock(Math.floor(i / 5))} ${address(i)} ${GUESSES}`,
    );
    expect(incidentsOf(lines).map(({ member_count }) => member_count)).toEqual([300]);
  });

  describe("and look for what is not there", () => {
    const scan = (i: number, agent: string, words: string) =>
      `${clock(i * 7)} ${address(i)} GET /${words} 404 150 x200 every=500ms ua=${agent}`;
    const AGENTS = ["Go-http-client/1.1", "python-requests/2.31.0", "curl/8.5.0", "masscan/1.3"];

    it("are nobody's campaign when each has its own program and its own list", () => {
      const incidents = incidentsOf(AGENTS.map((agent, i) => scan(i, agent, `${"abcd"[i]}/{1..200}`)));
      expect(incidents.map(({ entity }) => entity.value).sort()).toEqual([0, 1, 2, 3].map(address).sort());
    });

    it("are unrelated too when they share the program of everybody, and nothing else", () => {
      const incidents = incidentsOf([0, 1, 2, 3].map((i) => scan(i, "curl/8.5.0", `${"abcd"[i]}/{1..200}`)));
      expect(incidents).toHaveLength(4);
    });

    it("are one campaign when program and list are the same", () => {
      const incidents = incidentsOf([0, 1, 2, 3].map((i) => scan(i, "curl/8.5.0", "list/{1..200}")));
      expect(incidents.map(({ member_count }) => member_count)).toEqual([4]);
    });

    it("are one campaign when more of them come than chance brings together", () => {
      const lines = Array.from(
        { length: 14 },
        (_, i) => `${clock(i * 2)} ${address(i)} GET /l${i}/{1..200} 404 150 x200 every=500ms ua=tool/${i}`,
      );
      expect(incidentsOf(lines).map(({ member_count }) => member_count)).toEqual([14]);
    });
  });
});
