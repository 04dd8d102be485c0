/** Whatever is typed, the answer is a plan or an error of the catalogue; and what is formatted reads the same. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionText } from "../../../test/support/query-conditions.ts";
import { compileQuery } from "../../store/sql/compile.ts";
import { complete } from "./complete.ts";
import { QueryError } from "./error.ts";
import { formatQuery } from "./format.ts";
import { parseQuery } from "./parse.ts";
import { prepareQuery } from "./prepare.ts";
import { STEP_NAMES } from "./step-help.ts";

const WORDS = [
  ...STEP_NAMES,
  ...[
    "events",
    "detections",
    "incidents",
    "by",
    "and",
    "or",
    "not",
    "in",
    "has",
    "between",
    "matches",
    "regex",
    "asc",
  ],
  ...[
    "url.path",
    "status",
    "timestamp",
    "http.request.headers",
    "http.request.body.a",
    "finding.class",
    "severity",
  ],
  ...[
    "count()",
    "sum(",
    "arg_max(timestamp, *)",
    "percentile(",
    "bin(",
    "iff(",
    "case(",
    "strcat(",
    "parse_json(",
    "ago(1h)",
  ],
  ...[
    "(",
    ")",
    "[",
    "]",
    "|",
    ",",
    "=",
    "==",
    "!=",
    "=~",
    "!",
    "~",
    "<",
    ">=",
    "..",
    ".",
    "*",
    "-",
    "+",
    "/",
    "%",
    ":",
    "//",
  ],
  ...[
    '"a"',
    "'b'",
    '@"c\\d"',
    '"',
    "'",
    "1",
    "0.5",
    "5m",
    "1e999",
    "datetime(2026-01-01)",
    "true",
    "null",
    "\n",
    "\\",
    "é",
    "\ud800",
    "\0",
  ],
];
const soup = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(" "));
const column = fc.constantFrom(
  "a = status",
  "url.path",
  "b = strlen(url.path)",
  "bin(timestamp, 5m)",
  "x = 1 - (2 - status)",
  "c = -(5)",
  "d = -(-status)",
);
const step = fc.oneof(
  conditionText.map((condition) => `where ${condition}`),
  conditionText.map((condition) => `search sqlmap status:5 (${condition})`),
  fc.array(column, { minLength: 1, maxLength: 3 }).map((columns) => `extend ${columns.join(", ")}`),
  fc
    .array(column, { minLength: 1, maxLength: 3 })
    .map((columns) => `summarize n = count(), max(duration_ms) by ${columns.join(", ")}`),
  fc.constantFrom(
    "take 5",
    "count",
    "sort by status asc, url.path",
    "top 3 by timestamp",
    "project-away http.*",
    "distinct user.id",
  ),
);
const query = fc.array(step, { maxLength: 4 }).map((steps) => ["events", ...steps].join("\n| "));

/** @returns whether the query holds; anything thrown but the catalogue's error fails the test */
function holds(text: string): boolean {
  try {
    const plan = prepareQuery(text, { now: 0 });
    compileQuery(plan, { services: ["shop"] });
    return true;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const { start, end } = error.range;
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
    return false;
  }
}

/** A tree without its ranges. */
function shape(text: string): string {
  return JSON.stringify(parseQuery(text), (key, value) =>
    key === "range" || key === "operatorRange" ? undefined : value,
  );
}

describe("queries of any kind", () => {
  it("hold or fail with an error of the catalogue", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          soup,
          soup.map((text) => `events | ${text}`),
          fc.string({ unit: "binary", maxLength: 60 }),
        ),
        (text) => {
          holds(text);
        },
      ),
      { numRuns: 4_000 },
    );
  });

  it("complete anywhere", () => {
    fc.assert(
      fc.property(fc.oneof(soup, query), fc.nat({ max: 300 }), (text, cursor) => {
        for (const item of complete(text, cursor)) {
          expect(item.replace.end).toBe(Math.min(cursor, text.length));
          expect(item.replace.start).toBeLessThanOrEqual(item.replace.end);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("read the same after formatting, and format the same again", () => {
    fc.assert(
      fc.property(query, (text) => {
        const formatted = formatQuery(parseQuery(text));
        expect(shape(formatted)).toBe(shape(text));
        expect(formatQuery(parseQuery(formatted))).toBe(formatted);
        expect(holds(formatted)).toBe(holds(text));
      }),
      { numRuns: 2_000 },
    );
  });
});
