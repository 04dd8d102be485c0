import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginning, caughtUp, endOfNext, type SampleProgress } from "./progress.ts";
import { HISTORY_MS } from "./traffic.ts";

const NOW = Date.UTC(2026, 2, 3, 12, 1, 2, 345);

/** The pieces that are sent from here to `now`, as the feed cuts them. */
function piecesUntil(
  start: SampleProgress,
  now: number,
): { pieces: [number, number][]; end: SampleProgress } {
  const pieces: [number, number][] = [];
  let progress = start;
  for (;;) {
    progress = caughtUp(progress, now, start.until);
    const end = endOfNext(progress);
    if (end > now) return { pieces, end: progress };
    pieces.push([progress.until, end]);
    progress = { ...progress, until: end };
  }
}

describe("the progress of a sample", () => {
  it("sends the hours before at once and in few pieces, then small ones", () => {
    const { pieces, end } = piecesUntil(beginning(NOW), NOW);
    const lengths = pieces.map(([from, to]) => to - from);
    expect(pieces[0]?.[0]).toBe(Date.UTC(2026, 2, 3, 12, 0) - HISTORY_MS);
    expect(lengths.filter((length) => length === 300_000)).toHaveLength(HISTORY_MS / 300_000);
    expect(new Set(lengths)).toEqual(new Set([300_000, 5_000]));
    expect(NOW - end.until).toBeLessThan(5_000);
  });

  it("leaves out what nobody would look back to", () => {
    const { end } = piecesUntil(beginning(NOW), NOW);
    const later = NOW + 3 * 86_400_000;
    const { pieces } = piecesUntil(end, later);
    const gap = pieces.findIndex(([from], i) => i > 0 && from !== pieces[i - 1]?.[1]);
    expect(pieces[gap]?.[0]).toBe(Math.floor(later / 300_000) * 300_000 - HISTORY_MS);
    expect(pieces.length).toBeLessThan(1_000);
  });

  it("cuts the same pieces again whatever was kept of it when it was cut off", () => {
    const pause = fc.integer({ min: 0, max: 4 * 3_600_000 });
    fc.assert(
      fc.property(fc.array(pause, { maxLength: 5 }), fc.integer({ min: 0, max: 40 }), (pauses, forgotten) => {
        let progress = beginning(NOW);
        let now = NOW;
        const sent = new Map<number, number>();
        for (const length of [0, ...pauses]) {
          now += length;
          const kept: SampleProgress[] = [];
          const resumed = progress.until;
          for (;;) {
            const next = caughtUp(progress, now, resumed);
            // Coarse pieces are noted one by one, and that they begin before the first of them is sent.
            if (next !== progress || next.until <= next.coarseUntil) kept.length = 0;
            progress = next;
            const end = endOfNext(progress);
            if (end > now) break;
            kept.push(progress);
            const before = sent.get(progress.until);
            if (before !== undefined) expect(before).toBe(end);
            sent.set(progress.until, end);
            progress = { ...progress, until: end };
          }
          // A crash forgets what was not noted yet.
          progress = kept.at(-1 - forgotten) ?? kept[0] ?? progress;
        }
        const pieces = [...sent].sort(([a], [b]) => a - b);
        for (const [i, [from]] of pieces.entries())
          expect(from).toBeGreaterThanOrEqual(pieces[i - 1]?.[1] ?? from);
      }),
    );
  });
});
