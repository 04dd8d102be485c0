/** What a JSON document holds, told by the keys that begin it. */
import type { LogFormat } from "../../format.ts";

const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/"log"\s*:\s*\{[\s\S]*"(?:creator|entries|pages)"\s*:/, "har"],
  [/"resourceSpans"\s*:/, "otlp-traces"],
  [/"resourceLogs"\s*:/, "otlp-logs"],
  [/"Records"\s*:\s*\[/, "aws-cloudtrail"],
  [/"records"\s*:\s*\[/, "azure"],
];

/** @returns the id of the format among those allowed; undefined when the beginning says nothing */
export function wrappedIn(lines: readonly string[], allowed: readonly LogFormat[]): string | undefined {
  const head = lines.slice(0, 50).join("\n").slice(0, 4096);
  const id = BEGINNINGS.find(([beginning]) => beginning.test(head))?.[1];
  return allowed.some((format) => format.id === id) ? id : undefined;
}
