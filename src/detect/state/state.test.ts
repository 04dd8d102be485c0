import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClock, LATE_MS, tick } from "./clock.ts";
import { addDistinct, countDistinct, createDistinct } from "./distinct.ts";
import { addToHistogram, bucketOf, bucketValue, createHistogram, quantile, shareNear } from "./histogram.ts";
import { createKeyTable, lookUp, put, remove } from "./key-table.ts";
import { addRow, createRows, findRow, ROW_LAST_SEEN, rowsWithoutRoom } from "./rows.ts";
import { createSources, touch, watchedBy } from "./sources.ts";
import { addToWindow, createWindow, pour, windowSum } from "./window.ts";

describe("a key table", () => {
  it("answers as a Map does, through growth and deletion", () => {
    const operation = fc.record({
      kind: fc.constantFrom("put", "remove"),
      key: fc.integer({ min: 1, max: 60 }).map((k) => k * 0x100000001),
      slot: fc.nat(1000),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
        const table = createKeyTable(4);
        const model = new Map<number, number>();
        for (const { kind, key, slot } of operations) {
          if (kind === "put") {
            put(table, key, slot);
            model.set(key, slot);
          } else {
            remove(table, key);
            model.delete(key);
          }
        }
        expect(table.size).toBe(model.size);
        for (let k = 1; k <= 60; k++) {
          expect(lookUp(table, k * 0x100000001)).toBe(model.get(k * 0x100000001) ?? -1);
        }
      }),
    );
  });
});

describe("a sliding window", () => {
  it("counts what the last slots hold, for any forward times", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { maxLength: 100 }), (gaps) => {
        const window = createWindow(60_000, 6);
        const times: number[] = [];
        let time = 1_000_000;
        for (const gap of gaps) {
          time += gap;
          times.push(time);
          const from = (Math.floor(time / 10_000) - 5) * 10_000;
          expect(addToWindow(window, time, 1)).toBe(times.filter((t) => t >= from).length);
        }
        expect(windowSum(window, time + 70_000)).toBe(0);
      }),
    );
  });

  it("takes a late event into its own slot, and ignores one older than itself", () => {
    const window = createWindow(60_000, 6);
    addToWindow(window, 600_000, 1);
    expect(addToWindow(window, 580_000, 1)).toBe(2);
    expect(addToWindow(window, 500_000, 1)).toBe(2);
  });
});

describe("a leaking bucket", () => {
  it("overflows on a burst and not on a trickle", () => {
    const burst = { level: 0, at: 0 };
    const trickle = { level: 0, at: 0 };
    const overflows = (bucket: typeof burst, gapMs: number) =>
      Array.from({ length: 20 }, (_, i) => pour(bucket, 1e6 + i * gapMs, 1, 0.1, 5)).findIndex((l) => l > 5);
    expect(overflows(burst, 1000)).toBe(5);
    expect(overflows(trickle, 11_000)).toBe(-1);
  });
});

describe("a distinct counter", () => {
  it("says of each key whether it was new, as a Set does, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 200 }), (keys) => {
        const counter = createDistinct(100);
        const model = new Set<number>();
        for (const key of keys.map((k) => k * 0x100000001)) {
          expect(addDistinct(counter, key)).toBe(!model.has(key));
          model.add(key);
          expect(countDistinct(counter)).toBe(model.size);
        }
      }),
    );
  });

  it("is exact below its limit and near above it", () => {
    const counter = createDistinct(100);
    for (let i = 1; i <= 100; i++) addDistinct(counter, i * 7919);
    for (let i = 1; i <= 100; i++) addDistinct(counter, i * 7919);
    expect(countDistinct(counter)).toBe(100);
    for (let i = 101; i <= 20_000; i++) addDistinct(counter, i * 7919 + 2 ** 40);
    expect(Math.abs(countDistinct(counter) - 20_000) / 20_000).toBeLessThan(0.1);
  });
});

describe("a histogram", () => {
  it("gives every quantile within 13 %", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5e8 }), { minLength: 1, maxLength: 200 }), (values) => {
        const histogram = createHistogram();
        for (const value of values) addToHistogram(histogram, value);
        const sorted = [...values].sort((a, b) => a - b);
        for (const q of [0.1, 0.5, 0.9, 0.99, 1]) {
          const exact = sorted[Math.ceil(q * values.length) - 1] ?? 0;
          expect(Math.abs(quantile(histogram, q) - exact) / exact).toBeLessThan(0.13);
        }
      }),
    );
  });

  it("puts a bucket's middle into that bucket", () => {
    for (let bucket = 0; bucket < 117; bucket++) expect(bucketOf(bucketValue(bucket))).toBe(bucket);
  });

  it("knows a usual size from an unusual one", () => {
    const histogram = createHistogram();
    for (let i = 0; i < 1000; i++) addToHistogram(histogram, 1200 + (i % 50));
    expect(shareNear(histogram, 1230)).toBe(1);
    expect(shareNear(histogram, 90_000)).toBe(0);
  });
});

