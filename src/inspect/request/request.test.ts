import { describe, expect, it } from "vitest";
import { type ApiEvent, emptyEvent } from "../../event.ts";
import { inspect } from "../inspect.ts";

const rulesOf = (event: Partial<ApiEvent>): readonly string[] =>
  inspect({ ...emptyEvent(), "url.path": "/api", ...event }).map(
    ({ rule, location, score }) => `${rule} ${location} ${score}`,
  );
const header = (name: string, value: string): Partial<ApiEvent> => ({
  "http.request.headers": { [name]: value },
});

describe("what only the request as a whole shows", () => {
  it("names headers that turn the request into another one", () => {
    expect(rulesOf(header("x-middleware-subrequest", "src/middleware"))).toEqual([
      "other/exploit-header header:x-middleware-subrequest 0.8",
    ]);
    expect(rulesOf(header("x-original-url", "/admin"))).toEqual([
      "other/path-override header:x-original-url 0.55",
    ]);
    expect(rulesOf(header("proxy", "http://192.0.2.7:8080"))).toContain(
      "other/exploit-header header:proxy 0.6",
    );
    expect(rulesOf(header("transfer-encoding ", "chunked"))).toEqual([
      "other/request-smuggling header:transfer-encoding  0.6",
    ]);
  });

  it("names ranges that overflow or multiply, and leaves a player's ranges alone", () => {
    expect(rulesOf(header("range", "bytes=0-18446744073709551615"))).toEqual([
      "other/exploit-header header:range 0.8",
    ]);
    const many = Array.from({ length: 30 }, (_, i) => `5-${i}`).join(",");
    expect(rulesOf(header("range", `bytes=${many}`))).toEqual(["other/amplification header:range 0.6"]);
    expect(rulesOf(header("range", "bytes=0-499,1000-1499"))).toEqual([]);
  });

  it("counts the operations of a batch, as text and as JSON", () => {
    const call = { jsonrpc: "2.0", id: 1, method: "eth_blockNumber" };
    const batch = (length: number) => Array.from({ length }, () => call);
    expect(rulesOf({ "http.request.body": JSON.stringify(batch(200)) })).toEqual(["other/batch body 0.5"]);
    expect(rulesOf({ "http.request.body": batch(200) })).toEqual(["other/batch body 0.5"]);
    expect(rulesOf({ "http.request.body": batch(20) })).toEqual([]);
    expect(rulesOf({ "http.request.body": JSON.stringify(batch(20)) })).toEqual([]);
  });

  it("sees nesting that no document has, and a flood of parameters", () => {
    expect(rulesOf({ "http.request.body": '{"a":'.repeat(100_000) })).toContain("other/nesting body 0.6");
    const flood = Array.from({ length: 2_000 }, (_, i) => `p${i}=1`).join("&");
    expect(rulesOf({ "url.query": flood })).toEqual(["other/parameter-flood query 0.5"]);
    expect(rulesOf({ "url.query": flood.slice(0, 600) })).toEqual([]);
  });

  it("says so when it did not read all of a request", () => {
    const body = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`f${i}`, "' or 1=1 <a b='".repeat(300)]),
    );
    expect(rulesOf({ "http.request.body": body })).toContain("other/truncated request 0.3");
  });
});
