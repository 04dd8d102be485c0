import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FINDING_CLASSES } from "../../event.ts";
import { readCases } from "../cases.ts";
import { readEvent } from "../inspect.ts";
import { withCodeUnits } from "./code-units.ts";
import { CLOSER, plainShape } from "./plain.ts";
import { survey } from "./survey.ts";
import { VOCABULARY } from "./vocabulary.ts";

const HERE = join(import.meta.dirname, "..");

const plain = (text: string): number =>
  withCodeUnits(`"${text}"`, (units) => plainShape(units, `"${text}"`, 1, text.length + 1));

/** Every text that the cases of every detector, and ordinary traffic, carry. */
function caseTexts(): readonly string[] {
  const files = [
    ...readdirSync(join(HERE, "benign")).map((file) => join(HERE, "benign", file)),
    ...FINDING_CLASSES.flatMap((name) =>
      readdirSync(join(HERE, name))
        .filter((file) => file.endsWith(".txt"))
        .map((file) => join(HERE, name, file)),
    ),
  ];
  return files
    .flatMap((file) => readCases(file))
    .flatMap(({ line, event }) => {
      const texts = [line.slice(line.indexOf("\t") + 1)];
      readEvent(
        event,
        { take: ({ text }) => void texts.push(text), more: () => true, cut: () => {} },
        () => {},
      );
      return texts;
    });
}

describe("the short way through the gate", () => {
  it("says what the long way says of every case, or nothing", () => {
    const told = caseTexts().filter((text) => plain(text) !== CLOSER);
    expect(told.length).toBeGreaterThan(100);
    for (const text of told) expect([text, plain(text)]).toEqual([text, survey(text, 0, text.length)]);
  });

  it("says what the long way says of any text, or nothing", () => {
    const words = VOCABULARY.flatMap(([, list]) => list);
    const piece = fc.oneof(
      fc.constantFrom(...words),
      fc.constantFrom(
        ..." .,-:/@+'()&;!?_=\"<>|#%$",
        "://",
        "..",
        "--",
        " & ",
        "http:",
        "0x2e",
        "rO0AB",
        "¼",
        "＜",
        "é",
        "猫",
      ),
      fc.string({ unit: "grapheme", maxLength: 4 }),
      fc.stringMatching(/^[a-zA-Z0-9+/]{1,16}$/),
      fc.nat({ max: 99 }).map(String),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        const bits = plain(text);
        if (bits !== CLOSER) expect(bits).toBe(survey(text, 0, text.length));
      }),
      {
        numRuns: 20_000,
        examples: [[["+", "dir", "+", "c:", "/"]], [["(", "ls", " -a"]], [["1", " or ", "2"]]],
      },
    );
  });

  it.each([
    "42",
    "2024-05-01T10:00:00Z",
    "anna.meier@example.org",
    "https://shop.example/orders/5",
    "O'Brien",
    "Please wrap it as a gift; no invoice in the box.",
    "Tea & biscuits",
    "Mug (white)",
    "Zürich, 8001",
    "猫は縁側で寝ている",
  ])("needs no closer reading of %j", (text) => {
    expect(plain(text)).toBe(survey(text, 0, text.length));
  });
});
