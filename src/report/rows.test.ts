import { describe, expect, it } from "vitest";
import { type Answered, writeRows } from "./rows.ts";

const answer: Answered = {
  columns: [
    { name: "url.path", type: "string" },
    { name: "n", type: "number" },
    { name: "list", type: "list" },
  ],
  rows: [
    ["/orders", 12, ["a", "b"]],
    ["/注文", 3, []],
    [null, -1, ["x"]],
  ],
  truncated: false,
};
const one = (value: unknown): Answered => ({
  columns: [{ name: "v", type: "string" }],
  rows: [[value]],
  truncated: false,
});

describe("rows", () => {
  it("as a table, numbers to the right, wide characters counted", () => {
    expect(writeRows(answer, "text").split("\n")).toEqual([
      "url.path   n  list",
      "────────  ──  ─────────",
      '/orders   12  ["a","b"]',
      "/注文      3  []",
      '          -1  ["x"]',
      "",
    ]);
  });

  it("as a table that fits the terminal", () => {
    const long: Answered = {
      columns: [
        { name: "path", type: "string" },
        { name: "n", type: "number" },
      ],
      rows: [
        [`/${"x".repeat(100)}`, 1],
        [`/${"注".repeat(50)}`, 2],
      ],
      truncated: false,
    };
    expect(writeRows(long, "text", 20).split("\n")).toEqual([
      "path               n",
      "─────────────────  ─",
      `/${"x".repeat(15)}…  1`,
      `/${"注".repeat(7)}…   2`,
      "",
    ]);
  });

  it("as a table in which nothing moves the cursor", () => {
    expect(writeRows(one("a\u001b[2Jb\u202ec\nd"), "text")).toContain("a\\x1b[2Jb\\u{202e}c\\x0ad");
  });

  it("as JSON and NDJSON", () => {
    expect(JSON.parse(writeRows(answer, "json"))).toEqual(answer);
    expect(writeRows(answer, "ndjson").split("\n")[0]).toBe('{"url.path":"/orders","n":12,"list":["a","b"]}');
  });

  it.each([
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ["+1", "'+1"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ['say "hi", all', '"say ""hi"", all"'],
    ["two\nlines", '"two\nlines"'],
    [-5, "-5"],
    [null, ""],
    [["a"], '"[""a""]"'],
  ])("as CSV in which %j is no formula", (value, written) => {
    expect(writeRows(one(value), "csv")).toBe(`v\r\n${written}\r\n`);
  });
});
