/** What is wrong with a query is said with its code and the characters it is about. */
import { describe, expect, it } from "vitest";
import { pointAt, QueryError } from "./error.ts";
import { QUERY_LIMITS } from "./limits.ts";
import { prepareQuery } from "./prepare.ts";

function errorOf(text: string): QueryError {
  try {
    prepareQuery(text, { now: 0 });
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${text} holds`);
}

/** The query with the wrong part between «», the code, a part of the message. */
const CASES: readonly (readonly [string, string, string])[] = [
  ["«evnts» | take 5", "QUERY_TABLE", "Did you mean events?"],
  ["events | «wher» status > 5", "QUERY_SYNTAX", "Did you mean where?"],
  ["events | where «statsu» > 5", "QUERY_FIELD", "Did you mean status?"],
  ["events | where «client.adress» == '1.2.3.4'", "QUERY_FIELD", "Did you mean client.address?"],
  ["events | where «address» == '1.2.3.4'", "QUERY_FIELD", "Did you mean server.address?"],
  ["events | project url.path | where «status» > 5", "QUERY_FIELD", "no field status"],
  ["events | where «strlenn»(url.path) > 5", "QUERY_FUNCTION", "Did you mean strlen?"],
  ["events | where url.path «=» 'x'", "QUERY_SYNTAX", "Write =="],
  ["events | where «status == '500'»", "QUERY_TYPE", "Write the number without quotes."],
  ["events | where «url.path == 5»", "QUERY_TYPE", "Write the number in quotes."],
  ["events | where «timestamp > 5»", "QUERY_TYPE", "ago(1h)"],
  ["events | where «url.path»", "QUERY_TYPE", "not a condition"],
  ["events | where «url.path > 'a'»", "QUERY_TYPE", "no order"],
  ["detections | where severity >= «'hihg'»", "QUERY_TYPE", "Did you mean high?"],
  ["events | where finding.class has «'sqly'»", "QUERY_TYPE", "Did you mean sqli?"],
  ["events | where url.path matches regex «'(a'»", "QUERY_SYNTAX", "missing closing )"],
  ["events | where url.path matches regex «'(?=a)'»", "QUERY_SYNTAX", "Perl syntax"],
  ["events | where url.path == «'abc»", "QUERY_SYNTAX", "no closing quote"],
  ["events | where url.path == 'a«\\d»'", "QUERY_SYNTAX", "no escape"],
  ["events | where status > «5x»", "QUERY_SYNTAX", "neither a number nor a timespan"],
  ["events | where (status > 5«»", "QUERY_SYNTAX", "the query ends"],
  ["events | take «99999999»", "QUERY_LIMIT", "at most 10000 rows"],
  ["events | where status «;» 5", "QUERY_SYNTAX", "no meaning"],
  ["events | summarize «url.path» by status", "QUERY_TYPE", "no single row"],
  ["events | summarize count() by «finding.class»", "QUERY_TYPE", "grouped by a list"],
  ["events | where timestamp > «datetime(2026-02-31)»", "QUERY_SYNTAX", "is no time"],
  ["events | where ipv4_is_in_range(client.address, «'10.0.0.0/33'»)", "QUERY_TYPE", "IPv4 network"],
  ["events | summarize percentile(duration_ms, «101»)", "QUERY_TYPE", "0 to 100"],
  ["events | where «bin(timestamp)» > ago(1h)", "QUERY_TYPE", "bin takes (value, step)"],
  ["events | project a = 1, «a = 2»", "QUERY_TYPE", "two columns a"],
];

describe("errors of queries", () => {
  it.each(CASES)("%s", (marked, code, message) => {
    const text = marked.replace(/[«»]/g, "");
    const error = errorOf(text);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    const { start, end } = error.range;
    expect(`${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`).toBe(marked);
    expect(error.remedy).not.toBe("");
  });

  it("are pointed at in the line they are in", () => {
    const text = "events\n| where statsu > 5\n| take 3";
    expect(pointAt(text, errorOf(text).range)).toBe("| where statsu > 5\n        ^^^^^^");
  });
});

describe("limits of queries", () => {
  const many = (count: number, item: string, by: string): string => Array(count).fill(item).join(by);
  it.each([
    ["length", `events | where url.path == "${"x".repeat(QUERY_LIMITS.length)}"`],
    ["depth of brackets", `events | where ${"(".repeat(500)}status > 1${")".repeat(500)}`],
    ["depth of not", `events | where ${"not ".repeat(500)} status > 1`],
    ["depth of signs", `events | where status > ${"-".repeat(500)}status`],
    ["operators in a row", `events | where status > ${many(500, "1", "+")}`],
    ["terms", `events | where ${many(1_500, "status>1", " or ")}`],
    ["values of a list", `events | where status in (${many(1_001, "1", ",")})`],
    ["steps", `events ${many(40, "| take 1", " ")}`],
    ["length of a regular expression", `events | where url.path matches regex "${"a".repeat(600)}"`],
    [
      "size of a regular expression",
      'events | where url.path matches regex "((a{30}){30}b{100}){1,}(c{900})(d{900})(e{900})(f{900})(g{900})"',
    ],
    ["regular expressions", `events | where ${many(17, 'url.path matches regex "a"', " or ")}`],
    ["searched texts", `events | search ${many(33, '"a"', " ")}`],
  ])("%s", (_, text) => {
    expect(errorOf(text).code).toBe("QUERY_LIMIT");
  });

  it("leave room for a list of a thousand addresses", () => {
    const addresses = Array.from({ length: 1_000 }, (_, i) => `"10.0.${i >> 8}.${i & 255}"`);
    expect(() =>
      prepareQuery(`events | where client.address in (${addresses.join(",")})`, { now: 0 }),
    ).not.toThrow();
  });
});
