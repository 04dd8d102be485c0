import { expect, test } from "vitest";
import { measured, milliseconds, moment, percent, shortSpan, spanWords, step, tickWords } from "./figures.ts";

const NOON = Date.UTC(2026, 2, 3, 12);

test("shares", () => {
  expect([0, 0.0004, 0.004, 0.05, 0.128, 1].map(percent)).toEqual([
    "0 %",
    "under 0.1 %",
    "0.4 %",
    "5 %",
    "13 %",
    "100 %",
  ]);
});

test("figures", () => {
  expect([0, 0.8, 0.123, 7, 99.5, 1234.5].map((value) => measured(value, "requests"))).toEqual([
    "0",
    "0.8",
    "0.12",
    "7",
    "99.5",
    "1,235",
  ]);
  expect(measured(0.8, "certainty")).toBe("80 %");
});

test("durations of answers", () => {
  expect([0.44, 9.96, 87.4, 1400, 12_600].map(milliseconds)).toEqual([
    "0.4 ms",
    "10 ms",
    "87 ms",
    "1.4 s",
    "13 s",
  ]);
});

test("spans name the year unless the report's head does", () => {
  expect(spanWords(NOON, NOON + 3_600_000)).toBe("3 Mar 2026 12:00 to 13:00");
  expect(shortSpan(NOON, NOON + 3_600_000)).toBe("3 Mar 12:00 to 13:00");
  expect(shortSpan(NOON, NOON + 86_400_000)).toBe("3 Mar 12:00 to 4 Mar 12:00");
  expect(shortSpan(NOON, NOON + 365 * 86_400_000)).toBe("3 Mar 2026 12:00 to 3 Mar 2027 12:00");
  expect(shortSpan(null, NOON)).toBe("no time");
});

test("moments have seconds, and short steps too", () => {
  expect(moment(NOON + 7000)).toBe("3 Mar 2026 12:00:07");
  expect(moment(null)).toBe("no time");
  expect(step(NOON, NOON + 10_000)).toBe("3 Mar 2026 12:00:00 to 12:00:10");
  expect(step(NOON, NOON + 600_000)).toBe("3 Mar 2026 12:00 to 12:10");
});

test("an axis names the day where one begins", () => {
  expect(tickWords(NOON, 3_600_000)).toBe("12:00");
  expect(tickWords(Date.UTC(2026, 2, 3), 3_600_000)).toBe("3 Mar");
  expect(tickWords(NOON, 86_400_000)).toBe("3 Mar");
});
