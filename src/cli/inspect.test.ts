import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, describe, expect, it, vi } from "vitest";
import { inspectLines } from "../inspect/stream.ts";
import { inspectCommand } from "./inspect.ts";

async function linesFor(input: string | Buffer, minScore = 0): Promise<unknown[]> {
  const results: unknown[] = [];
  for await (const line of inspectLines(Readable.from([input]), minScore)) results.push(JSON.parse(line));
  return results;
}

describe("vedette inspect --output ndjson", () => {
  it("answers each line, in order, also the bad ones", async () => {
    const input = [
      '{"url.path":"/x","url.query":"q=%27%20or%201=1"}',
      "",
      "no json",
      "[1]",
      '{"url.path":"/y"}',
    ].join("\n");
    const results = await linesFor(input);
    expect(results).toMatchObject([
      {
        i: 0,
        findings: [
          {
            class: "sqli",
            location: "query:q",
            evidence: "%27%20or%201=1",
            decoded: "' or 1=1",
            rule: "sqli/tautology",
          },
        ],
      },
      { i: 1, findings: [], error: { code: "INPUT_CORRUPT" } },
      { i: 2, findings: [], error: { code: "INPUT_CORRUPT" } },
      { i: 3, findings: [], error: { code: "INPUT_CORRUPT" } },
      { i: 4, findings: [] },
    ]);
  });

  it("passes over a line longer than 16 MiB, and marks it", async () => {
    const results = await linesFor(
      Buffer.concat([Buffer.alloc(17_000_000, "a"), Buffer.from('\n{"url.path":"/.env"}\n')]),
    );
    expect(results).toMatchObject([
      { i: 0, truncated: true, error: { code: "LINE_TOO_LONG" } },
      { i: 1, findings: [{ rule: "other/sensitive-file" }] },
    ]);
  });

  it("reads flat names, nested objects, full URLs and headers in any form", async () => {
    const payload = "<svg onload=alert(1)>";
    const events = [
      { url: { path: "/", query: `q=${payload}` } },
      { "url.full": `https://a.example/?q=${payload}#x` },
      { url: { full: `/x?q=${payload}` } },
      { http: { request: { headers: { "X-Name": [payload] } } } },
      { "http.request.headers": [{ name: "X-Name", value: payload }] },
      { "http.request.header.x-name": [payload] },
      { http: { request: { body: { content: JSON.stringify({ a: payload }) } } } },
      { "http.request.body": { a: payload } },
      { user_agent: { original: payload } },
    ];
    const results = await linesFor(events.map((event) => JSON.stringify(event)).join("\n"));
    expect(
      results.map((result) => (result as { findings: { location: string }[] }).findings[0]?.location),
    ).toEqual([
      "query:q",
      "query:q",
      "query:q",
      "header:x-name",
      "header:x-name",
      "header:x-name",
      "body.a",
      "body.a",
      "header:user-agent",
    ]);
  });

  it("leaves out what is below --min-score", async () => {
    const line = '{"url.path":"/phpmyadmin/"}';
    expect(await linesFor(line)).toMatchObject([{ findings: [{ rule: "other/admin-panel", score: 0.3 }] }]);
    expect(await linesFor(line, 0.5)).toEqual([{ i: 0, findings: [] }]);
  });
});

describe("vedette inspect for a person", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  async function run(...args: string[]): Promise<string> {
    let out = "";
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      out += String(chunk);
      return true;
    });
    await inspectCommand().exitOverride().parseAsync(args, { from: "user" });
    return out;
  }

  function file(text: string): string {
    const path = join(mkdtempSync(join(tmpdir(), "inspect-")), "input");
    writeFileSync(path, text);
    return path;
  }

  it("explains a URL step by step", async () => {
    const out = await run("https://shop.example/?q=1%2527%20or%201=1");
    expect(out).toContain("query:q\n  as sent: 1%2527%20or%201=1\n  percent: 1%27 or 1=1\n");
    expect(out).toContain("percent → percent: 1' or 1=1\n    attack  0.90  sqli/tautology");
    expect(out).toMatch(/An attack: sqli\/tautology at 0\.90; 1 value was worth a closer look\.\n$/);
  });

  it("explains a request as it goes over the wire", async () => {
    const out = await run(
      file('POST /a HTTP/1.1\r\nHost: x\r\nUser-Agent: sqlmap/1.7\r\n\r\n{"a":"../../../etc/passwd"}'),
    );
    expect(out).toContain("header:user-agent");
    expect(out).toContain("body.a");
    expect(out).toContain("traversal/dots");
  });

  it("takes a request or an event that is pasted as the argument", async () => {
    const request = "POST /login HTTP/1.1\r\nHost: a.example\r\n\r\nuser=admin%27--";
    expect(await run(request)).toContain("body.user");
    const event = '{"http.request.headers":{"cookie":"id=%27%20or%207=7--"}}';
    expect(await run(event)).toContain("cookie:id");
  });

  it("says when a part of a request was left out, whatever the least score", async () => {
    const long = `https://shop.example/?q=${"<b onclick=a>'or 1=1 ".repeat(20_000)}`;
    const TOLD = "\nTruncated: the request holds more than is inspected, a part of it was left out.\n";
    expect(await run(long)).toContain(TOLD);
    expect(await run(long, "--min-score", "1")).toContain(TOLD);
    const flood = Array.from({ length: 400 }, (_, i) => `p${i}=%27or+1=1`).join("&");
    expect(await run(`https://shop.example/?${flood}`)).toContain(TOLD);
  });

  it("says so when there is nothing", async () => {
    expect(await run("https://shop.example/about")).toBe(
      "Nothing found: 0 values were worth a closer look.\n",
    );
  });

  it("shows control characters as text and secrets not at all", async () => {
    const out = await run("https://shop.example/?q=%1b[31m<svg%20onload=alert(1)>&password=hunter2'--");
    expect(out).not.toContain("\u001b");
    expect(out).toContain("\\x1b[31m");
    expect(out).not.toContain("hunter2");
  });

  it("says what is wrong with an input", async () => {
    await expect(run("/no/such/file")).rejects.toMatchObject({ code: "INPUT_NOT_FOUND" });
    await expect(run("x", "--min-score", "7")).rejects.toMatchObject({ code: "commander.invalidArgument" });
  });
});
