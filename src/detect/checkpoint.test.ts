import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  feed,
  newEngine,
  prepare,
  resumed,
  runEngine,
  runInPieces,
  stateOf,
} from "../../test/support/engine.ts";
import { parseScenarios } from "../../test/support/scenario.ts";
import type { ApiEvent } from "../event.ts";
import { simulate } from "../simulate/simulate.ts";
import { readCheckpoint } from "./checkpoint.ts";
import type { Detector } from "./detector.ts";
import { DETECTORS } from "./detectors.ts";
import { createEngine, DEFAULT_LIMITS, type Engine, type EngineLimits } from "./engine.ts";
import type { Verdict } from "./verdict.ts";

/** So small that everything which can be forgotten is. */
const TIGHT: EngineLimits = {
  services: 2,
  endpoints: 60,
  words: 40,
  routeKeys: 50,
  sources: { light: 150, watched: 30 },
  people: 40,
  verdicts: 12,
};

const ATTACKS =
  "brute_force,credential_stuffing,enumeration_ids,injection_sqli,probing,scraping,exfiltration_count,error_spike";

function simulated(seed: number): ApiEvent[] {
  const run = simulate({ seed, days: 1, events: 3000, attacks: ATTACKS, noise: true });
  return Array.from(run.requests(), ({ event }) => structuredClone(event));
}

/** Among them verdicts that are taken back long after they were closed. */
const INJECTIONS = parseScenarios(readFileSync(new URL("./injection/cases.txt", import.meta.url), "utf8"));

const told = (engine: Engine) => engine.verdicts.map((verdict) => [verdict, engine.explain(verdict)]);

describe("a run from checkpoint to checkpoint", () => {
  const streams = [5, 6].map((seed) => prepare(simulated(seed)));

  it.each([
    ["the usual limits", DEFAULT_LIMITS],
    ["limits that make it forget", TIGHT],
  ])("gives what an uninterrupted one does, with %s", (_, limits) => {
    const whole = streams.map((stream) => runInPieces(stream, [], { limits }));
    for (const { verdicts } of whole) expect(verdicts.length).toBeGreaterThan(9);
    fc.assert(
      fc.property(
        fc.nat(streams.length - 1),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (which, shares) => {
          const stream = streams[which] ?? [];
          const cuts = shares.map((share) => Math.floor(share * stream.length));
          const pieces = runInPieces(stream, cuts, { limits });
          const uninterrupted = whole[which];
          if (uninterrupted === undefined) throw new Error("no such stream");
          expect(told(pieces)).toStrictEqual(told(uninterrupted));
          expect(isDeepStrictEqual(stateOf(pieces), stateOf(uninterrupted))).toBe(true);
        },
      ),
      { numRuns: 8 },
    );
  });

  it("is not disturbed by being saved, nor by what goes on from the same bytes", () => {
    const [stream = []] = streams;
    const half = Math.floor(stream.length / 2);
    const engine = feed(newEngine({}), stream.slice(0, half));
    const bytes = engine.save();
    const before = Uint8Array.from(bytes);
    const finish = (started: Engine) => {
      feed(started, stream.slice(half)).end();
      return told(started);
    };
    const again = () => {
      const checkpoint = readCheckpoint(bytes, DETECTORS);
      if (!checkpoint.ok) throw new Error(checkpoint.message);
      return createEngine(DETECTORS, DEFAULT_LIMITS, () => {}, checkpoint.state);
    };
    const first = finish(again());
    expect(finish(again())).toStrictEqual(first);
    expect(finish(engine)).toStrictEqual(first);
    expect(Buffer.compare(bytes, before)).toBe(0);
  });
});

