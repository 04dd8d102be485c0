/** Every value of sample records, under its path: what the recogniser looks at. */
import { isJsonObject, type JsonObject } from "../json/path.ts";

/** One path and the values that sample records have there. */
export interface Leaf {
  readonly path: string;
  /** Path segments in lower case, letters and digits only: `req`, `headers`, `useragent`. */
  readonly names: readonly string[];
  readonly values: unknown[];
  /** Which of the records have it. */
  readonly records: number[];
}

const DEEPEST = 4;
/** More paths than this in a sample are keys made of data. */
const MOST_LEAVES = 400;
const HEADERS = /^(?:(?:request|req|response|resp|res)?headers?)$/;

export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, "");
}

export function collectLeaves(records: readonly JsonObject[]): readonly Leaf[] {
  const leaves = new Map<string, Leaf>();
  const add = (path: string, names: readonly string[], value: unknown, record: number): void => {
    const leaf = leaves.get(path);
    if (leaf !== undefined) {
      leaf.values.push(value);
      leaf.records.push(record);
    } else if (leaves.size < MOST_LEAVES) {
      leaves.set(path, { path, names, values: [value], records: [record] });
    }
  };

  function visit(object: JsonObject, path: string, names: readonly string[], record: number): void {
    for (const [key, value] of Object.entries(object)) {
      const at = path === "" ? key : `${path}.${key}`;
      // A dotted key is levels written flat.
      const segments = [...names, ...key.split(".", 6).map(plainName)];
      const last = segments.at(-1) ?? "";
      const isHeaders = HEADERS.test(last) && (Array.isArray(value) || isJsonObject(value));
      if (isHeaders) add(at, segments, value, record);
      if (isJsonObject(value)) {
        if (/body$/.test(last)) add(at, segments, value, record);
        if (names.length < DEEPEST) visit(value, at, segments, record);
      } else if (!isHeaders) {
        add(at, segments, value, record);
      }
    }
  }

  records.forEach((record, i) => {
    visit(record, "", [], i);
  });
  return [...leaves.values()];
}
