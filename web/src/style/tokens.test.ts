/** WCAG 2.2: text at 4.5 to 1 (1.4.3), what is not text but means something at 3 to 1 (1.4.11), in both schemes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { contrast } from "../../../test/support/contrast.ts";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const PAIRS = [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];

const TEXT = [
  "text",
  "muted",
  "critical",
  "high",
  "medium",
  "low",
  "info",
  "good",
  "failed",
  "attacks",
  "usual",
];
const SHAPES = ["focus", "strong-line", "requests"];

describe.each([
  ["light", 2],
  ["dark", 3],
] as const)("in the %s scheme", (_name, at) => {
  const scheme = Object.fromEntries(PAIRS.map((found) => [found[1] ?? "", found[at] ?? ""]));

  test.each(TEXT)("%s can be read on every surface", (name) => {
    for (const surface of ["page", "surface", "sunken"])
      expect(contrast(scheme[name], scheme[surface]), `${name} on ${surface}`).toBeGreaterThanOrEqual(4.5);
  });

  test.each(SHAPES)("%s can be told from what is behind it", (name) => {
    for (const surface of ["page", "surface"])
      expect(contrast(scheme[name], scheme[surface]), `${name} on ${surface}`).toBeGreaterThanOrEqual(3);
  });

  test("marked text can be read", () => {
    expect(contrast(scheme.text, scheme.marked)).toBeGreaterThanOrEqual(4.5);
  });
});