describe("the stream clock", () => {
  it("keeps distances inside a run of old events and never goes back further than the tolerance", () => {
    const clock = createClock();
    const day = 86_400_000;
    tick(clock, 10 * day);
    const first = tick(clock, 3 * day);
    const second = tick(clock, 3 * day + 5000);
    expect(first).toBe(10 * day);
    expect(second - first).toBe(5000);
    expect(tick(clock, 10 * day + 1000)).toBe(10 * day + 1000);
    expect(clock.late).toBe(2);
  });

  it("is never behind by more than the tolerance, whatever the times", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e12 }), { maxLength: 50 }), (times) => {
        const clock = createClock();
        for (const time of times) expect(tick(clock, time)).toBeGreaterThanOrEqual(clock.now - LATE_MS);
      }),
    );
  });
});

describe("the sources", () => {
  it("watch a busy or noteworthy source, with all its earlier requests counted", () => {
    const sources = createSources({ light: 100, watched: 10 });
    const see = (key: number, time: number, noteworthy = false) =>
      touch(sources, key, "client.address", time, 5, 0, false, noteworthy, () => `source ${key}`);
    for (let i = 0; i < 19; i++) expect(see(1, i * 1000)).toBeUndefined();
    expect(see(1, 20_000)).toMatchObject({ name: "source 1", requests: 20, firstSeen: 0 });
    expect(see(2, 21_000, true)).toMatchObject({ requests: 1 });
  });

  it("stay within their limits and keep a held source through a flood of new ones", () => {
    const sources = createSources({ light: 64, watched: 8 });
    const see = (key: number, time: number) =>
      touch(sources, key, "client.address", time, 0, 0, false, true, () => String(key));
    const attacker = see(7, 0);
    if (!attacker) throw new Error("not watched");
    attacker.holds = 1;
    for (let i = 0; i < 5000; i++) see(1000 + i, i);
    expect(sources.used).toBe(64);
    expect(sources.table.size).toBe(64);
    expect(sources.watched.filter(Boolean).length).toBeLessThanOrEqual(8);
    expect(see(7, 6000)).toBe(attacker);
  });

  it("remember for a week whom a verdict named, while the harmless make room", () => {
    const HOUR = 3_600_000;
    const sources = createSources({ light: 4096, watched: 64 });
    const see = (key: number, time: number) =>
      touch(sources, key, "client.address", time, 0, 0, false, true, () => String(key));
    const named = see(7, 0);
    const harmless = see(8, 0);
    if (named === undefined || harmless === undefined) throw new Error("not watched");
    named.named = 1;
    for (let i = 0; i < 1200; i++) see(1000 + i, i * (HOUR / 10));
    expect(watchedBy(sources, 8)).toBeUndefined();
    expect(watchedBy(sources, 7)).toBe(named);
    for (let i = 0; i < 400; i++) see(3000 + i, 8 * 24 * HOUR + i);
    expect(watchedBy(sources, 7)).toBeUndefined();
  });
});

describe("rows", () => {
  it("keep each key's numbers, and lose those unseen for longest past the bound", () => {
    const limit = 32;
    const rows = createRows(3, limit);
    for (let key = 1; key <= 100; key++) {
      expect(findRow(rows, key)).toBe(-1);
      rows.values[addRow(rows, key, key * 1000) + 2] = key * 7;
      // The first is seen again and again.
      rows.values[findRow(rows, 1) + ROW_LAST_SEEN] = key * 1000;
    }
    const kept = Array.from({ length: 100 }, (_, i) => i + 1).filter((key) => findRow(rows, key) !== -1);
    expect(kept.length).toBe(limit);
    expect(kept[0]).toBe(1);
    expect(kept.slice(1).every((key) => key > 50)).toBe(true);
    for (const key of kept) {
      const at = findRow(rows, key);
      expect([...rows.values.slice(at, at + 3)]).toEqual([key, (key === 1 ? 100 : key) * 1000, key * 7]);
    }
  });

  it("grow from rows that were saved without their room", () => {
    const before = createRows(3, 1000);
    const empty = rowsWithoutRoom(before);
    expect(empty.values.length).toBe(0);
    for (let key = 1; key <= 200; key++) addRow(empty, key, key);
    const rows = rowsWithoutRoom(empty);
    for (let key = 201; key <= 300; key++) addRow(rows, key, key);
    for (let key = 1; key <= 300; key++) expect(rows.values[findRow(rows, key) + ROW_LAST_SEEN]).toBe(key);
  });
});
