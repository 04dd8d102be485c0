import { describe, expect, it } from "vitest";
import { type Band, createBand, expectedIn, learnMinute, seasonalIn } from "./band.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A Monday. */
const START = Date.UTC(2026, 2, 2);

/** Between 0 and 1, the same in every run. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** About normal, as counts of many independent requests are. */
function drawn(mean: number, draw: () => number): number {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += draw();
  return Math.max(0, Math.round(mean + Math.sqrt(mean) * (sum - 6)));
}

const weekend = (time: number) => [0, 6].includes(new Date(time).getUTCDay());
const mean = (time: number) =>
  (weekend(time) ? 0.3 : 1) * (200 + 150 * Math.sin(((time % DAY_MS) / DAY_MS) * 2 * Math.PI));

function learned(days: number, factor: (day: number) => number = () => 1): Band {
  const band = createBand();
  const draw = draws(7);
  for (let time = START; time < START + days * DAY_MS; time += MINUTE_MS) {
    const day = Math.floor((time - START) / DAY_MS);
    learnMinute(band, time, drawn(mean(time) * factor(day), draw));
  }
  return band;
}

describe("a band", () => {
  it("covers what it says it covers, at night and at noon, on working days and at weekends", () => {
    const band = learned(28);
    expect(band.coverage).toBeGreaterThan(0.95);
    const draw = draws(99);
    const share = (from: number, hours: number) => {
      let within = 0;
      for (let minute = 0; minute < hours * 60; minute++) {
        const time = from + minute * MINUTE_MS;
        const expected = expectedIn(band, time);
        const count = drawn(mean(time), draw);
        if (expected !== undefined && count >= expected.low && count <= expected.high) within++;
      }
      return within / (hours * 60);
    };
    const monday = START + 28 * DAY_MS;
    expect(share(monday + 5 * 3_600_000, 3)).toBeGreaterThan(0.95);
    expect(share(monday + 16 * 3_600_000, 3)).toBeGreaterThan(0.95);
    expect(share(monday + 5 * DAY_MS + 5 * 3_600_000, 3)).toBeGreaterThan(0.95);
    const noon = expectedIn(band, monday + 6 * 3_600_000);
    expect(noon?.usual).toBeGreaterThan(300);
    expect(noon?.usual).toBeLessThan(400);
    expect((noon?.high ?? 0) - (noon?.low ?? 0)).toBeLessThan(200);
  });

  it("knows nothing until half an hour was seen, and then the level", () => {
    const band = createBand();
    for (let minute = 0; minute < 20; minute++) learnMinute(band, START + minute * MINUTE_MS, 50);
    expect(expectedIn(band, START + 3_600_000)).toBeUndefined();
    for (let minute = 20; minute < 40; minute++) learnMinute(band, START + minute * MINUTE_MS, 50);
    expect(expectedIn(band, START + 3_600_000)?.usual).toBeCloseTo(50);
  });

  it("does not follow a ramp of a week", () => {
    const band = learned(21, (day) => (day < 14 ? 1 : 1.3 ** (day - 13)));
    const monday = START + 21 * DAY_MS + 6 * 3_600_000;
    expect(mean(monday) * 1.3 ** 8).toBeGreaterThan((expectedIn(band, monday)?.high ?? Infinity) * 2);
  });

  it("is not taught by a ramp from the first day on, a half more each day, that it is normal", () => {
    const band = learned(7, (day) => 0.1 * 1.5 ** day);
    const noon = START + 7 * DAY_MS + 6 * 3_600_000;
    const seasonal = seasonalIn(band, noon, 3);
    const now = mean(noon) * 0.1 * 1.5 ** 7;
    expect(now).toBeGreaterThan(3 * (seasonal?.usual ?? Number.POSITIVE_INFINITY));
    expect(now).toBeGreaterThan(seasonal?.high ?? Number.POSITIVE_INFINITY);
  });

  it("knows the mean of a service with a request every other minute", () => {
    const band = createBand();
    for (let minute = 0; minute < 3000; minute++) learnMinute(band, START + minute * MINUTE_MS, minute % 2);
    expect(expectedIn(band, START + 3000 * MINUTE_MS)?.usual).toBeCloseTo(0.5, 1);
  });

  it("is moved by an hour of flood for less than an hour", () => {
    const calm = learned(14);
    const flooded = structuredClone(calm);
    const end = START + 14 * DAY_MS;
    for (let minute = 0; minute < 120; minute++) {
      const time = end + minute * MINUTE_MS;
      learnMinute(calm, time, Math.round(mean(time)));
      learnMinute(flooded, time, Math.round(mean(time)) * (minute < 60 ? 50 : 1));
    }
    const later = end + 4 * 3_600_000;
    const before = expectedIn(calm, later);
    const after = expectedIn(flooded, later);
    expect(after?.usual).toBeLessThan((before?.usual ?? 0) * 1.1);
    expect(after?.high).toBeLessThan((before?.high ?? 0) * 1.5);
  });

  it("counts a pause as minutes without requests", () => {
    const band = createBand();
    learnMinute(band, START, 10);
    learnMinute(band, START + 10 * MINUTE_MS, 10);
    expect(band.minutes).toBe(11);
    learnMinute(band, START + 40 * DAY_MS, 10);
    expect(band.minutes).toBe(12);
  });
});
