import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOUNDS, createBudget } from "./budget.ts";
import { decodeBackslash } from "./decode/backslash.ts";
import { decodeBase64 } from "./decode/base64.ts";
import { fold } from "./decode/fold.ts";
import { decodeHtmlEntities } from "./decode/html-entities.ts";
import { dropInnerTags } from "./decode/inner-tags.ts";
import { decodeJwt } from "./decode/jwt.ts";
import { decodePercent } from "./decode/percent.ts";
import { strip } from "./decode/strip.ts";
import { decodeUtf7 } from "./decode/utf7.ts";
import { decode } from "./decode.ts";

const formsOf = (text: string, escaped = true) =>
  decode({ place: "query", name: "q", location: "query:q", text, escaped }, createBudget(BOUNDS));

describe("percent escapes", () => {
  it.each([
    ["a%27b", "a'b"],
    ["%u0027", "'"],
    ["%c0%ae%c0%ae/", "../"],
    ["%e0%80%ae", "."],
    ["%C3%BC", "ü"],
    ["%F0%9F%8D%B5", "🍵"],
    ["100%", undefined],
    ["%zz%2", undefined],
    ["%ff", "\u00ff"],
    ["%%32%37", "%27"],
  ])("%s", (text, expected) => {
    expect(decodePercent(text)).toBe(expected);
  });

  it("undo what encodeURIComponent does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(decodePercent(encodeURIComponent(text)) ?? text).toBe(text);
      }),
    );
  });
});

describe("HTML entities", () => {
  it.each([
    ["&lt;b&gt;", "<b>"],
    ["&#60;&#x3c;", "<<"],
    ["&#0000060", "<"],
    ["&#x3Cscript", "<script"],
    ["&ltscript", "<script"],
    ["java&Tab;script&colon;", "java\tscript:"],
    ["AT&T", undefined],
    ["&#x110000;", undefined],
  ])("%s", (text, expected) => {
    expect(decodeHtmlEntities(text)).toBe(expected);
  });
});

describe("the other steps", () => {
  it.each([
    ["escapes", decodeBackslash, "\\x3c\\u003c\\u{3c}\\074", "<<<<"],
    ["escapes leave back references and paths", decodeBackslash, "C:\\temp \\1", undefined],
    ["fullwidth letters", fold, "＜ｓｃｒｉｐｔ＞", "<script>"],
    ["circled letters", fold, "ⓖⓞ", "go"],
    ["modifier apostrophes", fold, "aʼ or ʼ1", "a' or '1"],
    ["NUL and zero-width characters", strip, "<scr\u0000i\u200bpt>", "<script>"],
    ["tags inside words", dropInnerTags, "o<x>nload", "onload"],
    ["UTF-7", decodeUtf7, "+ADw-script+AD4-", "<script>"],
    ["base64", decodeBase64, "PHNjcmlwdD4=", "<script>"],
    ["base64url", decodeBase64, "PHN2Zy9vbmxvYWQ9YWxlcnQoMSk-", "<svg/onload=alert(1)>"],
    ["no base64 of bytes", decodeBase64, "iVBORw0KGgoAAAANSUhEUg", undefined],
  ])("%s", (_, step, text, expected) => {
    expect(step(text)).toBe(expected);
  });

  it("reads both parts of a token", () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "none", kid: "../../x" })}.${part({ sub: "a' or 1=1" })}.x`;
    expect(JSON.parse(decodeJwt(token) ?? "")).toEqual([
      { alg: "none", kid: "../../x" },
      { sub: "a' or 1=1" },
    ]);
  });
});

describe("the chain", () => {
  it("keeps the raw form and tells how each reading came to be", () => {
    expect(formsOf("%2527").map(({ text, trail }) => [text, trail])).toEqual([
      ["%2527", []],
      ["%27", ["percent"]],
      ["'", ["percent", "percent"]],
    ]);
  });

  it("follows mixed encodings", () => {
    const texts = formsOf("%26%2360%3Bscript%26%2362%3B").map(({ text }) => text);
    expect(texts).toContain("<script>");
  });

  it("reads JSON inside a string, and base64 inside that", () => {
    const inner = JSON.stringify({ a: Buffer.from("<svg onload=alert(1)>").toString("base64") });
    const form = formsOf(inner, false).find(({ text }) => text === "<svg onload=alert(1)>");
    expect(form?.trail).toEqual(["json $.a", "base64"]);
  });

  it("stops at four steps, at twelve readings, and at the budget", () => {
    const layered = (levels: number): string =>
      levels === 0 ? "'" : encodeURIComponent(layered(levels - 1)).replaceAll("'", "%27");
    const deepest = Math.max(...formsOf(layered(9)).map(({ trail }) => trail.length));
    expect(deepest).toBe(4);
    expect(formsOf("%26lt%3B\\u003c＜+ADw-&#60;".repeat(3)).length).toBeLessThanOrEqual(12);
    const poor = createBudget({ characters: 10, readings: 1, values: 1 });
    expect(
      decode({ place: "query", name: "", location: "", text: "%2527%2527", escaped: true }, poor).length,
    ).toBe(2);
  });

  it("cuts long values to their telling blocks", () => {
    const [form] = formsOf(`${"a".repeat(100_000)}<svg onload=alert(1)>`, false);
    expect(form?.text.length).toBeLessThan(8_000);
    expect(form?.text).toContain("<svg onload=alert(1)>");
  });
});
