/** What every detector must pass, whatever language it reads. Each detector's test calls it with its own folder. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ATTACK_SCORE, FINDING_CLASSES } from "../event.ts";
import { type Case, readCases } from "./cases.ts";
import type { Context } from "./context.ts";
import type { Detector, Reading } from "./detector.ts";
import { survey } from "./gate/survey.ts";
import { inspect } from "./inspect.ts";

const HERE = import.meta.dirname;
/** Cases of other classes that this detector rightly sees as well are not its concern here. */
const BENIGN: readonly Case[] = readdirSync(HERE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (FINDING_CLASSES as readonly string[]).includes(entry.name))
  .flatMap((entry) => readCases(join(HERE, entry.name, "benign.txt")));

export function detectorSuite(detector: Detector): void {
  const folder = join(HERE, detector.class);
  const strongest = ({ event }: Case) =>
    Math.max(0, ...inspect(event).flatMap((found) => (found.class === detector.class ? [found.score] : [])));

  describe(`${detector.id}: the contract`, () => {
    it("describes itself for people and for the standards' numbers", () => {
      expect(detector.title.length).toBeGreaterThan(5);
      expect(detector.meaning).toMatch(/\.$/);
      for (const id of detector.cwe) expect(id).toMatch(/^CWE-\d+$/);
      for (const id of detector.patterns) expect(id).toMatch(/^(?:CAPEC-\d+|T\d{4}(?:\.\d{3})?)$/);
      for (const id of detector.owasp) expect(id).toMatch(/^API\d{1,2}:2023$/);
      expect(detector.falsePositives.length).toBeGreaterThan(0);
    });

    it("sees each of its attacks", () => {
      const missed = readCases(join(folder, "attacks.txt")).filter(
        (attack) => strongest(attack) < ATTACK_SCORE,
      );
      expect(missed.map(({ line }) => line)).toEqual([]);
    });

    it("leaves normal values alone, its own and those of all other detectors", () => {
      const alarmed = BENIGN.filter((benign) => strongest(benign) >= ATTACK_SCORE);
      expect(alarmed.map(({ line }) => line)).toEqual([]);
    });

    it("never throws, and keeps scores and spans within bounds, on any text", () => {
      fc.assert(
        fc.property(anyText(), (text) => {
          for (const place of PLACES) {
            for (const match of detector.find(readingOf(text), contextOf(text, place))) {
              expect(match.score).toBeGreaterThanOrEqual(0);
              expect(match.score).toBeLessThanOrEqual(1);
              expect(match.start).toBeGreaterThanOrEqual(0);
              expect(match.end).toBeGreaterThanOrEqual(match.start);
              expect(match.rule.startsWith(`${detector.class}/`)).toBe(true);
              expect(match.reason).toMatch(/[.…]$/);
            }
          }
        }),
        { numRuns: 400 },
      );
    });
  });
}

const PLACES = ["query", "path", "header", "field", "query name", "file name"] as const;
function readingOf(text: string): Reading {
  return {
    text,
    lower: text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()),
    shape: survey(text, 0, text.length),
  };
}

function contextOf(text: string, place: Context["place"]): Context {
  return { place, name: "q", role: "unknown", trail: [], raw: text, escaped: false };
}

const PIECES = [
  "'",
  '"',
  "`",
  "<",
  ">",
  "(",
  ")",
  "{",
  "}",
  "[",
  "]",
  "$",
  "#",
  "%",
  "&",
  "|",
  ";",
  ":",
  "/",
  "\\",
  "=",
  "*",
  "!",
  "--",
  "/*",
  "*/",
  "..",
  "\0",
  "\r\n",
  " ",
  "a",
  "1",
  "select",
  "script",
  "onload",
  "eval",
  "${",
  "{{",
  "$ne",
  "__proto__",
  "http://",
  "union",
  "or",
  "\ud800",
  "\udc00",
  "İ",
  "＜",
  "&lt;",
  "%u0027",
  "\\x27",
  "() {",
];

function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join("")),
  );
}
