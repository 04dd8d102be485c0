import { expect, it } from "vitest";
import { stopsAround } from "./stops.ts";

it("stand around the present value, within the bounds, each once", () => {
  expect(stopsAround(10, { least: 3, most: 100 })).toEqual([3, 5, 8, 10, 15, 20, 40, 80]);
  expect(stopsAround(0.5, { least: 0.1, most: 1 })).toEqual([0.13, 0.25, 0.38, 0.5, 0.75, 1]);
  expect(stopsAround(2, { least: 1, most: 3 })).toEqual([1, 2, 3]);
  expect(stopsAround(4, { least: 4, most: 4 })).toEqual([4]);
});
