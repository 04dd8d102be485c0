/** Bytes of every kind at every way in: an answer of the catalogue each time, a server that lives, figures that add up. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AUTHORISED, type ServerProcess, SOAK, startProcess } from "../support/server-process.ts";

const RUNS = SOAK ? 20_000 : 250;
const folder = mkdtempSync(join(tmpdir(), "vedette-fuzz-"));
let server: ServerProcess;

beforeAll(async () => {
  server = await startProcess(folder);
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const PATHS = ["/v1/events", "/v1/traces", "/v1/logs"] as const;
const TYPES = [
  "application/json",
  "application/x-protobuf",
  "application/x-ndjson",
  "text/plain",
  "a/b;c",
  "",
];
const ENCODINGS = ["", "identity", "gzip", "deflate", "zstd", "br", "gzip, gzip", "nonsense"];
/** What the catalogue has for a request that cannot be read, besides those that took it. */
const STATUSES: ReadonlySet<number> = new Set([200, 202, 400, 413, 415, 422, 429, 503]);

const EVENT = {
  timestamp: "2026-03-03T00:00:00Z",
  "event.id": "a",
  "http.request.method": "POST",
  "url.path": "/fuzz",
  "http.request.headers": { host: "a", cookie: "b=c" },
  "http.request.body": { a: [1, null, "x"] },
  "client.address": "192.0.2.7",
};
const ITEM = {
  timeUnixNano: "1772496000000000000",
  attributes: [{ key: "url.path", value: { stringValue: "/fuzz" } }],
};
const VALID: readonly Buffer[] = [
  JSON.stringify(EVENT),
  `${JSON.stringify(EVENT)}\n`.repeat(20),
  JSON.stringify([EVENT, EVENT], undefined, 2),
  JSON.stringify({
    log: {
      version: "1.2",
      entries: [{ request: { method: "GET", url: "http://a/b" }, response: { status: 200 } }],
    },
  }),
  JSON.stringify({
    resourceSpans: [{ scopeSpans: [{ spans: [{ ...ITEM, kind: 2, startTimeUnixNano: "1" }] }] }],
  }),
  JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [ITEM, ITEM] }] }] }),
  // resource_spans { scope_spans { spans { kind: SERVER, attributes { "url.path": "/a" } } } }
  Buffer.from([
    10,
    26,
    18,
    24,
    18,
    22,
    48,
    2,
    74,
    18,
    10,
    8,
    ...Buffer.from("url.path"),
    18,
    4,
    10,
    2,
    47,
    97,
    8,
    1,
  ]),
].map((body) => Buffer.from(body));

interface Change {
  readonly kind: "flip" | "cut" | "double" | "insert";
  readonly at: number;
  readonly bytes: Uint8Array;
}

const change = fc.record({
  kind: fc.constantFrom<Change["kind"]>("flip", "cut", "double", "insert"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
});

function changed(body: Buffer, { kind, at, bytes }: Change): Buffer {
  const place = Math.floor(at * body.length);
  const [head, tail] = [body.subarray(0, place), body.subarray(place)];
  if (kind === "cut") return head;
  if (kind === "double") return Buffer.concat([body, tail]);
  if (kind === "insert") return Buffer.concat([head, bytes, tail]);
  return Buffer.concat([head, bytes, tail.subarray(bytes.length)]);
}

const body = fc.oneof(
  fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Buffer.from(bytes)),
  fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
  fc
    .tuple(fc.constantFrom(...VALID), fc.array(change, { maxLength: 4 }))
    .map(([valid, changes]) => changes.reduce(changed, valid)),
);

const PACKED: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gzipSync,
  deflate: deflateSync,
  "deflate raw": deflateRawSync,
};

const request = fc.record({
  path: fc.constantFrom(...PATHS),
  type: fc.constantFrom(...TYPES),
  encoding: fc.constantFrom(...ENCODINGS),
  /** As the encoding says, or not. */
  packed: fc.constantFrom("gzip", "deflate", "deflate raw", "not", "as said"),
  after: fc.array(change, { maxLength: 1 }),
  key: fc.option(fc.string({ maxLength: 300 }).map((text) => encodeURIComponent(text))),
  body,
});

async function figures() {
  const metrics = await server.metrics();
  const of = (name: string) => metrics.get(`vedette_intake_${name}_total`) ?? Number.NaN;
  return { accepted: of("events"), rejected: of("rejected"), repeated: of("repeated") };
}

it(`answers ${RUNS} requests of every kind as the catalogue has it`, {
  timeout: 60_000 + RUNS * 200,
}, async () => {
  let receipts = 0;
  let before = await figures();
  await fc.assert(
    fc.asyncProperty(request, async ({ path, type, encoding, packed, after, key, body: plain }) => {
      const pack = PACKED[packed === "as said" ? encoding : packed];
      const bytes = after.reduce(changed, pack === undefined ? plain : pack(plain));
      const headers = {
        ...AUTHORISED,
        ...(type === "" ? {} : { "content-type": type }),
        ...(encoding === "" ? {} : { "content-encoding": encoding }),
        ...(key === null ? {} : { "idempotency-key": key }),
      };
      const sent = { method: "POST", headers, body: new Uint8Array(bytes) };
      const answer = await fetch(`${server.url}${path}`, sent);
      const text = await answer.text();
      expect(STATUSES, `${answer.status} ${text.slice(0, 300)}`).toContain(answer.status);
      expect(answer.headers.has("retry-after")).toBe(answer.status === 429 || answer.status === 503);
      const now = await figures();
      const counted = { accepted: now.accepted - before.accepted, rejected: now.rejected - before.rejected };
      const isRepeat = now.repeated > before.repeated;
      before = now;
      if (text.startsWith('{"accepted"') && !isRepeat) {
        receipts++;
        expect(JSON.parse(text)).toMatchObject(counted);
      } else if (isRepeat || answer.status >= 400) expect(counted).toEqual({ accepted: 0, rejected: 0 });
    }),
    { numRuns: RUNS },
  );
  expect(receipts).toBeGreaterThan(RUNS / 40);
  expect(before.accepted).toBeGreaterThan(RUNS / 40);
  expect(before.rejected).toBeGreaterThan(RUNS / 40);
  expect(server.alive).toBe(true);
  expect(server.log()).not.toContain("a request failed");
});
