import { expect, test } from "vitest";
import { gaugeOf } from "./gauge.ts";

test("the largest of the three sets the scale", () => {
  const gauge = gaugeOf({ observed: 100, expected: 25, threshold: 50, unit: "refusals" });
  expect(gauge.observed).toBeCloseTo(0.96, 2);
  expect(gauge.threshold / gauge.observed).toBeCloseTo(0.5);
  expect((gauge.expected ?? 0) / gauge.observed).toBeCloseTo(0.25);
});

test.each([
  [128, 5, "26 × the line"],
  [136, 40, "3.4 × the line"],
  [42, 40, "just over the line"],
  [5, 5, "at the line"],
  [1, 4, "25 % of the line"],
  [3, 0, ""],
])("%d against a line of %d is %j", (observed, threshold, words) => {
  expect(gaugeOf({ observed, expected: null, threshold, unit: "refusals" }).against).toBe(words);
});

test("nothing at all makes an empty line", () => {
  expect(gaugeOf({ observed: 0, expected: 0, threshold: 0, unit: "refusals" })).toMatchObject({
    observed: 0,
    expected: 0,
    threshold: 0,
  });
});

test("a certainty is not told as a multiple", () => {
  expect(gaugeOf({ observed: 1, expected: null, threshold: 0.8, unit: "certainty" }).against).toBe("");
});
