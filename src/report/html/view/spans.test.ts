import fc from "fast-check";
import { expect, test } from "vitest";
import { layOut } from "./spans.ts";

const BOUNDS = { start: 0, end: 100, mostRows: 3, least: 0.02, gap: 0.01 };

test("what happens at once stands in rows, the first highest", () => {
  const { placed, rows } = layOut(
    [
      { from: 0, to: 50 },
      { from: 40, to: 60 },
      { from: 70, to: 80 },
    ],
    BOUNDS,
  );
  expect(placed.map(({ row, left, width }) => [row, left, Math.round(width * 100)])).toEqual([
    [0, 0, 50],
    [1, 0.4, 20],
    [0, 0.7, 10],
  ]);
  expect(rows).toBe(2);
});

test("a moment is wide enough to be seen, and stays within the chart at its end", () => {
  const { placed } = layOut([{ from: 100, to: 100 }], BOUNDS);
  expect(placed[0]).toMatchObject({ left: 0.98, width: 0.02 });
});

test("what finds no place is counted; what has no time is left out", () => {
  const same = Array.from({ length: 5 }, () => ({ from: 10, to: 20 }));
  expect(layOut([...same, { from: null, to: null }], BOUNDS)).toMatchObject({ rows: 3, left: 2 });
});

test("no bar covers another or leaves the chart", () => {
  const span = fc.tuple(fc.nat(100), fc.nat(60)).map(([from, length]) => ({ from, to: from + length }));
  fc.assert(
    fc.property(fc.array(span, { maxLength: 40 }), (items) => {
      const { placed, left } = layOut(items, BOUNDS);
      expect(placed.length + left).toBe(items.length);
      for (const [index, a] of placed.entries()) {
        expect(a.left).toBeGreaterThanOrEqual(0);
        expect(a.left + a.width).toBeLessThanOrEqual(1 + 1e-9);
        for (const b of placed.slice(index + 1)) {
          if (a.row !== b.row) continue;
          expect(a.left + a.width <= b.left || b.left + b.width <= a.left).toBe(true);
        }
      }
    }),
  );
});
