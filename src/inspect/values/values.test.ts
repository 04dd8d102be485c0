import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../event.ts";
import { readBody } from "./body.ts";
import { readCookies } from "./cookies.ts";
import { readJson } from "./json.ts";
import { readJsonText } from "./json-text.ts";
import { readPath } from "./path.ts";
import { QUERY, readPairs } from "./query.ts";
import type { Sink } from "./value.ts";

/** Everything that draws attention, as "location = text". */
function collect(read: (sink: Sink) => void): string[] {
  const taken: string[] = [];
  read({
    take: ({ location, text }) => taken.push(`${location} = ${text}`),
    more: () => true,
    cut: () => {},
  });
  return taken;
}

const HOT = "<svg onload=alert(1)>";

describe("values", () => {
  it("reads pairs of a query with their names decoded", () => {
    expect(collect((sink) => readPairs(`a=1&b%20c=${HOT}&=x&d`, QUERY, sink))).toEqual([
      `query:b c = ${HOT}`,
    ]);
  });

  it("reads cookies by name, also the broken ones", () => {
    const cookies = `a=b;  c=${HOT} ;${HOT}; =;;`;
    expect(collect((sink) => readCookies(cookies, sink))).toEqual(
      [`cookie:c = ${HOT} `, "cookie name = <svg onload"]
        .concat([])
        .slice(0, 1)
        .concat(collect((sink) => readCookies(HOT, sink))),
    );
  });

  it("counts path segments from one", () => {
    expect(collect((sink) => readPath(`/a/b/${HOT}`, sink))).toContain(`path segment 3 = ${HOT}`);
  });

  it("reads XML text, attributes, CDATA and entities by node", () => {
    const xml = `<?xml version="1.0"?><a x="${HOT.replace("<", "&lt;")}"><b>t</b><b><![CDATA[${HOT}]]></b><!-- ${HOT} --></a>`;
    expect(collect((sink) => readBody(xml, { "content-type": "text/xml" }, sink))).toEqual([
      `body/a@x = ${HOT}`,
      `body/a/b = ${HOT}`,
    ]);
  });

  it("numbers the documents of an NDJSON body", () => {
    expect(collect((sink) => readBody(`{"a":1}\n{"a":"${HOT}"}`, undefined, sink))).toEqual([
      `body[1].a = ${HOT}`,
    ]);
  });

  it("reads JSON text as JSON.parse and a walk would", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = value as Json;
        const parsed = collect((sink) => readJson(json, "body", sink));
        const scanned = collect((sink) => {
          expect(readJsonText(JSON.stringify(json), "body", sink)).toBe(true);
        });
        if (typeof json === "object") expect(new Set(scanned)).toEqual(new Set(parsed));
      }),
      { numRuns: 500, examples: [[[{ "": { '"A"A': false } }]], [{ $ne: 1 }]] },
    );
  });

  it("reads an operator key under its escapes", () => {
    expect(collect((sink) => readJsonText('{"user":{"\\u0024ne":1}}', "body", sink))).toContain(
      'body.user = {"\\u0024ne":1}',
    );
  });

  it.each(["{", "[1,", '{"a"}', '{"a":1,}x', "[1 2]", '{"a":"', "]", "{a:1}", ""])(
    "says that %j is no JSON",
    (text) => {
      expect(readJsonText(text, "body", { take: () => {}, more: () => true, cut: () => {} })).toBe(false);
    },
  );

  it("inspects an object with operator keys as a whole", () => {
    const expected = ["body name = $ne", 'body.user = {"$ne":1}'];
    expect(collect((sink) => readJsonText('{"user":{"$ne":1}}', "body", sink))).toEqual(expected);
    expect(collect((sink) => readJson({ user: { $ne: 1 } }, "body", sink))).toEqual(expected);
  });
});
