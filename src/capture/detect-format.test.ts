import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectFormat, type FormatFound } from "./detect-format.ts";
import type { FormatOptions } from "./format.ts";

const OPTIONS: FormatOptions = { zoneMinutes: 0, newest: Date.UTC(2023, 11, 31) };
const combined = (i: number) =>
  `203.0.113.${i % 250} - - [10/Oct/2023:13:55:${String(i % 60).padStart(2, "0")} +0000] "GET /v1/orders/${i} HTTP/1.1" 200 ${i} "-" "okhttp/4.11.0"`;
const many = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));

function found(lines: readonly string[], options: FormatOptions = OPTIONS): FormatFound {
  const detection = detectFormat(lines, options);
  if (!detection.found) throw new Error(detection.reason);
  return detection;
}

describe("detectFormat", () => {
  it("says what it found, how surely, and by what", () => {
    const lines = [...many(98, combined), "a line of something else", "and another"];
    const detection = found(lines);
    expect(detection.choice).toEqual({
      format: "nginx-combined",
      envelope: "none",
      options: OPTIONS,
      records: "lines",
      fallbacks: [],
    });
    expect(detection.confidence).toBe(0.98);
    expect(detection.evidence).toMatch(/^98 of 100 lines fit combined/);
  });

  it("names the other formats of a mixed file, the one with most lines first", () => {
    const error =
      '2023/10/10 13:55:36 [error] 7#0: *17 user "alice": password mismatch, client: 203.0.113.9, server: _, request: "GET /admin HTTP/1.1", host: "api.example.com"';
    const alb =
      'h2 2023-10-10T13:55:37.1Z app/shop/50d 198.51.100.23:5252 - -1 -1 -1 502 - 34 366 "GET https://api.example.com:443/v1 HTTP/2.0" "-" TLS TLSv1.3 - "Root=1-5833"';
    const { choice, others } = found([
      ...many(60, combined),
      ...many(10, () => error),
      ...many(5, () => alb),
    ]);
    expect(choice.format).toBe("nginx-combined");
    expect(others).toEqual([
      { format: "nginx-error", lines: 10 },
      { format: "aws-alb", lines: 5 },
    ]);
    expect(choice.fallbacks).toEqual(["nginx-error", "aws-alb"]);
  });

  it("finds a format inside its wrapping", () => {
    const { choice, evidence } = found(many(20, (i) => `Oct 10 13:55:36 web-1 nginx[77]: ${combined(i)}`));
    expect(choice).toMatchObject({ format: "nginx-combined", envelope: "syslog" });
    expect(evidence).toContain("wrapped in syslog");
  });

  it("shows which field came from which path of a JSON record, and why", () => {
    const line = (i: number) =>
      JSON.stringify({
        at: 1696946136123 + i,
        ctx: { uid: `u-${i}` },
        http: { verb: "GET", uri: `/v1/${i}`, code: 200, took: 12.5 + i },
        peer: `203.0.113.${i}`,
        agent: "okhttp/4.11.0",
      });
    const { choice, mapping } = found(many(20, line));
    expect(choice.format).toBe("json");
    expect(choice.options.mapping).toMatchObject({
      "http.request.method": "http.verb",
      "http.response.status_code": "http.code",
      "url.path": "http.uri",
      "client.address": "peer",
      "user.id": "ctx.uid",
      duration_ms: "http.took:ms",
      timestamp: "at",
    });
    expect(mapping.find(({ field }) => field === "client.address")?.reason).toBe(
      "the name, and 20 of 20 values fit",
    );
  });

  it("tells fields by their values where names say nothing", () => {
    const { choice, mapping } = found(
      many(20, (i) =>
        JSON.stringify({
          a: "GET",
          b: `/v1/orders/${i}`,
          c: `203.0.113.${i}`,
          d: "2023-10-10T13:55:36Z",
          status: 200,
        }),
      ),
    );
    expect(choice.options.mapping).toMatchObject({
      "http.request.method": "a",
      "url.path": "b",
      "client.address": "c",
      timestamp: "d",
    });
    expect(mapping.find(({ field }) => field === "client.address")?.reason).toBe(
      "20 of 20 values are IP addresses",
    );
  });

  it("takes a person's mapping over its own", () => {
    const line = JSON.stringify({
      time: "2023-10-10T13:55:36Z",
      method: "GET",
      url: "/v1",
      status: 200,
      user: "visible",
      ctx: { uid: "u-7" },
    });
    const { choice, mapping } = found(
      many(5, () => line),
      { ...OPTIONS, mapping: { "user.id": "ctx.uid" } },
    );
    expect(choice.options.mapping?.["user.id"]).toBe("ctx.uid");
    expect(mapping.filter(({ field }) => field === "user.id")).toEqual([
      { field: "user.id", path: "ctx.uid", reason: "as given" },
    ]);
  });

  it.each([
    [
      "pretty-printed",
      JSON.stringify(
        [
          { method: "GET", url: "/a", status: 200, ip: "203.0.113.9" },
          { method: "GET", url: "/b", status: 200, ip: "203.0.113.9" },
        ],
        null,
        2,
      ),
      "json",
    ],
    [
      "a HAR",
      JSON.stringify(
        {
          log: {
            version: "1.2",
            entries: [
              {
                startedDateTime: "2023-10-10T13:55:36Z",
                time: 1,
                request: { method: "GET", url: "https://api.example.com/", headers: [] },
                response: { status: 200 },
              },
            ],
          },
        },
        null,
        2,
      ),
      "har",
    ],
    [
      "a HAR whose first entry is longer than the sample",
      `{\n  "log": {\n    "version": "1.2",\n    "creator": {\n      "name": "WebInspector"\n    },\n    "entries": [\n      {\n`,
      "har",
    ],
    [
      "CloudTrail's file",
      JSON.stringify({
        Records: [
          {
            eventName: "ConsoleLogin",
            eventSource: "signin.amazonaws.com",
            eventTime: "2023-10-10T13:55:36Z",
          },
        ],
      }),
      "aws-cloudtrail",
    ],
  ])("reads documents that are no lines: %s", (_name, text, format) => {
    expect(found(text.split("\n")).choice).toMatchObject({ format, records: "documents" });
  });

  it.each([
    ["nothing", [], "empty", "There are no lines in it."],
    ["blank lines", ["", "  "], "empty", "There are no lines in it."],
    [
      "a binary file",
      many(20, () => "\u0000\u0001\u0002PNG\ufffd\ufffd\u0007"),
      "binary",
      "This is a binary file, not text.",
    ],
    [
      "an SSH server's log",
      many(20, (i) => `Jun  8 10:44:36 server sshd[${i}]: Invalid user admin from 203.0.113.9 port 45626`),
      "not-a-log",
      "This is the log of an SSH server (sshd): it has no HTTP requests.",
    ],
    [
      "prose",
      many(20, () => "Please GET well soon, he said, and did PUT the kettle on at 200 degrees."),
      "not-a-log",
      "No line has a request in it: no method, path or status in any known format.",
    ],
    [
      "JSON of another kind",
      many(20, (i) => JSON.stringify({ level: "info", msg: "cache warmed", took: i, path: "/var/cache" })),
      "not-a-log",
      "These are JSON lines, but no field of theirs holds a method or a path of a request.",
    ],
  ])("says no, and why, to %s", (_name, lines, kind, reason) => {
    expect(detectFormat(lines, OPTIONS)).toEqual({ found: false, kind, reason });
  });

  it("never throws, whatever the lines hold", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.json(), fc.constant(combined(1)))), (lines) => {
        expect(typeof detectFormat(lines, OPTIONS).found).toBe("boolean");
      }),
      { numRuns: 50 },
    );
  });

  it("is quick once it is warm", () => {
    const sample = many(200, combined);
    for (let i = 0; i < 5; i++) detectFormat(sample, OPTIONS);
    const times = many(7, () => {
      const started = performance.now();
      detectFormat(sample, OPTIONS);
      return String(performance.now() - started);
    }).map(Number);
    // 20 ms on a machine with nothing else to do.
    expect(Math.min(...times)).toBeLessThan(60);
  });
});
