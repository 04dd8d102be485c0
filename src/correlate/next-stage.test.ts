import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepAttacks, type PastAttack } from "../detect/past-attacks.ts";
import { STAGES, type Stage } from "../event.ts";
import { type Attack, foresee, pastAttackOf } from "./next-stage.ts";

const attack = (start: number, ...stages: Stage[]): Attack => ({ stages, start, end: start + 10 });
const last = (attacks: readonly Attack[], past: readonly PastAttack[] = []) => foresee(attacks, past).at(-1);

describe("the next stage", () => {
  it("is by what is published while nothing is known", () => {
    expect(last([attack(0, "probing")])).toEqual({
      next: {
        stage: "exploit",
        probability: 0.13,
        basis:
          "No earlier attack here came to probing: this is the published rate of 27 % for any step further.",
      },
      risk: 0,
    });
  });

  it("is where most earlier attacks went on to, and adds to the risk", () => {
    const earlier = Array.from({ length: 16 }, (_, i) => attack(i * 20, "probing", "access", "impact"));
    expect(last([...earlier, attack(1000, "reconnaissance", "probing")])).toEqual({
      next: {
        stage: "access",
        // (16 + 4 · 0.067) / (16 + 4)
        probability: 0.81,
        basis:
          "Of 16 earlier attacks that came to probing, 16 went on; the published rate of 27 % for any step further counts as 4 attacks.",
      },
      // Of 20 attacks 16 + 4 · 0.268 went on: 0.854 where 0.268 is usual.
      risk: 8,
    });
  });

  it("is seldom reached where attacks end early, which takes nothing from the risk", () => {
    const earlier = Array.from({ length: 36 }, (_, i) => attack(i * 20, "probing"));
    expect(last([...earlier, attack(1000, "probing")])).toMatchObject({
      next: { stage: "exploit", probability: 0.01 },
      risk: 0,
    });
  });

  it("is none after the last, and none of what is no attack", () => {
    expect(last([attack(0, "probing", "exfiltration")])).toBeUndefined();
    expect(last([attack(0, "impact")])).toBeUndefined();
  });

  it("is told by what was over when the attack began, wherever that is kept", () => {
    const attacks = fc.array(
      fc.record({
        start: fc.nat(500),
        length: fc.nat(100),
        stages: fc.subarray([...STAGES], { minLength: 1 }),
      }),
      { minLength: 2, maxLength: 30 },
    );
    fc.assert(
      fc.property(attacks, fc.nat(), (drawn, cut) => {
        const all = drawn
          .map(({ start, length, stages }): Attack => ({ stages, start, end: start + length }))
          .sort((a, b) => a.end - b.end);
        const at = cut % all.length;
        const kept: PastAttack[] = [];
        keepAttacks(kept, all.slice(0, at).map(pastAttackOf));
        expect(foresee(all.slice(at), kept)).toEqual(foresee(all, []).slice(at));
      }),
    );
  });

  it("has chances that come to no more than certainty", () => {
    for (const stage of STAGES) {
      for (let n = 0; n < 40; n += 13) {
        const earlier = Array.from({ length: n }, (_, i) => attack(i * 20, ...STAGES));
        const foreseen = last([...earlier, attack(5000, stage)]);
        expect(foreseen?.next.probability ?? 0).toBeLessThanOrEqual(1);
        expect(foreseen?.risk ?? 0).toBeLessThanOrEqual(10);
      }
    }
  });
});
