import { describe, expect, it } from "vitest";
import { emptyRequest, type SimulatedRequest } from "../request.ts";
import { simulate } from "../simulate.ts";
import { WRITERS } from "./table.ts";

/** A request with something to escape in every text field. */
function request(changes: Partial<Record<string, unknown>> = {}): SimulatedRequest {
  const made = emptyRequest();
  Object.assign(made.event, {
    timestamp: Date.parse("2026-03-02T09:30:05.042Z"),
    "service.name": "shop-api",
    "server.address": "api.shop.example",
    "server.port": 443,
    "http.request.method": "GET",
    "url.scheme": "https",
    "url.path": "/v1/search",
    "url.query": 'q=5"x7\\é',
    "network.protocol.version": "2",
    "http.request.headers": { host: "api.shop.example", authorization: "Bearer abc" },
    "http.request.body.size": 0,
    "http.response.status_code": 200,
    "http.response.headers": { "content-type": "application/json" },
    "http.response.body.size": 1234,
    duration_ms: 45,
    "client.address": "203.0.113.9",
    "network.peer.address": "203.0.113.9",
    "user_agent.original": 'Shop/1 "beta"\t|{x}#',
    "user.id": "cus_1",
    trace_id: "0af7651916cd43dd8448eb211c80319c",
    span_id: "b7ad6b7169203331",
    ...changes,
  });
  made.referer = "https://www.shop.example/";
  made.route = "/v1/search";
  made.responseType = "application/json";
  return made;
}

function write(format: string, of = request(), logUsers = false): string {
  const writer = WRITERS.find((w) => w.name === format);
  if (writer === undefined) throw new Error(format);
  return writer.open({ logUsers }).line(of);
}

/** Format, and the whole line (or a part of it) that its server would write. */
const ESCAPED: readonly (readonly [string, string])[] = [
  [
    "nginx-combined",
    '203.0.113.9 - - [02/Mar/2026:09:30:05 +0000] "GET /v1/search?q=5\\x22x7\\x5C\\xC3\\xA9 HTTP/2.0" 200 1234 "https://www.shop.example/" "Shop/1 \\x22beta\\x22\\x09|{x}#"\n',
  ],
  [
    "nginx-common",
    '203.0.113.9 - - [02/Mar/2026:09:30:05 +0000] "GET /v1/search?q=5\\x22x7\\x5C\\xC3\\xA9 HTTP/2.0" 200 1234\n',
  ],
  ["nginx-vhost", "api.shop.example 203.0.113.9 - - ["],
  ["nginx-timed", '|{x}#" 0.045 0.045\n'],
  ["nginx-syslog", "<190>Mar  2 09:30:05 web-1 nginx: 203.0.113.9 - - [02/Mar/2026"],
  ["nginx-json", '"request_uri":"/v1/search?q=5\\"x7\\\\é"'],
  ["ingress-nginx", "[shop-shop-api-8080] [] 10.20.8."],
  [
    "apache-combined",
    '"GET /v1/search?q=5\\"x7\\\\\\xc3\\xa9 HTTP/2.0" 200 1234 "https://www.shop.example/" "Shop/1 \\"beta\\"\\t|{x}#"\n',
  ],
  ["apache-common", 'HTTP/2.0" 200 1234\n'],
  ["apache-vhost", "api.shop.example:443 203.0.113.9 - - ["],
  ["caddy-json", '"uri":"/v1/search?q=5\\"x7\\\\é"'],
  ["caddy-json", '"Authorization":["REDACTED"]'],
  ["traefik-clf", '"Shop/1 \\"beta\\"\\t|{x}#" 1 "shop-api@docker" "http://172.18.0.12:8080" 45ms\n'],
  ["traefik-json", '"Duration":45000000'],
  [
    "envoy-text",
    '[2026-03-02T09:30:05.042Z] "GET /v1/search?q=5"x7\\é HTTP/2" 200 - 0 1234 45 45 "203.0.113.9"',
  ],
  ["envoy-json", '"authority":"api.shop.example"'],
  ["haproxy", "Mar  2 09:30:05 lb-1 haproxy[2214]: 203.0.113.9:"],
  [
    "haproxy",
    '{api.shop.example|https://www.shop.example/|Shop/1 #22beta#22#09#7C#7Bx#7D#23} "GET /v1/search?q=5#22x7\\#C3#A9 HTTP/2.0"\n',
  ],
  [
    "iis-w3c",
    '\r\n2026-03-02 09:30:05 W3SVC2 10.20.3.8 GET /v1/search q=5"x7\\é 443 - 203.0.113.9 HTTP/2 Shop/1+"beta"%09|{x}# https://www.shop.example/ api.shop.example 200 0 0 ',
  ],
  [
    "aws-alb",
    '"GET https://api.shop.example:443/v1/search?q=5\\x22x7\\x5C\\xC3\\xA9 HTTP/2.0" "Shop/1 \\x22beta\\x22\\x09|{x}#"',
  ],
  [
    "aws-cloudfront",
    "\t/v1/search\t200\thttps://www.shop.example/\tShop/1%20%22beta%22%09%7C%7Bx%7D%23\tq=5%22x7%5C%C3%A9\t-\t",
  ],
  ["cloudflare", '"ClientRequestURI":"/v1/search?q=5\\"x7\\\\é"'],
  ["gcp-lb", '"latency":"0.045000s"'],
  ["azure-front-door", '"requestUri":"https://api.shop.example:443/v1/search?q=5\\"x7\\\\é"'],
  ["kong", '"authorization":"REDACTED"'],
  ["otlp-logs", '{"key":"http.response.status_code","value":{"intValue":"200"}}'],
  ["otlp-traces", '"startTimeUnixNano":"1772443805042000000","endTimeUnixNano":"1772443805087000000"'],
  ["vedette", '"timestamp":"2026-03-02T09:30:05.042Z"'],
  ["har", '"startedDateTime":"2026-03-02T09:30:05.042Z","time":45'],
];

