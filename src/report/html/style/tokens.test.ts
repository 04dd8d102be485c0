/** WCAG 2.2: text at 4.5 to 1 (1.4.3), what is not text but means something at 3 to 1 (1.4.11), in both schemes. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { contrast } from "../../../../test/support/contrast.ts";

const css = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "tokens.css"), "utf8");
const [lightText = "", darkText = ""] = css.split("@media screen and (prefers-color-scheme: dark)");
const light = tokens(lightText);
const dark = { ...light, ...tokens(darkText) };

const TEXT = ["text", "muted", "critical", "high", "medium", "low", "info"];
const SHAPES = ["focus", "strong-line", "requests", "refused", "failed", "attacks", "good"];

describe.each([
  ["light", light],
  ["dark", dark],
])("in the %s scheme", (_name, scheme) => {
  test.each(TEXT)("%s can be read on every surface", (name) => {
    for (const surface of ["page", "surface", "sunken"]) {
      expect(contrast(scheme[name], scheme[surface]), `${name} on ${surface}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(SHAPES)("%s can be told from what is behind it", (name) => {
    for (const surface of ["page", "surface"]) {
      expect(contrast(scheme[name], scheme[surface]), `${name} on ${surface}`).toBeGreaterThanOrEqual(3);
    }
  });

  test("marked text can be read", () => {
    expect(contrast(scheme.text, scheme.marked)).toBeGreaterThanOrEqual(4.5);
  });
});

test("the dark scheme has a colour of its own for every token", () => {
  expect(Object.keys(tokens(darkText))).toEqual(Object.keys(light));
});

function tokens(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}
