/** `scan`, `inspect` and `simulate` are offline: nothing they are made of can open a connection. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const SOURCES = join(import.meta.dirname, "../../src");
const STAGES = [
  "capture",
  "cli",
  "correlate",
  "detect",
  "inspect",
  "normalize",
  "report",
  "scan",
  "simulate",
];
/** What only the server and its commands load. */
const ONLINE = /^(?:capture\/live\/|cli\/(?:serve|query|doctor|status)\.ts)/;
const CONNECTS = /(?:from|import)\s*\(?"node:(?:http|https|http2|tls|dgram|dns|dns\/promises)"/;
/** `node:net` also knows what an address is, which is all that is asked of it. */
const SOCKETS = /import (?!\{ isIP \})[^;]*from "node:net"/;
const GLOBALS = /\b(?:fetch|WebSocket|EventSource|XMLHttpRequest)\s*\(/;

const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter(
  (name) =>
    STAGES.some((stage) => name.startsWith(stage)) &&
    !ONLINE.test(name) &&
    name.endsWith(".ts") &&
    !name.includes(".test."),
);

/** Code without its strings, where payloads that call fetch() stand. */
const withoutStrings = (text: string) =>
  text.replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""');

describe("offline", () => {
  it("reads enough files to mean something", () => {
    expect(files.length).toBeGreaterThan(300);
  });

  it("no stage imports a module that connects", () => {
    const found = files.filter((name) => {
      const text = readFileSync(join(SOURCES, name), "utf8");
      return CONNECTS.test(text) || SOCKETS.test(text);
    });
    expect(found).toEqual([]);
  });

  it("no stage calls what connects without an import", () => {
    const found = files.filter((name) =>
      GLOBALS.test(withoutStrings(readFileSync(join(SOURCES, name), "utf8"))),
    );
    expect(found).toEqual([]);
  });
});
