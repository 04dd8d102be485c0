/** What the console may take from the program, and how large what a browser loads first may be. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const WEB = join(ROOT, "web/src");
const BUILT = join(ROOT, "dist/web");
const FIRST_VIEW_BYTES = 250_000;

/** Values, not only types: words and how they are written, which know nothing of the server. */
const SHARED_VALUES = ["src/event.ts", "src/explore/query/format.ts", "src/report/"];

const files = readdirSync(WEB, { recursive: true, encoding: "utf8" }).filter(
  (name) => /\.tsx?$/.test(name) && !name.includes(".test."),
);

describe("the console takes only types from the server", () => {
  it.each(files)("%s", (file) => {
    const text = readFileSync(join(WEB, file), "utf8");
    for (const [, kind = "", specifier = ""] of text.matchAll(/import\s+(type\s)?[^;]*?from "(\.[^"]+)"/g)) {
      const target = relative(ROOT, join(WEB, dirname(file), specifier));
      if (target.startsWith("web/") || kind !== "") continue;
      expect(
        SHARED_VALUES.some((each) => target.startsWith(each)),
        `${file} imports ${target}`,
      ).toBe(true);
    }
  });
});

describe("text from logs stays text", () => {
  it.each(files)("%s makes no markup of a string", (file) => {
    expect(readFileSync(join(WEB, file), "utf8")).not.toMatch(
      /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
    );
  });
});

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

describe.skipIf(!existsSync(BUILT))("the built console", () => {
  const manifest: Readonly<Record<string, Chunk>> = JSON.parse(
    readFileSync(join(BUILT, "manifest.json"), "utf8"),
  );

  /** A chunk and all that it cannot begin without. */
  function withImports(name: string, known = new Set<string>()): Set<string> {
    const chunk = manifest[name];
    if (chunk === undefined || known.has(chunk.file)) return known;
    known.add(chunk.file);
    for (const each of chunk.imports ?? []) withImports(each, known);
    return known;
  }

  test("needs less than 250 KB of compressed script for the first view", () => {
    const first = withImports("src/overview/overview.tsx", withImports("index.html"));
    const bytes = [...first].reduce((sum, file) => sum + gzipSync(readFileSync(join(BUILT, file))).length, 0);
    expect(first.size).toBeGreaterThan(1);
    expect(bytes).toBeLessThan(FIRST_VIEW_BYTES);
  });

  test("loads every other page when it is gone to", () => {
    const first = withImports("src/overview/overview.tsx", withImports("index.html"));
    for (const page of [
      "incidents/inbox",
      "incidents/incident",
      "explore/explore",
      "services/services",
      "setup/settings",
    ])
      expect(first).not.toContain(manifest[`src/${page}.tsx`]?.file);
  });

  test("has nothing inline in its page, and every text also compressed", () => {
    const page = readFileSync(join(BUILT, "index.html"), "utf8");
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\son\w+=/);
    for (const file of readdirSync(join(BUILT, "assets")).filter((name) => /\.(?:js|css)$/.test(name)))
      expect(gunzipSync(readFileSync(join(BUILT, "assets", `${file}.gz`)))).toEqual(
        readFileSync(join(BUILT, "assets", file)),
      );
  });
});
