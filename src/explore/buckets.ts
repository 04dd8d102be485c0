/** Lengths that people count time in, for charts: the shortest that makes few enough bars. */
const STEPS_S = [1, 5, 10, 30, 60, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800] as const;

/** @returns seconds */
export function stepFor(fromMs: number, toMs: number, most: number, least = 1): number {
  const seconds = Math.max(1, (toMs - fromMs) / 1000);
  const found = STEPS_S.find((step) => step >= least && seconds / step <= most);
  return found ?? Math.ceil(seconds / most / 604_800) * 604_800;
}
