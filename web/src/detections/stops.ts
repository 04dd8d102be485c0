/** Values of a threshold that are worth a look, around the one that holds: as many as one pass over history tries. */
const FACTORS = [0.25, 0.5, 0.75, 1, 1.5, 2, 4, 8] as const;

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** @returns rising, each once, within the bounds; `present` is among them */
export function stopsAround(present: number, { least, most }: Bounds): readonly number[] {
  const values = FACTORS.map((factor) =>
    factor === 1 ? present : Math.min(most, Math.max(least, rounded(present * factor, present))),
  );
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Two figures, and whole where the present one is. */
function rounded(value: number, present: number): number {
  const two = Number(value.toPrecision(2));
  return Number.isInteger(present) ? Math.round(two) : two;
}
