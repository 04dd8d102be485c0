import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The lines of a corpus file, none when it is absent. */
export function linesOf(file: string): string[] {
  if (!existsSync(file)) {
    console.error(`${file} is absent: skipped.`);
    return [];
  }
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").filter((line) => line.length > 0);
}
