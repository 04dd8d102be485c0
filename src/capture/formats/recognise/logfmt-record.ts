/** `key=value key="value with spaces" flag`, as logrus, slog, Heroku and lograge write it. */
import type { JsonObject } from "../json/path.ts";

/** Fewer pairs are a line of prose with an equals sign in it. */
const FEWEST_PAIRS = 3;
const MOST_PAIRS = 200;
const PAIR = /([A-Za-z_@][\w.@/-]{0,63})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)|(\S+)/gy;

/** @returns undefined when the line is not made of pairs */
export function logfmtRecord(line: string): JsonObject | undefined {
  if (!line.includes("=")) return undefined;
  const record: Record<string, string> = {};
  let pairs = 0;
  let others = 0;
  let at = 0;
  while (at < line.length && pairs < MOST_PAIRS) {
    if (line.charCodeAt(at) <= 32) {
      at++;
      continue;
    }
    PAIR.lastIndex = at;
    const [, key, quoted, bare] = PAIR.exec(line) ?? [];
    if (PAIR.lastIndex === 0) return undefined;
    at = PAIR.lastIndex;
    if (key === undefined) {
      if (++others > 24) return undefined;
      continue;
    }
    pairs++;
    if (key !== "__proto__")
      record[key] = quoted === undefined ? (bare ?? "") : quoted.replace(/\\(["\\])/g, "$1");
  }
  return pairs >= FEWEST_PAIRS && others <= pairs ? record : undefined;
}
