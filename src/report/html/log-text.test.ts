import fc from "fast-check";
import { expect, test } from "vitest";
import { logText } from "./log-text.ts";

test("text within its length stays as it is, but for what a reader cannot see", () => {
  expect(logText("GET /a?b=1", 20)).toBe("GET /a?b=1");
  expect(logText("a\u001b[31mb\u202ec\ud800", 60)).toBe("a\\x1b[31mb\\u{202e}c\\u{d800}");
});

test("longer text ends in an ellipsis, at its length", () => {
  expect(logText("abcdef", 5)).toBe("abcd…");
  expect(logText("\n\n\n\n", 6)).toBe("\\x0a\\…");
});

test("a character of two halves is never cut in two", () => {
  expect(logText("ab😀cd", 4)).toBe("ab…");
  expect(logText("ab😀cd", 5)).toBe("ab😀…");
});

test("whatever the text, the outcome is short and whole", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.integer({ min: 3, max: 40 }),
      (text, most) => {
        const shown = logText(text, most);
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown).not.toMatch(/\p{Cc}|\p{Cs}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      },
    ),
  );
});
