/** What reaches the store: no text of a user in the SQL, and the reader's scope on every table read. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionText } from "../../../test/support/query-conditions.ts";
import { prepareQuery } from "../../explore/query/prepare.ts";
import { TABLES } from "../../explore/query/schema.ts";
import { SEARCHED_COLUMNS } from "../schema/searched-text.ts";
import { compileQuery } from "./compile.ts";
import { answerQuery, type ReadRows } from "./query.ts";

const SCOPE = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 2), services: ["shop"] } as const;

function compile(text: string) {
  return compileQuery(prepareQuery(text, { now: 0 }), SCOPE);
}

describe("compiled queries", () => {
  it("are one SELECT with every value as a parameter", () => {
    const { sql, parameters } = compile(
      'events | where url.path == "\' OR 1=1 --" | summarize n = count() by user.id | top 5 by n',
    );
    expect(sql).toBe(
      "SELECT c1 AS c3, c2 AS c4 FROM (SELECT `user.id` AS c1, count() AS c2 FROM `events` " +
        "WHERE (`timestamp` >= {p1:DateTime64(3, 'UTC')}) AND (`timestamp` < {p2:DateTime64(3, 'UTC')}) " +
        "AND (`service.name` IN {p3:Array(String)}) AND ((hasToken(`searched_text`, {p4:String}) AND " +
        "hasToken(`searched_text`, {p5:String}) AND `url.path` = {p6:String})) GROUP BY c1) " +
        "ORDER BY c2 DESC NULLS LAST LIMIT 5",
    );
    expect(parameters).toEqual({
      p1: "2026-03-01 00:00:00.000",
      p2: "2026-03-02 00:00:00.000",
      p3: ["shop"],
      p4: "or",
      p5: "1",
      p6: "' OR 1=1 --",
    });
  });

  it("never hold what a user wrote, and read a table once, within the scope", () => {
    const steps = fc.constantFrom(
      "take 5",
      "count",
      "extend x_user = 1",
      "summarize x_user = count() by url.path",
      "sort by status",
      "distinct user.id",
    );
    fc.assert(
      fc.property(conditionText, fc.array(steps, { maxLength: 4 }), (condition, rest) => {
        const query = ["events", `where ${condition} or url.path == "marked by the user"`, ...rest].join(
          " | ",
        );
        const sql = compiledOrNothing(query);
        if (sql === undefined) return;
        expect(sql).not.toMatch(/marked|x_user|;|--|\/\*/);
        expect(sql.match(/FROM `/g)).toHaveLength(1);
        expect(sql).toMatch(
          /FROM `events` WHERE \(`timestamp` >= \{p1:DateTime64\(3, 'UTC'\)\}\) AND \(`timestamp` < \{p2:DateTime64\(3, 'UTC'\)\}\) AND \(`service\.name` IN \{p3:Array\(String\)\}\) AND \(/,
        );
        expect(isBalanced(sql)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["detections", "(`target.service` IN {p3:Array(String)})"],
    [
      "incidents",
      "(notEmpty(`detections`) AND arrayAll(d -> d IN (SELECT id FROM `detections` FINAL WHERE `target.service` IN {p3:Array(String)}), `detections`))",
    ],
  ])("of %s keep to the services of the reader", (table, condition) => {
    expect(compile(`${table} | where severity >= "low" or true`).sql).toContain(condition);
  });
});

describe("the index of words", () => {
  const conditionsOf = (text: string): string =>
    /{p3:Array.String.}\) AND \((.*)\) ORDER/.exec(
      compile(`events | ${text} | project status | take 1`).sql,
    )?.[1] ?? "";

  it("has columns that a search looks through for parts", () => {
    const searched = TABLES.events.columns.filter((column) => column.searched === "part");
    expect(searched.map(({ name }) => name)).toEqual(expect.arrayContaining([...SEARCHED_COLUMNS]));
  });

  it.each([
    // One word is in one column, or in none: the others are those of few values.
    [
      "search sqlmap",
      "((`searched_text` LIKE {p4:String}) OR " +
        "((positionCaseInsensitive(`server.address`, {p5:String}) > 0) OR (positionCaseInsensitive(`http.route`, {p5:String}) > 0) OR " +
        "(positionCaseInsensitive(`user_agent.original`, {p5:String}) > 0) OR (positionCaseInsensitive(`error.type`, {p5:String}) > 0)))",
    ],
    // What holds always makes the index answer what must not be there.
    [
      "search not sqlmap",
      "(((`searched_text` LIKE {p4:String}) OR NOT (`searched_text` LIKE {p4:String})) AND " +
        "(NOT ((`searched_text` LIKE {p4:String}) OR " +
        "((positionCaseInsensitive(`server.address`, {p5:String}) > 0) OR (positionCaseInsensitive(`http.route`, {p5:String}) > 0) OR " +
        "(positionCaseInsensitive(`user_agent.original`, {p5:String}) > 0) OR (positionCaseInsensitive(`error.type`, {p5:String}) > 0)))))",
    ],
    [
      'where url.path has "login"',
      "(hasToken(`searched_text`, {p4:String}) AND hasTokenCaseInsensitive(`url.path`, {p4:String}))",
    ],
    [
      'where http.request.headers["referer"] contains "evil"',
      "(`searched_text` LIKE {p4:String} AND (positionCaseInsensitive(`http.request.headers`[{p6:String}], {p5:String}) > 0))",
    ],
    [
      'where url.path == "/a/b"',
      "(hasToken(`searched_text`, {p4:String}) AND hasToken(`searched_text`, {p5:String}) AND `url.path` = {p6:String})",
    ],
    // Too short a part, columns that need it not, letters beyond A to Z, and the column of another step.
    ['where url.path contains "ab"', "(positionCaseInsensitive(`url.path`, {p4:String}) > 0)"],
    ['where trace_id == "abcdef"', "`trace_id` = {p4:String}"],
    ['where ip == "192.0.2.1"', "`client.address` = {p4:String}"],
    ['where url.path contains "straße"', "(position(lowerUTF8(`url.path`), {p4:String}) > 0)"],
  ])("answers for %s", (text, expected) => {
    expect(conditionsOf(text)).toBe(expected);
  });

  it("is left out where a column is not the stored one", () => {
    expect(
      compile('events | extend url.path = tolower(url.path) | where url.path has "login"').sql,
    ).not.toContain("searched_text");
    expect(compile('events | take 5 | search "sqlmap"').sql).not.toContain("searched_text");
  });
});

describe("an answer", () => {
  const read: ReadRows = async ({ sql }) => ({
    rows: Array.from({ length: Number(/LIMIT (\d+)$/.exec(sql)?.[1]) }, (_, i) => [i]),
  });

  it("says when there were more rows", async () => {
    const options = { now: 0, scope: { services: "all" }, rows: 3 } as const;
    const { columns, rows, truncated } = await answerQuery("events | project url.path", options, read);
    expect(columns).toEqual([{ name: "url.path", type: "string" }]);
    expect(rows).toHaveLength(3);
    expect(truncated).toBe(true);
    expect((await answerQuery("events | project url.path | take 2", options, read)).truncated).toBe(false);
  });
});

/** A later step may miss a column that an earlier one left out: not every generated query holds. */
function compiledOrNothing(query: string): string | undefined {
  try {
    return compile(query).sql;
  } catch {
    return undefined;
  }
}

/** No bracket closes before its time: what a user wrote cannot end the condition it stands in. */
function isBalanced(sql: string): boolean {
  let depth = 0;
  for (const sign of sql.replace(/'[^']*'|`[^`]*`/g, "")) {
    if (sign === "(") depth++;
    if (sign === ")") depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}
