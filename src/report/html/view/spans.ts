/** Spans of time laid out in rows so that none covers another, the first ones highest. */

interface Placed<Item> {
  readonly item: Item;
  readonly row: number;
  /** Shares of the whole width, 0 to 1. */
  readonly left: number;
  readonly width: number;
}

interface Layout<Item> {
  readonly placed: readonly Placed<Item>[];
  readonly rows: number;
  /** How many found no place in the rows there are. */
  readonly left: number;
}

interface LayoutBounds {
  readonly start: number;
  readonly end: number;
  readonly mostRows: number;
  /** Shares of the whole width: the shortest bar, and the room between two. */
  readonly least: number;
  readonly gap: number;
}

export function layOut<Item extends { readonly from: number | null; readonly to: number | null }>(
  items: readonly Item[],
  bounds: LayoutBounds,
): Layout<Item> {
  const whole = bounds.end - bounds.start;
  const rows: [left: number, right: number][][] = [];
  const placed: Placed<Item>[] = [];
  let left = 0;
  for (const item of items) {
    if (item.from === null || item.to === null || !(whole > 0)) continue;
    const from = within((item.from - bounds.start) / whole);
    const width = Math.max(bounds.least, within((item.to - bounds.start) / whole) - from);
    const at = Math.max(0, Math.min(from, 1 - width));
    const row = freeRow(rows, at - bounds.gap, at + width + bounds.gap, bounds.mostRows);
    if (row === -1) left++;
    else {
      rows[row]?.push([at, at + width]);
      placed.push({ item, row, left: at, width });
    }
  }
  return { placed, rows: rows.length, left };
}

function freeRow(rows: [number, number][][], from: number, to: number, most: number): number {
  const free = rows.findIndex((row) => row.every(([left, right]) => right <= from || left >= to));
  if (free !== -1 || rows.length >= most) return free;
  rows.push([]);
  return rows.length - 1;
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
