import fc from "fast-check";
import { expect, test } from "vitest";
import { htmlText, scriptJson } from "./escape.ts";

test("JSON in a script element gives back what went in and holds nothing that HTML or a script reads", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      const text = scriptJson(value);
      expect(text).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
    }),
  );
});

test("a key named __proto__ stays a key", () => {
  const value: unknown = JSON.parse('{"__proto__":{"polluted":true}}');
  const back: unknown = JSON.parse(scriptJson(value));
  expect(Object.keys(Object(back))).toEqual(["__proto__"]);
  expect(Object(back).polluted).toBeUndefined();
});

test("text in HTML has no character that starts a tag, an entity or ends an attribute", () => {
  expect(htmlText(`<img src=x onerror='alert("1")'>&lt;`)).toBe(
    "&lt;img src=x onerror=&#39;alert(&quot;1&quot;)&#39;&gt;&amp;lt;",
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(htmlText(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
  );
});
