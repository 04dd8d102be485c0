/** A series of counts as one line of blocks. */

const BLOCKS = "▁▂▃▄▅▆▇█";

/** Sums neighbours so that the series has at most `width` steps; counts are kept. */
export function fold(series: readonly number[], width: number): number[] {
  if (series.length <= width) return [...series];
  const folded = new Array<number>(width).fill(0);
  for (const [index, value] of series.entries()) {
    folded[Math.min(width - 1, Math.floor((index * width) / series.length))] += value;
  }
  return folded;
}

/** Zero is a blank, so that a little is told from nothing. */
export function sparkline(series: readonly number[], width: number): string {
  const folded = fold(series, width);
  const most = Math.max(...folded, 1);
  return folded
    .map((value) => (value <= 0 ? " " : (BLOCKS[Math.min(7, Math.floor((value / most) * 7.999))] ?? " ")))
    .join("");
}
