/**
 * The values of many paths in one JSON record: one walk over the keys that are there, where asking for each path in
 * each way of cutting it takes five times as long (4 µs for an event of twenty fields).
 */
import { compilePath, type Getter, type JsonObject } from "./path.ts";

/** What a key of a record means to the paths. */
interface Known {
  /** Paths that are this key. */
  readonly whole: number[];
  /** Paths that go through it, when an object stands there. */
  readonly through: { readonly place: number; readonly get: Getter }[];
}

/** @returns a function that gives the value of each path, as `compilePath` would; valid until it is called again */
export function valueReader(
  sources: readonly { readonly path: string }[],
): (record: JsonObject) => readonly unknown[] {
  const known = new Map<string, Known>();
  const of = (key: string): Known => {
    const there = known.get(key) ?? { whole: [], through: [] };
    known.set(key, there);
    return there;
  };
  for (const [place, { path }] of sources.entries()) {
    of(path).whole.push(place);
    const get = compilePath(path);
    const segments = path.split(".");
    for (let end = 1; end < segments.length; end++) {
      of(segments.slice(0, end).join(".")).through.push({ place, get });
    }
  }
  const values: unknown[] = sources.map(() => undefined);

  return (record) => {
    values.fill(undefined);
    for (const key in record) {
      const meant = known.get(key);
      if (meant === undefined) continue;
      const value = record[key];
      if (typeof value === "object" && value !== null) {
        for (const { place, get } of meant.through) values[place] = get(record);
      }
      // A path that is there in one piece comes before its levels, unless it holds null.
      for (const place of meant.whole) values[place] = value ?? values[place];
    }
    return values;
  };
}
