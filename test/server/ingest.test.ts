/** The server as a sender meets it: a real process's worth of it, on loopback, with its store in a temporary folder. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { type Server, startServer } from "../../src/server.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-server-"));
const KEY = "an-ingest-key-for-tests";
const PROMTOOL = "/usr/bin/promtool";
if (!existsSync(PROMTOOL))
  console.warn("The metrics' form is not checked: promtool is not installed (apt-get install prometheus).");
let server: Server;

beforeAll(async () => {
  const options = { data: folder, port: 0, threads: 1, ingest_key: KEY };
  server = await startServer(readConfig({ environment: {}, options }), () => {});
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const event = (path: string) =>
  JSON.stringify({ timestamp: "2026-03-03T00:00:00Z", "url.path": path, "http.request.method": "GET" });

function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${KEY}`, ...headers },
    body: body as never,
  });
}

async function stored(path: string): Promise<number> {
  await server.live.settle();
  const { rows } = await server.live.store.query({
    sql: "SELECT count() FROM events WHERE `url.path` = {path:String}",
    parameters: { path },
  });
  return Number(rows[0]?.[0]);
}

describe("POST /v1/events", () => {
  it("takes NDJSON", async () => {
    const answer = await post(`${event("/ndjson")}\n${event("/ndjson")}\n`);
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ accepted: 2, ignored: 0, rejected: 0, rejections: [] });
    expect(await stored("/ndjson")).toBe(2);
  });

  it("takes a JSON array, pretty-printed too", async () => {
    const list = JSON.stringify([JSON.parse(event("/list")), JSON.parse(event("/list"))], undefined, 2);
    expect(await (await post(list)).json()).toMatchObject({ accepted: 2 });
    expect(await stored("/list")).toBe(2);
  });

  it("takes a HAR file as browsers save it", async () => {
    const headers = (all: Record<string, string>) =>
      Object.entries(all).map(([name, value]) => ({ name, value }));
    const entry = (request: object, response: object, more: object = {}) => ({
      _initiator: { type: "script" },
      _priority: "High",
      _resourceType: "fetch",
      cache: {},
      pageref: "page_1",
      startedDateTime: "2026-03-03T14:00:00.123+02:00",
      time: 41.25,
      timings: { blocked: 1.2, dns: -1, ssl: -1, connect: -1, send: 0.1, wait: 39, receive: 0.9 },
      ...more,
      request: {
        method: "GET",
        httpVersion: "http/2.0",
        headers: headers({ ":authority": "har.example", ":method": "GET", "user-agent": "Mozilla/5.0" }),
        queryString: [],
        cookies: [],
        headersSize: -1,
        bodySize: 0,
        ...request,
      },
      response: {
        status: 200,
        statusText: "",
        httpVersion: "http/2.0",
        headers: headers({ "content-type": "image/png" }),
        cookies: [],
        content: { size: 3, mimeType: "image/png", text: "AAEC", encoding: "base64" },
        redirectURL: "",
        headersSize: -1,
        bodySize: -1,
        _transferSize: 120,
        ...response,
      },
    });
    const login = { mimeType: "application/x-www-form-urlencoded", text: "user=ann&password=hunter2" };
    const entries = [
      entry(
        { url: "https://har.example/logo.png?v=1" },
        {},
        { serverIPAddress: "203.0.113.80", connection: "443" },
      ),
      entry(
        { url: "https://har.example/login", method: "POST", postData: login, bodySize: 25 },
        { status: 401 },
      ),
      // Blocked in the browser: there was no answer.
      entry(
        { url: "https://har.example/blocked" },
        { status: 0, headers: [], content: { size: 0, mimeType: "x-unknown" } },
      ),
      // Never left the browser.
      entry({ url: "data:image/png;base64,AAEC" }, {}),
      entry({ url: "blob:https://har.example/0b1c" }, {}),
    ];
    const har = {
      log: {
        version: "1.2",
        creator: { name: "WebInspector", version: "537.36" },
        pages: [
          { startedDateTime: "2026-03-03T14:00:00.000+02:00", id: "page_1", title: "x", pageTimings: {} },
        ],
        entries,
      },
    };
    const answer = await post(JSON.stringify(har, undefined, 2), { "content-type": "application/json" });
    expect(await answer.json()).toEqual({ accepted: 3, ignored: 2, rejected: 0, rejections: [] });
    await server.live.settle();
    const { rows } = await server.live.store.query({
      sql: `SELECT timestamp, \`service.name\`, \`http.request.method\`, \`url.path\`, \`url.query\`,
          \`http.response.status_code\`, duration_ms, request_body, response_body, \`user_agent.original\`
        FROM events WHERE \`server.address\` = 'har.example' ORDER BY \`event.row\``,
      parameters: {},
    });
    const at = "2026-03-03 12:00:00.123";
    expect(rows).toEqual([
      [at, "har.example", "GET", "/logo.png", "v=1", 200, 41.25, "", "", "Mozilla/5.0"],
      [
        at,
        "har.example",
        "POST",
        "/login",
        "",
        401,
        41.25,
        "user=ann&password=[redacted]",
        "",
        "Mozilla/5.0",
      ],
      [at, "har.example", "GET", "/blocked", "", null, 41.25, "", "", "Mozilla/5.0"],
    ]);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
  ])("takes %s", async (encoding, compress) => {
    const answer = await post(compress(`${event(`/${encoding}`)}\n`), { "content-encoding": encoding });
    expect(answer.status).toBe(202);
    expect(await stored(`/${encoding}`)).toBe(1);
  });

  it("takes a batch once, however often it comes under one idempotency key", async () => {
    for (let i = 0; i < 3; i++) {
      const answer = await post(event("/once"), { "idempotency-key": "k-1" });
      expect(await answer.json()).toMatchObject({ accepted: 1 });
    }
    expect(await stored("/once")).toBe(1);
  });

  it("refuses another batch under the same idempotency key, so that it is not lost in silence", async () => {
    const headers = { "idempotency-key": "k-2" };
    expect((await post(event("/first"), headers)).status).toBe(202);
    const answer = await post(event("/second"), headers);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "IDEMPOTENCY_KEY_REUSED" });
    // The same bytes are the same batch, however they are packed.
    const again = await post(gzipSync(event("/first")), { ...headers, "content-encoding": "gzip" });
    expect(again.status).toBe(202);
    expect([await stored("/first"), await stored("/second")]).toEqual([1, 0]);
  });

  it("takes a request once that comes again as it was, when its events have ids of their own", async () => {
    const named = (id: string) => JSON.stringify({ ...JSON.parse(event("/named")), "event.id": id });
    for (let i = 0; i < 3; i++) {
      const answer = await post(`${named("a")}\n${named("b")}\n`);
      expect(await answer.json()).toMatchObject({ accepted: 2 });
    }
    const both = await Promise.all([post(`${named("c")}\n`), post(`${named("c")}\n`)]);
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    expect(await stored("/named")).toBe(3);
    // One event without an id, and the same bytes may be another request.
    for (let i = 0; i < 2; i++) await post(`${named("d")}\n${event("/named")}\n`);
    expect(await stored("/named")).toBe(7);
    await Promise.all([post(event("/unnamed")), post(event("/unnamed")), post(event("/unnamed"))]);
    expect(await stored("/unnamed")).toBe(3);
  });

  it("says which lines it could not read", async () => {
    const answer = await post(`${event("/good")}\n{"url.path"\n`);
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ accepted: 1, rejected: 1, rejections: [{ line: 1 }] });
  });

  it("says why when nothing in a batch is a request", async () => {
    const answer = await post('{"level":"info","msg":"started"}\n');
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({
      accepted: 0,
      ignored: 1,
      hint: expect.stringContaining("url.path"),
    });
    const one = await post(`{"level":"info","msg":"started"}\n${event("/beside")}\n`);
    expect(await one.json()).toEqual({ accepted: 1, ignored: 1, rejected: 0, rejections: [] });
  });

  it("refuses wrong keys", async () => {
    const wrong = await fetch(`${server.url}/v1/events`, { method: "POST", body: event("/wrong") });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get("content-type")).toBe("application/problem+json");
    expect(wrong.headers.get("www-authenticate")).toContain("Bearer");
    const other = await post(event("/wrong"), { authorization: "Bearer nope" });
    expect(await other.json()).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    expect(await stored("/wrong")).toBe(0);
  });

  it("refuses bodies that inflate beyond the limit, before they are in memory", async () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024, 32));
    const before = process.memoryUsage.rss();
    const answer = await post(bomb, { "content-encoding": "gzip" });
    expect(await answer.json()).toMatchObject({ status: 413, code: "PAYLOAD_TOO_LARGE" });
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 * 1024);
  });

  it("refuses broken and unknown encodings", async () => {
    const cut = gzipSync(event("/cut").repeat(50)).subarray(0, 60);
    expect(await (await post(cut, { "content-encoding": "gzip" })).json()).toMatchObject({
      code: "PAYLOAD_CORRUPT",
    });
    expect((await post(event("/odd"), { "content-encoding": "br" })).status).toBe(415);
  });
});

describe("what machines ask about the server", () => {
  it("answers on its health", async () => {
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: "ok" });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/^vedette_intake_events_total \d+$/m);
  });

  it.runIf(existsSync(PROMTOOL))(
    "has metrics that Prometheus's own checker has nothing to say of",
    async () => {
      const input = await (await fetch(`${server.url}/metrics`)).text();
      const { status, stdout, stderr } = spawnSync(PROMTOOL, ["check", "metrics"], {
        input,
        encoding: "utf8",
      });
      expect([status, stdout, stderr]).toEqual([0, "", ""]);
    },
  );

  it("answers an unknown address with a problem", async () => {
    const answer = await fetch(`${server.url}/nowhere`);
    expect(await answer.json()).toMatchObject({
      status: 404,
      code: "NOT_FOUND",
      detail: "There is no GET /nowhere",
    });
  });
});

describe("OTLP over HTTP", () => {
  const request = (resource: string) =>
    JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [{ key: "service.name", value: { stringValue: resource } }] },
          scopeSpans: [
            {
              spans: [
                {
                  traceId: "5b8efff798038103d269b633813fc60c",
                  spanId: "eee19b7ec3c1b174",
                  kind: 2,
                  name: "GET /otlp",
                  startTimeUnixNano: "1772496000000000000",
                  endTimeUnixNano: "1772496000025000000",
                  attributes: [
                    { key: "http.request.method", value: { stringValue: "GET" } },
                    { key: "url.path", value: { stringValue: "/otlp" } },
                    { key: "http.response.status_code", value: { intValue: "200" } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });

  it("takes server spans", async () => {
    const answer = await fetch(`${server.url}/v1/traces`, {
      method: "POST",
      headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
      body: request("shop"),
    });
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    expect(await stored("/otlp")).toBe(1);
  });

  it("takes log records that carry the line of an access log", async () => {
    const line = (path: string) =>
      `203.0.113.9 - - [03/Mar/2026:00:00:07 +0000] "GET ${path} HTTP/1.1" 404 12 "-" "curl/8.4.0"`;
    const record = (stringValue: string) => ({
      timeUnixNano: "1772496001000000000",
      attributes: [{ key: "log.file.path", value: { stringValue: "/var/log/nginx/access.log" } }],
      body: { stringValue },
    });
    const logRecords = [record(line("/carried")), record("starting"), record(line("/carried"))];
    const answer = await fetch(`${server.url}/v1/logs`, {
      method: "POST",
      headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }),
    });
    expect(await answer.json()).toMatchObject({ partialSuccess: { rejectedLogRecords: "1" } });
    expect(await stored("/carried")).toBe(2);
  });

  it("takes spans once that come again as they were", async () => {
    const again = request("again").replaceAll('"/otlp"', '"/otlp-again"');
    for (let i = 0; i < 2; i++) {
      const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
      const answer = await fetch(`${server.url}/v1/traces`, { method: "POST", headers, body: again });
      expect(answer.status).toBe(200);
    }
    expect(await stored("/otlp-again")).toBe(1);
  });

  it("refuses what has no key in the form that exporters read", async () => {
    const answer = await fetch(`${server.url}/v1/traces`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: request("shop"),
    });
    expect([answer.status, await answer.json()]).toEqual([401, { code: 16, message: "No key was sent" }]);
  });
});

describe("what is no HTTP request", () => {
  /** What is answered to these bytes until the connection ends. */
  function answerTo(bytes: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes));
      let answer = "";
      socket.setEncoding("utf8").on("data", (text: string) => {
        answer += text;
      });
      socket.on("end", () => resolve(answer)).on("error", reject);
    });
  }

  it.each([
    ["a TLS greeting", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "REQUEST_UNREADABLE"],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
      400,
      "REQUEST_UNREADABLE",
    ],
    [
      "long headers",
      `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`,
      431,
      "HEADERS_TOO_LARGE",
    ],
  ])("is told so as a problem: %s", async (_, bytes, status, code) => {
    const [head = "", body = ""] = (await answerTo(bytes)).split("\r\n\r\n");
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain("content-type: application/problem+json");
    expect(head).toContain("x-content-type-options: nosniff");
    expect(JSON.parse(body)).toMatchObject({ status, code });
  });
});
