/** What every detector must pass: its own scenarios, and the promises of the contract. */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { feed, newEngine, prepare, runEngine, runInPieces, stateOf } from "../../test/support/engine.ts";
import { parseScenarios, type Scenario } from "../../test/support/scenario.ts";
import { CATEGORIES, EVENT_FIELDS } from "../event.ts";
import { DETECTORS } from "./detectors.ts";
import type { DetectorSetting } from "./settings.ts";
import type { Verdict } from "./verdict.ts";

const folderOf = (id: string) => id.replaceAll("_", "-");

/** Where runs are stopped and gone on with, as shares of their events. */
const CUTS = [0, 0.2, 0.4, 0.6, 0.8, 0.97];

const outline = (verdict: Verdict) =>
  `${verdict.category} ${verdict.severity} ${verdict.outcome} ${verdict.entity.value}`;

describe.each(DETECTORS.map((detector) => [detector.descriptor.id, detector] as const))(
  "%s",
  (id, detector) => {
    const { descriptor } = detector;
    const text = readFileSync(new URL(`./${folderOf(id)}/cases.txt`, import.meta.url), "utf8");
    const scenarios = parseScenarios(text);

    it("has scenarios in which it fires, and scenarios in which it must not", () => {
      expect(scenarios.some(({ expected }) => expected.length > 0)).toBe(true);
      expect(scenarios.some(({ expected }) => expected.length === 0)).toBe(true);
    });

    it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
      const engine = runEngine(scenario.events, { detectors: [detector] });
      expect(engine.verdicts.map(outline).sort().join("; ")).toBe([...scenario.expected].sort().join("; "));
      for (const verdict of engine.verdicts) {
        const explanation = engine.explain(verdict);
        expect(explanation).toMatch(/\d/);
        expect(explanation).not.toMatch(/undefined|NaN|Infinity/);
        expect(explanation.length).toBeGreaterThan(60);
        expect(verdict.closed).toBe(true);
        expect(verdict.events).toBeGreaterThan(id === "log_silence" ? -1 : 0);
        expect(verdict.floor, verdict.line).toBeGreaterThan(0);
        expect(verdict.firstSeen).toBeLessThanOrEqual(verdict.detectedAt);
        expect(verdict.detectedAt).toBeLessThanOrEqual(verdict.lastSeen);
      }
    });

    it("says the same about the same events twice, and from checkpoint to checkpoint", () => {
      for (const { name, events } of scenarios) {
        const whole = runEngine(events, { detectors: [detector] });
        const cuts = CUTS.map((share) => Math.floor(events.length * share));
        const pieces = runInPieces(prepare(events), cuts, { detectors: [detector] });
        expect(pieces.verdicts, name).toStrictEqual(whole.verdicts);
        expect(isDeepStrictEqual(stateOf(pieces), stateOf(whole)), `what is known after "${name}"`).toBe(
          true,
        );
        expect(pieces.verdicts.map(pieces.explain)).toEqual(whole.verdicts.map(whole.explain));
      }
    });

    it("obeys each of its thresholds", () => {
      const said = ({ events }: Scenario, thresholds: DetectorSetting["thresholds"]) =>
        runEngine(events, { detectors: [detector], settings: { [id]: { enabled: true, thresholds } } })
          .verdicts.map((verdict) => `${outline(verdict)} ${verdict.detectedAt} ${verdict.origin}`)
          .join("\n");
      // Short ones first: one that shows it is enough.
      const short = scenarios.toSorted((a, b) => a.events.length - b.events.length);
      const published = new Map(short.map((scenario) => [scenario, said(scenario, {})]));
      for (const { name, floor, least, most } of descriptor.thresholds) {
        expect(name).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
        expect(least).toBeLessThan(floor);
        expect(floor).toBeLessThan(most);
        const obeyed = short.some((scenario) =>
          [most, least].some((value) => said(scenario, { [name]: value }) !== published.get(scenario)),
        );
        expect(obeyed, name).toBe(true);
      }
    });

    it("says nothing and learns nothing while it is off, and knows what it knew afterwards", () => {
      for (const { name, events } of scenarios) {
        const engine = newEngine({
          detectors: [detector],
          settings: { [id]: { enabled: false, thresholds: {} } },
        });
        const fresh = stateOf(engine).detectors;
        feed(engine, prepare(events)).end();
        expect(engine.verdicts, name).toEqual([]);
        expect(stateOf(engine).detectors, name).toEqual(fresh);
      }
    });

    it("describes itself completely", () => {
      expect(descriptor.id).toMatch(/^[a-z_]+$/);
      expect(CATEGORIES).toContain(descriptor.category);
      for (const field of [...descriptor.needs, ...Object.keys(descriptor.better)])
        expect(EVENT_FIELDS).toContain(field);
      for (const list of [
        descriptor.thresholds,
        descriptor.falsePositives,
        descriptor.investigate,
        descriptor.respond,
      ]) {
        expect(list.length).toBeGreaterThan(0);
      }
      for (const risk of descriptor.owasp) expect(risk).toMatch(/^API(?:10|[1-9]):2023$/);
      for (const technique of descriptor.mitre) expect(technique).toMatch(/^T\d{4}(?:\.\d{3})?$/);
      for (const weakness of descriptor.cwe) expect(weakness).toMatch(/^CWE-\d+$/);
    });
  },
);
