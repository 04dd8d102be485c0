import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHistory, quantileOf, remember, surpriseAbove, surpriseBelow } from "./history.ts";
import { createRecords, isRecord } from "./records.ts";
import { createSeason, learnSeason, usualAt } from "./season.ts";
import { createSurpriseSeries, type SurpriseSeries, surprise } from "./surprise.ts";

const START = Date.UTC(2026, 2, 2);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Between −1 and 1, the same in every run. */
const noise = (i: number) => Math.sin(i * 12.9898) * Math.sin(i * 78.233 + 1);

describe("a history", () => {
  it("holds exactly the newest values, smallest first", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 400 }), (values) => {
        const history = createHistory(100);
        for (const value of values) remember(history, value);
        const newest = values.slice(-100).sort((a, b) => a - b);
        expect([...history.sorted.subarray(0, history.count)]).toEqual(newest);
        expect(quantileOf(history, 0)).toBe(newest[0] ?? Number.NaN);
        expect(quantileOf(history, 1)).toBe(newest.at(-1) ?? Number.NaN);
      }),
    );
  });

  it("calls a value within the usual as likely as it was, and never a higher one more likely", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 30 }), (values) => {
        const history = createHistory(1000);
        for (const value of values) remember(history, value);
        const middle = quantileOf(history, 0.5);
        const asHigh = values.filter((value) => value >= middle).length;
        expect(surpriseAbove(history, middle)).toBeCloseTo(-Math.log10((asHigh + 1) / (values.length + 1)));
        const tries = [...values].sort((a, b) => a - b);
        const surprises = tries.map((value) => surpriseAbove(history, value));
        const beginsTail = tries.length - Math.max(5, Math.floor(tries.length * 0.02));
        for (let i = 1; i < beginsTail; i++)
          expect(surprises[i]).toBeGreaterThanOrEqual(surprises[i - 1] ?? 0);
      }),
    );
  });

  it("looks downwards as it looks upwards", () => {
    const up = createHistory(500);
    const down = createHistory(500);
    for (let i = 0; i < 500; i++) {
      remember(up, noise(i));
      remember(down, -noise(i));
    }
    for (const value of [0, 0.5, 0.99, 1.5, 4]) {
      expect(surpriseBelow(down, -value)).toBe(surpriseAbove(up, value));
    }
  });

  it("follows an exponential tail beyond all that was seen", () => {
    const history = createHistory(5000);
    for (let i = 1; i <= 5000; i++) remember(history, -Math.log(i / 5001));
    // The true chance of a value past 14 is e^-14: 6.08 tenfolds.
    expect(surpriseAbove(history, 14)).toBeGreaterThan(5.3);
    expect(surpriseAbove(history, 14)).toBeLessThan(6.4);
  });
});

describe("a season", () => {
  it("knows a time of day from its third day on, and one bad day hardly moves it", () => {
    const season = createSeason();
    const at = (day: number) => START + day * DAY_MS + 10 * 60 * MINUTE_MS;
    const usual: (number | undefined)[] = [];
    for (let day = 0; day < 7; day++) {
      for (let minute = -30; minute < 60; minute++) {
        learnSeason(season, at(day) + minute * MINUTE_MS, day === 5 ? 9000 : 100 + day);
      }
      learnSeason(season, at(day) + 12 * 60 * MINUTE_MS, 3);
      usual.push(usualAt(season, at(day)));
    }
    expect(usual).toEqual([undefined, undefined, 101, 102, 102, 103, 103]);
  });
});

describe("records", () => {
  it("tell an oddity once, a greater one again, and the same again after the rest", () => {
    const records = createRecords();
    const told: number[] = [];
    for (let i = 0; i < 260; i++) {
      const score = i === 50 || i === 60 || i === 200 ? 9 : i === 70 ? 12 : 1;
      if (isRecord(records, score)) told.push(i);
    }
    expect(told).toEqual([0, 50, 70, 200]);
  });

  it("hold little whatever comes", () => {
    const records = createRecords();
    for (let i = 0; i < 20_000; i++) isRecord(records, 1 / (i + 1));
    expect(records.standing.length).toBeLessThanOrEqual(64);
  });
});

describe("surprise", () => {
  const daily = (i: number) => 1000 + 600 * Math.sin((i / 288) * 2 * Math.PI) + 40 * noise(i);
  const time = (i: number) => START + i * 5 * MINUTE_MS;
  const scores = (series: SurpriseSeries, from: number, to: number, value: (i: number) => number) =>
    Array.from({ length: to - from }, (_, i) => surprise(series, time(from + i), value(from + i)));

  it("is small for a daily wave once it is known", () => {
    const series = createSurpriseSeries(4032);
    scores(series, 0, 288 * 7, daily);
    const usual = scores(series, 288 * 7, 288 * 10, daily).map(({ score }) => score);
    expect(Math.max(...usual)).toBeLessThan(7);
  });

  it("names the side it comes from", () => {
    const learned = () => {
      const series = createSurpriseSeries(4032);
      scores(series, 0, 288 * 10, daily);
      return series;
    };
    const most = (value: (i: number) => number, points: number) => {
      const seen = scores(learned(), 288 * 10, 288 * 10 + points, value);
      return seen.reduce((a, b) => (b.score > a.score ? b : a));
    };
    const spike = most((i) => daily(i) + (i === 288 * 10 + 3 ? 3000 : 0), 6);
    expect(spike.score).toBeGreaterThan(12);
    expect(spike.sides.high).toBeGreaterThan(4);
    expect(spike.sides.step).toBeGreaterThan(4);
    // A value that every day has, at a time when no day has it.
    const misplaced = most((i) => daily(i + 144), 40);
    expect(misplaced.sides.season).toBeGreaterThan(3);
    expect(misplaced.sides.high).toBeLessThan(2);
    // As high as ever on average, and restless.
    const restless = most((i) => daily(i) + 300 * (i % 2 === 0 ? 1 : -1), 30);
    expect(restless.sides.roughness).toBeGreaterThan(4);
  });

  it("is the same after a copy of its state at any point", () => {
    const whole = createSurpriseSeries(300);
    let copied = createSurpriseSeries(300);
    for (let i = 0; i < 1200; i++) {
      if (i % 97 === 0) copied = structuredClone(copied);
      expect(surprise(copied, time(i), daily(i))).toEqual(surprise(whole, time(i), daily(i)));
    }
    expect(copied).toEqual(whole);
  });

  it("never is infinite or undefined, for any numbers", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(0),
      fc.constant(7),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 500 }), (values) => {
        const series = createSurpriseSeries(64);
        for (const [i, each] of values.entries()) {
          const { score } = surprise(series, time(i), each);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(24);
        }
      }),
    );
  });
});
