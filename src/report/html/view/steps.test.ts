import fc from "fast-check";
import { expect, test } from "vitest";
import { foldSteps, ticks } from "./steps.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function timeline(requests: readonly number[]) {
  const zeros = requests.map(() => 0);
  return { start: 1000, stepMs: 10, requests, refused: zeros, failed: zeros, attacks: zeros };
}

test("few steps stay as they are", () => {
  const steps = foldSteps(timeline([1, 2, 3]), 240);
  expect([steps.requests, steps.stepMs, steps.start, steps.end]).toEqual([[1, 2, 3], 10, 1000, 1030]);
});

test("many steps are joined in whole numbers, the last bar perhaps shorter of events but as long", () => {
  const steps = foldSteps(timeline([1, 2, 3, 4, 5]), 3);
  expect([steps.requests, steps.stepMs, steps.end]).toEqual([[3, 7, 5], 20, 1060]);
});

test("no count is lost, and no chart has too many bars", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { maxLength: 1100 }),
      fc.integer({ min: 1, max: 300 }),
      (series, most) => {
        const steps = foldSteps(timeline(series), most);
        expect(steps.length).toBeLessThanOrEqual(most);
        expect(steps.requests.reduce((sum, value) => sum + value, 0)).toBe(
          series.reduce((sum, value) => sum + value, 0),
        );
      },
    ),
  );
});

test("times under the chart are round", () => {
  const start = Date.UTC(2026, 2, 2, 0, 1);
  expect(ticks(start, start + 3 * DAY, 9)).toEqual({
    stepMs: 12 * HOUR,
    times: [12, 24, 36, 48, 60, 72].map((hours) => Date.UTC(2026, 2, 2, hours)),
  });
  expect(ticks(start, start + 40 * MINUTE, 9).stepMs).toBe(5 * MINUTE);
});

test("there are never too many, over a second or a century", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000_000_000_000 }),
      fc.integer({ min: 2, max: 12 }),
      (span, most) => {
        const { times, stepMs } = ticks(0, span, most);
        expect(times.length).toBeLessThanOrEqual(most + 1);
        expect(times.every((time) => time % stepMs === 0 && time < span)).toBe(true);
      },
    ),
  );
});
