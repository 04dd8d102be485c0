/** Conditions over live events; that they mean the same in the store is store/sql/parity.test.ts. */
import { describe, expect, it } from "vitest";
import { emptyEvent, type Finding } from "../../event.ts";
import { compilePredicate } from "./predicate.ts";
import { prepareQuery } from "./prepare.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const FINDINGS: readonly Finding[] = [
  {
    class: "sqli",
    rule: "sqli/union-select",
    location: "query:q",
    evidence: "UNION SELECT",
    decoded: "",
    score: 0.9,
    reason: "",
  },
];
const EVENT = {
  ...emptyEvent(),
  timestamp: NOW - 60_000,
  "service.name": "shop",
  "url.path": "/api/v1/Login",
  "url.query": "q=1 UNION select 2",
  "http.request.headers": { "x-foo": "Bar" },
  "http.request.body": { user: { name: "root", age: 41, tags: ["a", "b"] } },
  "http.response.status_code": 503,
  "client.address": "10.1.2.3",
};

function meets(query: string, findings = FINDINGS): boolean {
  return compilePredicate(prepareQuery(query, { now: NOW }))(EVENT, findings);
}

describe("a live tail's condition", () => {
  it.each([
    ['"union select" status >= 500', true],
    ["login", true],
    ["logi status:404", false],
    ["path:login not service:auth", true],
    ['events | where url.path has "api"', true],
    ['events | where url.path has "log"', false],
    ['events | where url.query has "union select"', true],
    ['events | where url.query has_cs "union select"', false],
    ['events | where http.request.headers["X-Foo"] == "Bar"', true],
    ['events | where http.request.body.user.name == "root" and http.request.body.user.age > 40', true],
    ['events | where http.request.body.user.tags[-1] == "b"', true],
    ['events | where ipv4_is_in_range(client.address, "10.0.0.0/8")', true],
    ['events | where ipv6_is_in_range(client.address, "2001:db8::/32")', false],
    ["events | where timestamp > ago(5m)", true],
    ["events | where timestamp > ago(30s)", false],
    ["events | where duration_ms > 5 or duration_ms <= 5", false],
    ["events | where duration_ms != 5", true],
    ["events | where isempty(user.id) and duration_ms == null", true],
    ['events | where finding.class has "sqli" and finding.score >= 0.5', true],
    ["events | extend late = timestamp + 1h | where late > now() | project url.path", true],
    ["events", true],
  ])("%s: %s", (query, expected) => {
    expect(meets(query)).toBe(expected);
  });

  it.each([
    ["events | summarize count()", "Summarizing"],
    ["events | where status > 5 | take 5", "Taking"],
    ["events | sort by status", "Sorting"],
    ["incidents | where risk > 50", "Only events"],
    ["events | where log.file.line == 3", "log.file.line"],
  ])("cannot be %s", (query, message) => {
    expect(() => meets(query)).toThrow(
      expect.objectContaining({ code: "QUERY_NOT_LIVE", message: expect.stringContaining(message) }),
    );
  });
});

describe("a query that grows with every step", () => {
  const copies = (count: number, item: string): string => Array(count).fill(item).join(", ");
  it.each([
    [
      "texts of texts",
      Array.from(
        { length: 30 },
        (_, i) => `extend t${i + 1} = strcat(${copies(20, i ? `t${i}` : "url.path")})`,
      ).join(" | "),
      "strlen(t30) == 65536",
    ],
    [
      "sums of sums",
      Array.from({ length: 30 }, (_, i) => `extend n${i + 1} = n${i} + n${i} - n${i}`)
        .join(" | ")
        .replace("n0 + n0 - n0", "status"),
      "n30 == 503",
    ],
    [
      "comparisons in comparisons",
      "extend a = 1",
      `${"iff(".repeat(28)}status${" > 1, 1, 2)".repeat(28)} == 2`,
    ],
    [
      "bounds in bounds",
      "extend a = 1",
      `${"iff(".repeat(28)}status${" between (0 .. 900), 1, 2)".repeat(28)} == 1`,
    ],
    [
      "words in words",
      "extend a = 1",
      `${"iff(".repeat(28)}url.path${' has_any ("api", "x", "y", "z"), "api", "")'.repeat(28)} == "api"`,
    ],
    ["remainders of remainders", "extend a = 1", `${"(".repeat(28)}status${" % 500)".repeat(28)} == 3`],
  ])("is computed once a value: %s", (_, steps, condition) => {
    expect(meets(`events | ${steps} | where ${condition}`)).toBe(true);
  });
});
