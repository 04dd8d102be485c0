/** Whatever a request holds: bounded work, a mark where something was left out, and an answer for every line. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ApiEvent, emptyEvent } from "../event.ts";
import { BOUNDS, createBudget } from "./budget.ts";
import { readCases } from "./cases.ts";
import { DETECTORS } from "./detectors.ts";
import { examine } from "./examine.ts";
import { inspect } from "./inspect.ts";
import { inspectLines } from "./stream.ts";

const MEGABYTE = 1_048_576;

interface Answer {
  readonly i: number;
  readonly findings: readonly { readonly rule: string; readonly class: string }[];
  readonly truncated?: boolean;
  readonly error?: { readonly code: string };
}

async function answersTo(lines: readonly string[]): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  async function* chunks() {
    for (const line of lines) yield `${line}\n`;
  }
  for await (const answer of inspectLines(chunks(), 0.5)) answers.push(JSON.parse(answer) as Answer);
  return answers;
}

const query = (text: string) => JSON.stringify({ "url.path": "/a", "url.query": text });
const body = (json: string) => `{"url.path":"/a","http.request.body":${json}}`;
const rulesOf = (answer: Answer | undefined) => answer?.findings.map(({ rule }) => rule);

describe("bounds of inspection", () => {
  it("finds an attack at the end of ten megabytes, and says that the middle was left out", async () => {
    const padded = `q=${"a".repeat(10 * MEGABYTE)}<svg onload=alert(1)>`;
    const [answer] = await answersTo([query(padded)]);
    expect(answer?.findings.map((found) => found.class)).toEqual(["xss"]);
    expect(answer?.truncated).toBe(true);
  });

  it("reads a million parameters, up to the values that it may look at", async () => {
    const plain = Array.from({ length: 1_000_000 }, (_, i) => `p${i}=1`).join("&");
    const hostile = "a=%27or+1=1&".repeat(1_000_000).slice(0, 12_000_000);
    const [quiet, loud] = await answersTo([query(plain), query(hostile)]);
    expect(rulesOf(quiet)).toEqual(["other/parameter-flood"]);
    expect(quiet?.truncated).toBeUndefined();
    expect(rulesOf(loud)).toContain("other/parameter-flood");
    expect(loud?.truncated).toBe(true);
  });

  it("answers for JSON that is nested a hundred thousand deep, wherever it stands", async () => {
    const deep = (inner: string) => `${"[".repeat(100_000)}${inner}${"]".repeat(100_000)}`;
    const answers = await answersTo([
      body(deep('"<svg onload=alert(1)>"')),
      body(JSON.stringify(deep("1"))),
      body(`{"a":${deep("1")},"b":"' or 1=1 -- "}`),
      `{"url.path":"/a","http.request.headers":{"x-a":${deep("1")},"x-b":"() { :;}; id"}}`,
      `{"url.path":"/a","other":${deep("1")}}`,
      body(`[${`{"jsonrpc":"2.0","params":${deep("1")}},`.repeat(20)}1]`),
    ]);
    expect(answers.map(({ i }) => i)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(answers[0]?.truncated).toBe(true);
    expect(rulesOf(answers[1])).toEqual(["other/nesting"]);
    expect(answers[2]?.findings.map((found) => found.class)).toContain("sqli");
    expect(answers[2]?.truncated).toBe(true);
    expect(rulesOf(answers[3])).toContain("cmdi/shellshock");
    expect(answers[4]).toEqual({ i: 4, findings: [] });
  });

  it("says so also where as many findings stand as are told", async () => {
    const many = Array.from({ length: 400 }, (_, i) => `p${i}=%27or+1=1`).join("&");
    const [answer] = await answersTo([query(many)]);
    expect(answer?.findings.filter((found) => found.class === "sqli")).toHaveLength(32);
    expect(answer?.truncated).toBe(true);
  });

  it("says so when a form has more parts than are read", async () => {
    const part = (value: string) => `--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n${value}\r\n`;
    const form = (count: number) =>
      JSON.stringify({
        "url.path": "/a",
        "http.request.headers": { "content-type": "multipart/form-data; boundary=b" },
        "http.request.body": `${part("1").repeat(count)}--b--`,
      });
    const [few, many] = await answersTo([form(20), form(2_000)]);
    expect(few?.truncated).toBeUndefined();
    expect(many?.truncated).toBe(true);
  });

  it("passes over a line that is longer than it keeps, and goes on with the next", async () => {
    const [long, next] = await answersTo([query("a".repeat(17 * MEGABYTE)), query("q=' or 1=1 -- ")]);
    expect(long).toEqual({
      i: 0,
      findings: [],
      truncated: true,
      error: { code: "LINE_TOO_LONG", message: expect.stringMatching(/^The line has \d+ bytes\.$/) },
    });
    expect(next?.findings.map((found) => found.class)).toEqual(["sqli"]);
  });

  it("takes halves of characters and overlong bytes for what a lenient reader makes of them", () => {
    const of = (event: Partial<ApiEvent>) => inspect({ ...emptyEvent(), "url.path": "/a", ...event });
    expect(of({ "url.query": `q=\ud800<svg onload=alert(1)>\udc00` })[0]?.class).toBe("xss");
    expect(of({ "http.request.body": { "\udfff": "\ud83d' or 1=1 -- " } })[0]?.class).toBe("sqli");
    expect(of({ "url.query": "f=..%c0%af..%c0%af..%c0%afetc/passwd" })[0]?.class).toBe("traversal");
    expect(
      of({ "url.query": "f=%e0%80%ae%e0%80%ae/%e0%80%ae%e0%80%ae/etc/passwd" })[0]?.score,
    ).toBeGreaterThan(0.5);
  });
});

describe("work", () => {
  /** Characters that decoders and detectors read of one value, by the event's own account. */
  function workOf(text: string): number {
    let spent = 0;
    const budget = createBudget(BOUNDS);
    const counting = {
      ...budget,
      spend(amount: number) {
        spent += amount;
        return budget.spend(amount);
      },
    };
    const value = { place: "query", name: "q", location: "query:q", text, escaped: true } as const;
    examine(value, counting, () => {});
    return spent;
  }

  const HOSTILE: readonly string[] = [
    "'or 1=1--",
    "<svg onload=a()>",
    "{{a}}",
    "$(id);",
    "../",
    "%2525252e",
    "&#x26;#60;",
    "\\u005cu0027",
    "PHN2Zz4=",
    '{"a":"[\\"b\\"]"}',
    "<!ENTITY a '&b;'>",
    "rO0AB",
    ")(|(a=*",
    "\r\nSet-Cookie: a=b",
    "http://127.1/",
    "$\u007bjndi:$\u007blower:l}",
    "$where[a]=",
  ];

  const PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~ \n";

  it("grows no faster than the text, and ends at the event's bound", () => {
    const beginnings = DETECTORS.flatMap((detector) =>
      readCases(join(import.meta.dirname, detector.class, "attacks.txt")).map(({ line }) =>
        line.slice(line.indexOf("\t") + 1).slice(0, 24),
      ),
    );
    expect(beginnings.length).toBeGreaterThan(400);
    for (const seed of [...HOSTILE, ...PUNCTUATION, ...beginnings]) {
      const [small, large] = [1_000, 4_000].map((length) => workOf(seed.repeat(length / seed.length))) as [
        number,
        number,
      ];
      // An exponent of 1, and a little for the readings that only the longer text has.
      expect(Math.log(large / small) / Math.log(4), seed).toBeLessThan(1.25);
      if (HOSTILE.includes(seed))
        expect(workOf(seed.repeat(400_000 / seed.length)), seed).toBeLessThan(BOUNDS.characters * 1.1);
    }
  });

  it("is the same for the same text, and every detector is asked within it", () => {
    const event: ApiEvent = {
      ...emptyEvent(),
      "url.path": "/a",
      "http.request.body": "' or <a $( {{ ".repeat(200),
    };
    expect(inspect(event)).toEqual(inspect(event));
    expect(DETECTORS.length * 6_144).toBeLessThan(BOUNDS.characters);
  });
});
