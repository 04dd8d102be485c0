import { describe, expect, it } from "vitest";
import { createForecasting, type Forecasting, forecasts, learnPoint } from "./forecast.ts";

const STEP_MS = 300_000;
const START = Date.UTC(2026, 2, 2);
const DAY = 288;

/** Between −1 and 1, the same in every run. */
function noises(): () => number {
  let state = 5;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

function learned(points: number, value: (i: number) => number): Forecasting {
  const forecasting = createForecasting(STEP_MS, [6, 12]);
  for (let i = 0; i < points; i++) learnPoint(forecasting, START + i * STEP_MS, value(i));
  return forecasting;
}

const wave = (i: number) => 10 + 3 * Math.sin((i / DAY) * 2 * Math.PI);

describe("a forecast", () => {
  it("holds about nine in ten of what comes, by its own count", () => {
    const noise = noises();
    const forecasting = learned(DAY * 12, (i) => wave(i) + noise());
    for (const { judged, coverage, low, high, value } of forecasts(forecasting, START + DAY * 12 * STEP_MS)) {
      expect(judged).toBeGreaterThan(DAY * 11);
      expect(coverage).toBeGreaterThan(0.84);
      expect(coverage).toBeLessThan(0.96);
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
      expect(high - low).toBeLessThan(3.5);
    }
  });

  it("follows the season where a straight line would not", () => {
    const forecasting = learned(DAY * 8, wave);
    const now = DAY * 8 - 1;
    for (const { steps, value } of forecasts(forecasting, START + now * STEP_MS)) {
      expect(Math.abs(value - wave(now + steps))).toBeLessThan(0.35);
    }
  });

  it("sees where a slow climb leads, an hour before", () => {
    const noise = noises();
    const climb = (i: number) => 5 + 0.05 * Math.max(0, i - 200);
    const forecasting = learned(260, (i) => climb(i) + 0.05 * noise());
    const [, hour] = forecasts(forecasting, START + 259 * STEP_MS);
    expect(hour?.value).toBeGreaterThan(climb(265));
    expect(hour?.value).toBeLessThan(climb(275));
  });

  it("has no bounds before thirty forecasts came due", () => {
    const [half] = forecasts(learned(30, wave), START + 30 * STEP_MS);
    expect(half).toMatchObject({ low: Number.NaN, high: Number.NaN, judged: 0 });
  });

  it("is the same after a copy of its state", () => {
    const copied = structuredClone(learned(400, wave));
    const whole = learned(400, wave);
    learnPoint(copied, START + 400 * STEP_MS, 11);
    learnPoint(whole, START + 400 * STEP_MS, 11);
    expect(copied).toEqual(whole);
  });
});
