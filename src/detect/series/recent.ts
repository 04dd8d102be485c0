/** The newest values of a series, and how those of the last stretch differ from the longer one before. */
export interface Recent {
  /** A ring: `next` is the oldest once it is full. */
  readonly values: Float64Array;
  next: number;
  count: number;
}

/** Points of the stretch, and of the one before it. */
const STRETCH = 24;
const BEFORE = 288;

export function createRecent(): Recent {
  return { values: new Float64Array(STRETCH + BEFORE + 1), next: 0, count: 0 };
}

export function addRecent(recent: Recent, value: number): void {
  const { values } = recent;
  values[recent.next] = value;
  recent.next = (recent.next + 1) % values.length;
  recent.count = Math.min(values.length, recent.count + 1);
}

/** @param ago 0 is the newest */
export function valueAgo({ values, next }: Recent, ago: number): number {
  return values[(next - 1 - ago + 2 * values.length) % values.length];
}

export interface Change {
  /** Between the means, and between the mean steps from one value to the next; never negative. */
  readonly level: number;
  readonly roughness: number;
}

/** @returns undefined while the series is too short */
export function changeOf(recent: Recent): Change | undefined {
  if (recent.count < recent.values.length) return undefined;
  const now = meansOf(recent, 0, STRETCH);
  const before = meansOf(recent, STRETCH, BEFORE);
  return { level: Math.abs(now.level - before.level), roughness: Math.abs(now.roughness - before.roughness) };
}

function meansOf(recent: Recent, from: number, length: number): Change {
  let level = 0;
  let roughness = 0;
  for (let ago = from; ago < from + length; ago++) {
    const value = valueAgo(recent, ago);
    level += value;
    roughness += Math.abs(value - valueAgo(recent, ago + 1));
  }
  return { level: level / length, roughness: roughness / length };
}
