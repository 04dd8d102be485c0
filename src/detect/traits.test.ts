import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyFact } from "../fact.ts";
import { KEY_SEED, keyOf } from "../normalize/key.ts";
import { noTraits, noteTraits, type Traits } from "./traits.ts";

function traitsOf(paths: readonly string[]): Traits {
  const traits = noTraits();
  for (const path of paths)
    noteTraits(traits, { ...emptyFact(), agentKey: 7, pathKey: keyOf(KEY_SEED.path, path) });
  return traits;
}

describe("traits", () => {
  it("tell of paths the same in any order and however often", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(), (paths, turn) => {
        const at = turn % paths.length;
        const turned = [...paths.slice(at), ...paths, ...paths.slice(0, at)];
        expect(traitsOf(turned)).toEqual(traitsOf(paths));
      }),
    );
  });

  it("agree as often as the sets of paths overlap", () => {
    const TRIALS = 500;
    for (const [shared, jaccard] of [
      [0, 0],
      [20, 1 / 3],
      [36, 0.818],
      [40, 1],
    ] as const) {
      let agree = 0;
      for (let trial = 0; trial < TRIALS; trial++) {
        const set = (first: number) => Array.from({ length: 40 }, (_, i) => `/${trial}/${first + i}`);
        const [one, other] = [traitsOf(set(0)), traitsOf(set(40 - shared))];
        agree += one.paths.filter((hash, i) => hash === other.paths[i]).length;
      }
      expect(Math.abs(agree / (4 * TRIALS) - jaccard), `${shared} shared`).toBeLessThan(0.05);
    }
  });

  it("keep a few programs and payloads, and none that is not named", () => {
    const traits = noTraits();
    for (let key = 0; key < 100; key++)
      noteTraits(traits, { ...emptyFact(), agentKey: key, findingKey: key });
    expect(traits).toEqual({ agents: [1, 2, 3], payloads: [1, 2, 3, 4, 5, 6, 7, 8], paths: [] });
  });
});
