/** The words of an explanation about what went with the failures. */
import { describe, expect, it } from "vitest";
import { runEngine } from "../../../test/support/engine.ts";
import { parseScenarios } from "../../../test/support/scenario.ts";
import { errorSpike } from "./index.ts";

const ORDINARY = `
09:00:00 198.51.100.{1..50} GET /cart 200 800 x3600 every=1s
09:00:00 198.51.100.{1..50} GET /items 200 800 x3600 every=1s
09:00:00 198.51.100.{1..50} GET /offers 200 800 x3600 every=1s
09:00:00 198.51.100.{1..50} GET /stores 200 800 x3600 every=1s`;

function said(lines: string): string {
  const [scenario] = parseScenarios(`== one\n${ORDINARY}\n${lines}\n-> nothing`);
  const engine = runEngine(scenario?.events ?? [], { detectors: [errorSpike] });
  return engine.verdicts.map(engine.explain).join("\n");
}

describe("an error spike is told", () => {
  it("as what a release leaves behind, where nearly everything fails at the usual traffic", () => {
    const words = said(`
10:00:00 198.51.100.{1..50} GET /cart 502 60 x600 every=1s
10:00:00 198.51.100.{1..50} GET /items 502 60 x600 every=1s
10:00:00 198.51.100.{1..50} GET /offers 502 60 x600 every=1s
10:00:00 198.51.100.{1..50} GET /stores 502 60 x600 every=1s`);
    expect(words).toContain("4 of 4 endpoints failed at the usual traffic, as after a deploy");
  });

  it("as a crowd, where far more than usual came", () => {
    const words = said(`
10:00:00 198.51.100.{1..50} GET /cart 503 60 x3000 every=200ms
10:00:00 198.51.100.{1..50} GET /items 200 800 x3000 every=200ms
10:00:00 198.51.100.{1..50} GET /offers 200 800 x3000 every=200ms`);
    expect(words).toMatch(/ 3\.\d times the usual number of requests came .* that is no attack by itself/);
  });

  it("as a part that broke, where the others work", () => {
    const words = said(`
10:00:00 198.51.100.{1..50} GET /cart 500 60 x600 every=1s
10:00:00 198.51.100.{1..50} GET /items 200 800 x600 every=1s
10:00:00 198.51.100.{1..50} GET /offers 200 800 x600 every=1s
10:00:00 198.51.100.{1..50} GET /stores 200 800 x600 every=1s`);
    expect(words).toContain("1 of 4 endpoints failed at the usual traffic: look at what they depend on");
  });

  it("without such words where one source's own requests fail", () => {
    const words = said(`10:00:00 192.0.2.7 GET /cart 500 60 x3000 every=200ms`);
    expect(words).toContain("requests failed with 5xx");
    expect(words).not.toContain("traffic");
  });
});
