/** A stage imports the words everybody speaks, its own folder, and the stages before it: nothing flows backwards. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";

const SOURCES = join(import.meta.dirname, "../../src");

/** In the order of an event's way. Each may import those named, besides itself and the shared words. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  capture: [],
  normalize: [],
  inspect: ["normalize"],
  detect: ["normalize"],
  correlate: ["normalize", "detect"],
  report: ["detect", "replay"],
  simulate: [],
  scan: ["capture", "normalize", "inspect", "detect", "correlate", "report", "pipeline"],
  cli: [
    "capture",
    "correlate",
    "detect",
    "inspect",
    "report",
    "simulate",
    "scan",
    "config.ts",
    "server.ts",
    "explore",
    "explore/query",
    "replay",
    "doctor",
    "sample",
    "status",
  ],
  doctor: ["respond", "store", "config.ts"],
  "config.ts": ["capture", "normalize", "correlate", "respond"],
  "server.ts": ["capture", "normalize", "live", "http", "store", "respond", "sample", "config.ts"],
  journal: [],
  // The query language knows no store: the store compiles it, and what explores the store comes after.
  "explore/query": ["normalize"],
  store: ["journal", "explore/query"],
  live: ["capture", "normalize", "inspect", "detect", "correlate", "journal", "store"],
  explore: ["explore/query", "journal", "store", "live"],
  replay: ["normalize", "detect", "correlate", "store", "explore", "live"],
  // The report's way to make text inert is used wherever text from logs meets people.
  respond: ["store", "report"],
  status: ["explore", "report"],
  sample: ["capture", "simulate", "live", "store"],
  http: [
    "capture",
    "normalize",
    "detect",
    "correlate",
    "explore",
    "explore/query",
    "replay",
    "journal",
    "store",
    "live",
    "respond",
    "sample",
  ],
  pipeline: ["capture", "normalize", "inspect"],
};

/** The words every stage speaks, at the top of src/. */
const SHARED: ReadonlySet<string> = new Set(["event.ts", "errors.ts", "fact.ts", "dist-folder.ts"]);

const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".ts") && !name.includes(".test."),
);

function stageOf(file: string): string {
  const [first = "", second = ""] = file.split(sep);
  if (first === "explore" && second === "query") return "explore/query";
  return first.startsWith("pipeline") ? "pipeline" : first;
}

describe("imports between stages", () => {
  it.each(files)("%s", (file) => {
    const stage = stageOf(file);
    if (SHARED.has(stage)) return;
    expect(Object.keys(MAY_IMPORT)).toContain(stage);
    const text = readFileSync(join(SOURCES, file), "utf8");
    for (const [, specifier = ""] of text.matchAll(/(?:from|import)\s*\(?"(\.[^"]+)"/g)) {
      const target = relative(SOURCES, join(SOURCES, dirname(file), specifier));
      expect(target.startsWith(".."), `${file} imports ${specifier} from outside of src`).toBe(false);
      const other = stageOf(target);
      const allowed = other === stage || SHARED.has(other) || (MAY_IMPORT[stage] ?? []).includes(other);
      expect(allowed, `${file} (${stage}) imports ${target} (${other})`).toBe(true);
    }
  });
});
