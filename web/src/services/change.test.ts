import { expect, test } from "vitest";
import { rangeOf } from "../shell/range.ts";
import { changeOf, rangeBefore } from "./change.ts";

const usual = { n: 1000, errors: 2, p95: 100 };

test("the same hours before are whole days earlier, as many as the range is long", () => {
  const hours = rangeOf({ from: "2026-03-03T10:00:00.000Z", to: "2026-03-03T16:00:00.000Z" });
  expect(rangeBefore(hours).bounds()).toEqual({
    from: "2026-03-02T10:00:00.000Z",
    to: "2026-03-02T16:00:00.000Z",
  });
  const week = rangeOf({ from: "2026-03-03T00:00:00.000Z", to: "2026-03-10T00:00:00.000Z" });
  expect(rangeBefore(week).bounds().from).toBe("2026-02-24T00:00:00.000Z");
  expect(rangeBefore(week).key).not.toBe(week.key);
});

test.each([
  ["half as slow again, and by more than 20 ms", { ...usual, p95: 151 }, usual, { p95: 100 }],
  ["a few milliseconds of few", { ...usual, p95: 20 }, { ...usual, p95: 5 }, { p95: undefined }],
  [
    "twice the failures, and by more than one in a hundred",
    { ...usual, errors: 20 },
    usual,
    { failed: 0.002 },
  ],
  ["a handful more failures", { ...usual, errors: 8 }, usual, { failed: undefined }],
  ["of too few requests", { n: 10, errors: 9, p95: 900 }, usual, { p95: undefined, failed: undefined }],
  ["the first requests of all", usual, undefined, { isNew: true, p95: undefined }],
])("%s", (_name, now, before, change) => {
  expect(changeOf(now, before, true)).toMatchObject(change);
});

test("nothing is new where nothing is known of before", () => {
  expect(changeOf(usual, undefined, false).isNew).toBe(false);
});
