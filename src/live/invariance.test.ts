/** What is told is a function of the events alone: of no batch, no moment of looking, and no restart. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchOfLines } from "../../test/support/watched-batch.ts";
import { readCheckpoint } from "../detect/checkpoint.ts";
import { DETECTORS } from "../detect/detectors.ts";
import { DEFAULT_LIMITS } from "../detect/engine.ts";
import { openNetworks } from "../normalize/networks.ts";
import { simulate } from "../simulate/simulate.ts";
import { WRITERS } from "../simulate/writers/table.ts";
import { type ChangedIncident, createWatch } from "./watch.ts";

const DAYS = 4;
const ARRIVED = Date.UTC(2026, 2, 2 + DAYS);
const ATTACKS = "lab,brute_force:distributed,injection_log4shell:distributed,probing:distributed";

const networks = openNetworks({ folder: "none" });

function linesOf(seed: number): string[] {
  const writer = WRITERS.find(({ name }) => name === "vedette");
  if (writer === undefined) throw new Error("no such format");
  const simulation = simulate({ seed, days: DAYS, events: 4000, attacks: ATTACKS, noise: true });
  const { line } = writer.open({ logUsers: true });
  return Array.from(simulation.requests(), (request) => line(request).trimEnd());
}

interface Cut {
  /** Events of the next batch. */
  readonly size: number;
  /** What happens next. */
  readonly after: "nothing" | "look" | "restart";
}

/**
 * The last word on each incident, when the stream comes in these batches, over and over. As in the records of cases,
 * one all of whose alarms became part of another, or were taken back, does not stand any more.
 */
function toldOf(lines: readonly string[], cuts: readonly Cut[]): Map<string, unknown> {
  const options = { detectors: DETECTORS, limits: DEFAULT_LIMITS, networks };
  let watch = createWatch(options);
  const told = new Map<string, unknown>();
  const holders = new Map<string, string>();
  const withdrawn = new Set<string>();
  const look = () => {
    const { incidents, expected } = watch.changes();
    for (const { id } of expected) withdrawn.add(id);
    for (const change of incidents) {
      const { id } = change.incident;
      told.set(id, withoutIds(change));
      for (const detection of change.detections) holders.set(detection.id, id);
      watch.recorded(change);
    }
  };
  for (let from = 0, turn = 0; from < lines.length; turn++) {
    const cut = cuts[turn % cuts.length];
    if (cut === undefined) throw new Error("no cuts");
    watch.accept(batchOfLines(lines.slice(from, from + cut.size), ARRIVED + turn));
    from += cut.size;
    if (cut.after !== "nothing") look();
    if (cut.after !== "restart") continue;
    const checkpoint = readCheckpoint(watch.engine.save(), DETECTORS);
    if (!checkpoint.ok) throw new Error(checkpoint.message);
    watch = createWatch({ ...options, saved: checkpoint.state });
  }
  watch.engine.end();
  look();
  const alarms = [...holders].filter(([id]) => !withdrawn.has(id));
  const standing = new Set(alarms.map(([, incident]) => incident));
  return new Map([...told].filter(([id]) => standing.has(id)));
}

/** An event's id tells its batch. */
function withoutIds({ incident, detections }: ChangedIncident): unknown {
  return {
    incident,
    detections: detections.map(({ samples, ...detection }) => ({
      ...detection,
      samples: samples.map(({ timestamp, request }) => [timestamp, request]),
    })),
  };
}

describe("what the live engine tells", () => {
  const lines = linesOf(31);
  const whole = toldOf(lines, [{ size: lines.length, after: "nothing" }]);

  it("is about many attacks, some of them by many addresses", () => {
    expect(whole.size).toBeGreaterThan(25);
  });

  it("is the same in any batches, however often people look and it starts anew", () => {
    const cut = fc.record({
      size: fc.integer({ min: 300, max: 4000 }),
      after: fc.constantFrom("nothing" as const, "look" as const, "restart" as const),
    });
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 9 }), (cuts) => {
        expect(toldOf(lines, cuts)).toEqual(whole);
      }),
      {
        numRuns: 4,
        // Here an office that mistyped looked like an attack for a moment.
        examples: [
          [
            [
              { size: 3696, after: "nothing" },
              { size: 2997, after: "look" },
            ],
          ],
        ],
      },
    );
  });
});
