import { expect, test } from "vitest";
import { resultOf } from "../../../../test/browser/results.ts";
import { pageOf } from "../page-of.ts";
import { choose, EVERYTHING, searchText } from "./choose.ts";

const { incidents } = pageOf(resultOf({ incidents: 8 }));
const ids = (change: Partial<typeof EVERYTHING>) =>
  choose(incidents, { ...EVERYTHING, ...change }, searchText).map(({ id }) => id);

test("everything is shown gravest first", () => {
  expect(ids({})).toEqual(["i0", "i1", "i2", "i3", "i4", "i5", "i6", "i7"]);
});

test("severities add up, kind and words narrow", () => {
  expect(ids({ severities: new Set(["critical", "high"]) })).toEqual(["i0", "i1", "i4", "i5"]);
  expect(ids({ severities: new Set(["critical"]), category: "injection", text: "192.0.2.4" })).toEqual([
    "i4",
  ]);
  expect(ids({ category: "scraping" })).toEqual([]);
});

test("words are found in titles and evidence alike, in any order and case", () => {
  expect(ids({ text: "UNION sql select" })).toHaveLength(8);
  expect(ids({ text: "access.log:101 d3x1" })).toEqual(["i3"]);
  expect(ids({ text: "no such words" })).toEqual([]);
});

test("other orders", () => {
  expect(ids({ order: "latest" })[0]).toBe("i7");
  expect(ids({ order: "earliest" })[0]).toBe("i0");
  expect(ids({ order: "most events" })[0]).toBe("i7");
});
