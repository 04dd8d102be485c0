import { describe, expect, it } from "vitest";
import { mix, Rng, stream } from "./random.ts";

describe("a stream", () => {
  it("is the same for the same names and another for others", () => {
    const draws = (rng: Rng) => Array.from({ length: 5 }, () => rng.bits());
    expect(draws(stream(1, "visit", 7))).toEqual(draws(stream(1, "visit", 7)));
    expect(draws(stream(1, "visit", 8))).not.toEqual(draws(stream(1, "visit", 7)));
    expect(draws(stream(2, "visit", 7))).not.toEqual(draws(stream(1, "visit", 7)));
  });

  it("draws evenly: each of sixteen bins has its sixteenth within four standard deviations", () => {
    const rng = new Rng(42);
    const bins = new Array<number>(16).fill(0);
    for (let i = 0; i < 160_000; i++) bins[rng.below(16)]++;
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(4 * Math.sqrt(10_000 * (15 / 16)));
  });

  it("starts unrelated from neighbouring seeds: first draws of a thousand seeds have the mean of even draws", () => {
    let sum = 0;
    for (let seed = 0; seed < 1000; seed++) sum += new Rng(seed).unit();
    expect(Math.abs(sum / 1000 - 0.5)).toBeLessThan(0.04);
  });

  it.each([0.2, 3, 30, 300])("has Poisson counts of mean and variance %d", (mean) => {
    const rng = new Rng(9);
    const counts = Array.from({ length: 20_000 }, () => rng.poisson(mean));
    const average = counts.reduce((a, b) => a + b) / counts.length;
    const variance = counts.reduce((sum, n) => sum + (n - average) ** 2, 0) / counts.length;
    expect(average / mean).toBeCloseTo(1, 1);
    expect(variance / mean).toBeCloseTo(1, 1);
  });

  it("has log-normal draws around the median", () => {
    const rng = new Rng(3);
    const draws = Array.from({ length: 9_999 }, () => rng.logNormal(100, 0.8)).sort((a, b) => a - b);
    expect(draws[4_999]).toBeGreaterThan(95);
    expect(draws[4_999]).toBeLessThan(105);
    expect(draws[9_899] / draws[4_999]).toBeGreaterThan(5);
  });
});

describe("mix", () => {
  it("changes half of its bits when one bit of either number changes", () => {
    let changed = 0;
    let pairs = 0;
    for (let i = 0; i < 400; i++) {
      for (const bit of [0, 7, 15, 31]) {
        for (const other of [mix(i ^ (1 << bit), 5), mix(i, 5 ^ (1 << bit))]) {
          changed += bitCount((mix(i, 5) ^ other) >>> 0);
          pairs++;
        }
      }
    }
    expect(changed / pairs).toBeGreaterThan(15);
    expect(changed / pairs).toBeLessThan(17);
  });
});

function bitCount(value: number): number {
  return value.toString(2).replaceAll("0", "").length;
}
