import { describe, expect, it } from "vitest";
import { VedetteError } from "../errors.ts";
import { emptyEvent } from "../event.ts";
import type { FormatOptions } from "./format.ts";
import { openFormat } from "./open-format.ts";
import { resolveFormat } from "./resolve-format.ts";

const OPTIONS: FormatOptions = { zoneMinutes: 0, newest: Date.UTC(2023, 11, 31) };
const COMBINED =
  '203.0.113.9 - - [10/Oct/2023:13:55:36 +0000] "GET /v1/orders HTTP/1.1" 200 842 "-" "okhttp/4.11.0"';

function read(nameOrPattern: string, line: string) {
  const detection = resolveFormat(nameOrPattern, OPTIONS)([line]);
  if (!detection.found) throw new Error(detection.reason);
  const event = emptyEvent();
  const result = openFormat(detection.choice).parse(line, event);
  return { format: detection.choice.format, result, event };
}

function codeOf(action: () => unknown): string {
  try {
    action();
    return "none";
  } catch (error) {
    return error instanceof VedetteError ? `${error.code}: ${error.message}` : String(error);
  }
}

describe("resolveFormat", () => {
  it.each([
    ["nginx-combined", COMBINED, "nginx-combined"],
    ["apache-combined", COMBINED, "nginx-combined"],
    ["$remote_addr $status", "203.0.113.9 404", "nginx-log-format"],
    ["log_format x '$remote_addr' ' $status';", "203.0.113.9 404", "nginx-log-format"],
    ["%h %s", "203.0.113.9 404", "apache-log-format"],
    ['LogFormat "%h %>s" short', "203.0.113.9 404", "apache-log-format"],
    ["tomcat:%h %s %D", "203.0.113.9 404 12", "tomcat-pattern"],
    ["%DOWNSTREAM_REMOTE_ADDRESS% %RESPONSE_CODE%", "203.0.113.9:51514 404", "envoy-format"],
    [
      "#Fields: date time c-ip cs-method cs-uri-stem sc-status",
      "2023-10-10 13:55:36 203.0.113.9 GET / 404",
      "iis",
    ],
  ])("understands %s", (name, line, format) => {
    const read1 = read(name, line);
    expect(read1).toMatchObject({ format, result: "event" });
    expect(read1.event["client.address"]).toBe("203.0.113.9");
  });

  it("finds the wrapping of a format that was named", () => {
    const detection = resolveFormat(
      "nginx-combined",
      OPTIONS,
    )([`Oct 10 13:55:36 web-1 nginx[7]: ${COMBINED}`]);
    expect(detection).toMatchObject({
      found: true,
      choice: { format: "nginx-combined", envelope: "syslog" },
    });
  });

  it("finds the mapping of JSON lines", () => {
    const detection = resolveFormat("json", OPTIONS)(['{"verb":"GET","uri":"/v1","code":200}']);
    expect(detection).toMatchObject({
      found: true,
      choice: { options: { mapping: { "http.request.method": "verb", "url.path": "uri" } } },
    });
  });

  it("says when no line fits what was named", () => {
    expect(resolveFormat("haproxy", OPTIONS)([COMBINED])).toEqual({
      found: false,
      kind: "not-a-log",
      reason: "None of its first lines fits the format that was named: HAProxy HTTP.",
    });
  });

  it("says what is wrong with a name or a string", () => {
    expect(codeOf(() => resolveFormat("nginx-conbined", OPTIONS))).toMatch(
      /^FORMAT_UNKNOWN: There is no format called "nginx-conbined"\. Did you mean nginx-/,
    );
    expect(codeOf(() => resolveFormat("no such thing", OPTIONS))).toMatch(/^FORMAT_UNKNOWN: /);
    expect(codeOf(() => resolveFormat("$remote_addr$status", OPTIONS))).toBe(
      "FORMAT_STRING_INVALID: Two variables touch before $status, so nothing tells where one ends.",
    );
    expect(codeOf(() => resolveFormat("%h%s", OPTIONS))).toBe(
      "FORMAT_STRING_INVALID: Two directives touch before %s, so nothing tells where one ends.",
    );
    expect(codeOf(() => resolveFormat("log_format x 'nothing';", OPTIONS))).toMatch(
      /^FORMAT_STRING_INVALID: /,
    );
    expect(codeOf(() => resolveFormat("nginx-log-format", OPTIONS))).toMatch(/^FORMAT_STRING_INVALID: /);
    expect(codeOf(() => resolveFormat(`$a ${"x".repeat(10_000)}`, OPTIONS))).toMatch(
      /^FORMAT_STRING_INVALID: /,
    );
  });
});