describe("a checkpoint of another time", () => {
  const [stream = []] = [prepare(simulated(7))];
  const half = Math.floor(stream.length / 2);
  const without = (...ids: string[]) => DETECTORS.filter(({ descriptor }) => !ids.includes(descriptor.id));
  const by = (id: string, verdicts: readonly Verdict[]) => verdicts.filter(({ detector }) => detector === id);

  /** Half of the stream with some detectors, the other half with others. */
  function change(before: readonly Detector[], after: readonly Detector[]): Engine {
    const first = feed(newEngine({ detectors: before }), stream.slice(0, half));
    const engine = feed(resumed(first, { detectors: after }), stream.slice(half));
    engine.end();
    return engine;
  }

  it("gives every detector its own state, whichever came, went or moved", () => {
    const whole = runInPieces(stream, []);
    const moved = change(DETECTORS, [...without("probing", "scraping")].reverse());
    const came = change(without("probing"), DETECTORS);
    for (const { descriptor } of without("probing", "scraping")) {
      expect(by(descriptor.id, moved.verdicts), descriptor.id).toStrictEqual(
        by(descriptor.id, whole.verdicts),
      );
      expect(by(descriptor.id, came.verdicts), descriptor.id).toStrictEqual(
        by(descriptor.id, whole.verdicts),
      );
    }
    const early = by("probing", moved.verdicts);
    expect(early.length).toBeGreaterThan(0);
    expect(early.every(({ closed }) => closed)).toBe(true);
  });

  it("names the detectors that start anew, because they are new or keep another form of state", () => {
    const bytes = feed(newEngine({ detectors: without("probing") }), stream.slice(0, half)).save();
    const newer = DETECTORS.map((detector) =>
      detector.descriptor.id === "scraping"
        ? { ...detector, stateVersion: detector.stateVersion + 1 }
        : detector,
    );
    const checkpoint = readCheckpoint(bytes, newer);
    expect(checkpoint).toMatchObject({ ok: true, startingAnew: ["probing", "scraping"] });
    if (!checkpoint.ok) return;
    createEngine(newer, DEFAULT_LIMITS, () => {}, checkpoint.state);
    const slot = newer.findIndex(({ descriptor }) => descriptor.id === "scraping");
    const { clients, actors } = checkpoint.state;
    const kept = [...clients.watched, ...actors.watched].flatMap((source) => source?.states[slot] ?? []);
    expect(kept).toEqual([]);
  });

  it("goes on under the limits of now", () => {
    const state = stateOf(newEngine({}));
    createEngine(DETECTORS, TIGHT, () => {}, state);
    expect([state.clients.limits, state.endpoints.limits, state.endpoints.tree.limits]).toEqual([
      TIGHT.sources,
      TIGHT,
      TIGHT,
    ]);
  });

  it("is refused with a reason when it has another format, or is not whole", () => {
    const bytes = feed(newEngine({}), stream.slice(0, half)).save();
    const formatAt = 2 + 5;
    const other = Uint8Array.from(bytes);
    other[formatAt] = 99;
    expect(readCheckpoint(other, DETECTORS)).toMatchObject({
      ok: false,
      reason: "version",
      message: expect.stringContaining("99"),
    });
    const parts = [0, 1, 5, formatAt + 1, 1000, bytes.length >> 1, bytes.length - 1];
    for (const part of [
      ...parts.map((end) => bytes.subarray(0, end)),
      Buffer.from("not a checkpoint at all"),
    ]) {
      expect(readCheckpoint(part, DETECTORS), `${part.length} bytes`).toMatchObject({
        ok: false,
        reason: "damaged",
      });
    }
  });
});

describe("released verdicts", () => {
  it("leave the list when they are closed, and only then", () => {
    const stream = prepare(simulated(8));
    const engine = feed(newEngine({}), stream);
    const open = engine.verdicts.filter(({ closed }) => !closed);
    const closed = engine.verdicts.filter((verdict) => verdict.closed);
    expect([open.length > 0, closed.length > 1]).toEqual([true, true]);
    const [spared, ...rest] = closed;
    engine.release(new Set([...rest, ...open]));
    expect(new Set(engine.verdicts)).toEqual(new Set([spared, ...open]));
    expect(engine.verdicts.every(({ kept }) => kept)).toBe(true);
    expect(rest.some(({ kept }) => kept)).toBe(false);
  });

  it("change nothing in what comes after, and are not told of again", () => {
    const gone = new Set<Verdict>();
    const toldAgain: Verdict[] = [];
    for (const { name, events } of INJECTIONS) {
      const engine = createEngine(DETECTORS, DEFAULT_LIMITS, (verdict) => {
        if (gone.has(verdict)) toldAgain.push(verdict);
      });
      const released: Verdict[] = [];
      for (const each of prepare(events)) {
        feed(engine, [each]);
        const over = engine.verdicts.filter(({ closed }) => closed);
        for (const verdict of over) gone.add(verdict);
        released.push(...over);
        engine.release(gone);
        expect(engine.verdicts.some(({ closed }) => closed)).toBe(false);
      }
      engine.end();
      const ids = [...released, ...engine.verdicts].map(({ id }) => id);
      expect(ids.sort(), name).toEqual(
        runEngine(events)
          .verdicts.map(({ id }) => id)
          .sort(),
      );
    }
    expect(gone.size).toBeGreaterThan(5);
    expect(toldAgain).toEqual([]);
  });

  it("make room for new ones", () => {
    const limits = { ...DEFAULT_LIMITS, verdicts: 3 };
    const stream = prepare(simulated(8));
    const full = feed(newEngine({ limits }), stream);
    const released = newEngine({ limits });
    for (let from = 0; from < stream.length; from += 250) {
      feed(released, stream.slice(from, from + 250));
      released.release(new Set(released.verdicts));
    }
    expect(full.dropped).toBeGreaterThan(0);
    expect([...stateOf(full).open.keys()].some(({ kept }) => !kept)).toBe(true);
    full.end();
    expect(stateOf(full).open.size).toBe(0);
    expect(released.dropped).toBeLessThan(full.dropped);
  });
});
