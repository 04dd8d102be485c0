/** JSON made to break a reader, more entities than anyone has, clocks that are wrong: the server lives, counts, and sees. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Receipt } from "../../src/capture/live/intake.ts";
import { AUTHORISED, type ServerProcess, SOAK, sendEvents, startProcess } from "../support/server-process.ts";
import { ask } from "../support/stored.ts";

const ENTITIES = SOAK ? 1_000_000 : 20_000;
/** Megabytes: the budget of a server with a million active entities. */
const MOST_MEMORY = SOAK ? 1_500 : 700;
const TIME = Date.UTC(2026, 2, 3, 12);
const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), "vedette-hostile-"));
let server: ServerProcess;
let good = 0;

beforeAll(async () => {
  server = await startProcess(folder);
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
const keys = (count: number) => Array.from({ length: count }, (_, i) => `"k${i}":${i}`).join(",");

/** Values, as JSON text or as bytes that should be JSON. */
const VALUES: readonly (readonly [name: string, value: string | Buffer])[] = [
  ["arrays 100,000 deep", nested("[", "]", 100_000)],
  ["objects 100,000 deep", nested('{"a":', "}", 100_000).replace(":}", ":1}")],
  ["arrays that never close", "[".repeat(100_000)],
  ["60,000 keys", `{${keys(60_000)}}`],
  ["__proto__", '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'],
  ["a key often", `{${Array.from({ length: 50_000 }, (_, i) => `"url.path":"/${i}"`).join(",")}}`],
  ["lone surrogates", '"\\ud800\\udfff\\udc00 \\ud83d"'],
  ["NUL", '"a\\u0000b\\u0000"'],
  ["raw NUL and controls", Buffer.from([34, 0, 1, 2, 27, 127, 34])],
  ["bytes that are no UTF-8", Buffer.from([34, 0xff, 0xfe, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 34])],
  ["1e400", "1e400"],
  ["-1e400", "-1e400"],
  ["a number of 10,000 digits", "9".repeat(10_000)],
  ["900,000 characters", `"${"%25".repeat(300_000)}"`],
  ["backslashes", `"${"\\\\".repeat(200_000)}"`],
  ["a number and a half", "1.5.5"],
];

const event = (path: string) =>
  `{"timestamp":"2026-03-03T12:00:00Z","http.request.method":"GET","url.path":"${path}"}`;

/** Every field that is read in a way of its own. */
const FIELDS = [
  "timestamp",
  "url.path",
  "http.request.headers",
  "http.request.body",
  "http.response.status_code",
  "user.id",
];

async function isWell(): Promise<void> {
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: "ok" });
}

describe("hostile JSON", () => {
  it.each(VALUES)("with %s harms no event beside it", async (_name, value) => {
    const lines = FIELDS.flatMap((field) => [
      Buffer.from(`${event("/good")}\n{"http.request.method":"GET","${field}":`),
      Buffer.from(value),
      Buffer.from("}\n"),
    ]);
    const answer = await sendEvents(server.url, new Uint8Array(Buffer.concat(lines)));
    const { accepted, ignored, rejected } = (await answer.json()) as Receipt;
    expect(answer.status).toBe(202);
    expect(accepted).toBeGreaterThanOrEqual(FIELDS.length);
    expect(accepted + ignored + rejected).toBe(FIELDS.length * 2);
    good += FIELDS.length;
    await isWell();
  });

  it.each(VALUES)("with %s as OTLP harms nobody", async (_name, value) => {
    for (const [path, list, inner] of [
      ["/v1/traces", "resourceSpans", '"scopeSpans":[{"spans":[{"kind":2,"startTimeUnixNano":'],
      ["/v1/logs", "resourceLogs", '"scopeLogs":[{"logRecords":[{"timeUnixNano":'],
    ] as const) {
      const start = `{"${list}":[{"resource":{"attributes":[{"key":"service.name","value":`;
      const named = '{"key":"url.path","value":{"stringValue":"/otlp"}}';
      const middle = Buffer.from(`}]},${inner}`);
      const end = Buffer.from(`,"attributes":[${named},{"key":"user.id","value":`);
      const close = Buffer.from("}]}]}]}]}");
      const held = Buffer.from(value);
      const parts = [Buffer.from(start), held, middle, held, end, held, close];
      const headers = { ...AUTHORISED, "content-type": "application/json" };
      const body = new Uint8Array(Buffer.concat(parts));
      const answer = await fetch(`${server.url}${path}`, { method: "POST", headers, body });
      await answer.arrayBuffer();
      expect([200, 400, 413]).toContain(answer.status);
    }
    await isWell();
  });
});

it("takes a million keys for what they are: a line that is too long", async () => {
  const body = gzipSync(`${event("/good")}\n{"http.request.body":{${keys(1_000_000)}}}\n`);
  const answer = await sendEvents(server.url, new Uint8Array(body), { "content-encoding": "gzip" });
  expect(await answer.json()).toMatchObject({ accepted: 1, rejected: 1, rejections: [{ line: 1 }] });
  good++;
});

it(`finds the one who attacks among ${ENTITIES} others, with clocks a day off`, {
  timeout: 1_200_000,
}, async () => {
  const address = (i: number) => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
  const attack = Array.from({ length: 30 }, (_, i) => i);
  let sent = 0;
  for (let from = 0; from < ENTITIES; from += 5_000) {
    const lines = Array.from({ length: Math.min(5_000, ENTITIES - from) }, (_, n) => {
      const i = from + n;
      // One in a hundred from a clock a day ahead, one in a hundred a day late.
      const off = i % 100 === 1 ? DAY : i % 100 === 2 ? -DAY : 0;
      return JSON.stringify({
        timestamp: new Date(TIME + Math.floor(i / 100) * 10 + off).toISOString(),
        "http.request.method": "GET",
        "url.path": `/accounts/${i}`,
        "http.response.status_code": 200,
        "client.address": address(i),
        "user.id": `user-${i}`,
      });
    });
    if (from === Math.floor(ENTITIES / 10_000) * 5_000) {
      lines.push(
        ...attack.map((i) =>
          JSON.stringify({
            timestamp: new Date(TIME + Math.floor(from / 100) * 10 + i).toISOString(),
            "http.request.method": "GET",
            "url.path": "/products",
            "url.query": `id=${i}%27%20UNION%20SELECT%20password%20FROM%20users--`,
            "http.response.status_code": 500,
            "client.address": "203.0.113.66",
          }),
        ),
      );
    }
    const answer = await sendEvents(server.url, lines.join("\n"));
    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ accepted: lines.length });
    sent += lines.length;
  }
  if (process.platform === "linux") expect(server.memory().peak).toBeLessThan(MOST_MEMORY);
  expect(await server.stop()).toBe(0);
  const [[counts] = [], incidents = []] = await ask(folder, [
    "SELECT countIf(`url.path` = '/good'), countIf(startsWith(`url.path`, '/accounts/') OR `url.path` = '/products') FROM events",
    "SELECT DISTINCT `entity.value` FROM incidents WHERE has(categories, 'injection')",
  ]);
  expect(counts).toEqual([good, sent]);
  expect(incidents).toEqual([["203.0.113.66"]]);
});
