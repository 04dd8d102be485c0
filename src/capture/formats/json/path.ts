/**
 * Paths into a JSON record: `req.headers.user-agent`. A dot may separate levels or be part of a key, as flat ECS
 * and OpenTelemetry records have it, so every way of cutting the path is tried, levels first.
 */

export type JsonObject = { readonly [key: string]: unknown };
export type Getter = (record: JsonObject) => unknown;

/** Deeper paths are not cut in every possible way. */
const MOST_SEGMENTS = 5;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param path alternatives separated by `|`: the first that is present and says something wins */
export function compilePath(path: string): Getter {
  const getters = path.split("|").map(compileOne);
  const [only] = getters;
  if (only !== undefined && getters.length === 1) return only;
  return (record) => {
    for (const get of getters) {
      const value = get(record);
      if (saysSomething(value)) return value;
    }
    return undefined;
  };
}

/** False for what logs write where there is no value. */
export function saysSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== "-";
}

function compileOne(path: string): Getter {
  const segments = path.split(".", MOST_SEGMENTS + 1);
  if (segments.length === 1) return (record) => valueAt(record, path);
  if (segments.length > MOST_SEGMENTS)
    return (record) => valueAt(record, path) ?? walk(record, path.split("."));
  const keys = segments.map((_from, i) =>
    segments.slice(i).map((_to, j) => segments.slice(i, i + j + 1).join(".")),
  );
  return (record) => record[path] ?? find(record, keys, 0);
}

/** @param keys `keys[i]` holds every key that can begin at segment i, shortest first */
function find(record: JsonObject, keys: readonly (readonly string[])[], i: number): unknown {
  const candidates = keys[i] ?? [];
  for (let length = 1; length <= candidates.length; length++) {
    const value = valueAt(record, candidates[length - 1] ?? "");
    if (value === undefined || length === candidates.length) {
      if (value !== undefined) return value;
      continue;
    }
    if (typeof value !== "object" || value === null) continue;
    const inner = find(value as JsonObject, keys, i + length);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function walk(record: JsonObject, keys: readonly string[]): unknown {
  let value: unknown = record;
  for (const key of keys) {
    if (typeof value !== "object" || value === null) return undefined;
    value = valueAt(value as JsonObject, key);
  }
  return value;
}

/** Plain access: paths come from tables and people, and what prototypes hold is no value that a setter takes. */
function valueAt(record: JsonObject, key: string): unknown {
  return record[key];
}