describe("a line", () => {
  it.each(ESCAPED)("of %s has %s", (format, expected) => {
    expect(write(format)).toContain(expected);
  });

  it("names the user only when asked to, where the format has a field for it", () => {
    for (const format of [
      "nginx-combined",
      "apache-combined",
      "traefik-clf",
      "caddy-json",
      "nginx-json",
      "iis-w3c",
      "kong",
    ]) {
      expect(write(format)).not.toContain("cus_1");
      expect(write(format, request(), true)).toContain("cus_1");
    }
  });

  it("writes a dash where there is nothing", () => {
    const bare = request({ "url.query": undefined, "user_agent.original": "", "http.response.body.size": 0 });
    bare.referer = "";
    expect(write("nginx-combined", bare)).toMatch(/"GET \/v1\/search HTTP\/2\.0" 200 0 "-" "-"\n$/);
    expect(write("apache-combined", bare)).toMatch(/HTTP\/2\.0" 200 - "-" "-"\n$/);
    expect(write("iis-w3c", bare)).toContain(
      "GET /v1/search - 443 - 203.0.113.9 HTTP/2 - - api.shop.example",
    );
    expect(write("haproxy", bare)).toContain("{api.shop.example||}");
  });

  it("writes IPv6 clients as each server does", () => {
    const v6 = request({ "client.address": "2001:db8::7", "network.peer.address": "2001:db8::7" });
    expect(write("aws-alb", v6)).toMatch(/ 2001:db8::7:\d+ 10\.20\./);
    expect(write("traefik-json", v6)).toMatch(/"ClientAddr":"\[2001:db8::7\]:\d+"/);
    expect(write("haproxy", v6)).toMatch(/: 2001:db8::7:\d+ \[/);
  });

  it("says what became of a request that no server answered", () => {
    const lost = request({ "http.response.status_code": 504, duration_ms: 30_000 });
    expect(write("haproxy", lost)).toContain("<NOSRV> 0/-1/-1/-1/30000 504");
    expect(write("aws-alb", lost)).toMatch(/ - -1 -1 -1 504 - /);
    expect(write("envoy-text", lost)).toContain('" 504 UT ');
  });
});

describe("every format", () => {
  const JSON_LINES = [
    "nginx-json",
    "caddy-json",
    "traefik-json",
    "envoy-json",
    "cloudflare",
    "gcp-lb",
    "azure-front-door",
    "kong",
    "otlp-logs",
    "otlp-traces",
    "vedette",
  ];

  it.each(WRITERS.map((writer) => writer.name))("%s writes one line a request, attacks and all", (format) => {
    const writer = WRITERS.find((w) => w.name === format);
    if (writer === undefined) throw new Error(format);
    const run = simulate({
      events: 1_500,
      days: 0.2,
      detail: writer.detail,
      attacks: "injection_xss:loud,injection_cmdi:loud,injection_log4shell:loud",
    });
    const file = writer.open({ logUsers: true });
    let text = file.header;
    let requests = 0;
    for (const each of run.requests()) {
      text += file.line(each);
      requests++;
    }
    text += file.footer;
    expect(requests).toBeGreaterThan(1_500);
    if (format === "har") {
      expect((JSON.parse(text) as { log: { entries: unknown[] } }).log.entries).toHaveLength(requests);
      return;
    }
    const rows = text
      .split("\n")
      .slice(0, -1)
      .filter((row) => !row.startsWith("#"));
    expect(rows).toHaveLength(requests);
    if (JSON_LINES.includes(format)) for (const row of rows) expect(typeof JSON.parse(row)).toBe("object");
    if (format === "aws-cloudfront") for (const row of rows) expect(row.split("\t")).toHaveLength(33);
    if (format === "iis-w3c") for (const row of rows) expect(row.trimEnd().split(" ")).toHaveLength(20);
  });
});
