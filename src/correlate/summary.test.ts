import { expect, it } from "vitest";
import { runEngine } from "../../test/support/engine.ts";
import { parseScenarios } from "../../test/support/scenario.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { correlate } from "./incidents.ts";

const descriptors = new Map(DETECTORS.map(({ descriptor }) => [descriptor.id, descriptor]));

it("tells the first detection with its arithmetic, and of the others what was seen", () => {
  const [scenario] = parseScenarios(
    "== guesses and probes\n10:00:00 203.0.113.9 POST /login 401 120 x60 every=1s\n" +
      "10:02:00 203.0.113.9 GET /old-{1..80}.php.bak 404 120 x80 every=1s\n-> nothing\n",
  );
  const engine = runEngine(scenario?.events ?? []);
  const { incidents, detections } = correlate(engine.verdicts, {
    descriptors,
    explain: engine.explain,
    networks: undefined,
  });
  expect(incidents).toHaveLength(1);
  const [incident] = incidents;
  const alarms = detections.filter(({ severity }) => severity !== "info");
  const whole = alarms.filter(({ explanation }) => incident?.summary.includes(explanation));
  expect(alarms.length).toBeGreaterThan(1);
  expect(whole).toHaveLength(1);
  for (const { explanation } of alarms) {
    expect(incident?.summary).toContain(explanation.slice(0, explanation.search(/\. [A-Z]/) + 1));
  }
});
