/** A query's conditions mean the same in the store and in a live tail: the same events meet them. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HAS_CHDB } from "../../../test/support/chdb.ts";
import { conditionText } from "../../../test/support/query-conditions.ts";
import { openQueryStore, type QueryStore } from "../../../test/support/query-store.ts";
import { type ApiEvent, emptyEvent, FINDING_CLASSES, type Finding } from "../../event.ts";
import { KEPT } from "../../explore/query/live-event.ts";
import { compilePredicate } from "../../explore/query/predicate.ts";
import { prepareQuery } from "../../explore/query/prepare.ts";
import { MAX_BODY_CHARS, MAX_TEXT_CHARS } from "../events/event-columns.ts";
import { answerQuery } from "./query.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const RUNS = Number(process.env.VEDETTE_PARITY_RUNS ?? 400);

const WORDS = [
  "",
  "admin",
  "Admin login",
  "union select",
  "/api/v1/users",
  "xadministrator9",
  "/from/10.0.0.1",
  "10.0.0.15 a1b2c3d4e5f60718",
  "éadminé select",
  "a_b",
  "éa admin",
  "ПРИВЕТ мир",
  "10",
  "1.5e3",
  "x\ny",
  "İK",
  "ΑΣ",
  "q\"\\'",
  "😀 ok",
];
const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: "grapheme", maxLength: 12 }));
const address = fc.oneof(
  fc.constantFrom(
    "10.0.0.1",
    "10.255.0.9",
    "192.168.1.1",
    "2001:db8::1",
    "::ffff:10.0.0.1",
    "::1",
    "01.2.3.4",
    "host.example",
    "",
    "fe80::1%eth0",
    "1.2.3",
    "::10.1.2.3",
  ),
  fc.ipV4(),
  fc.ipV6(),
);
const body = fc.oneof(
  word,
  fc.jsonValue({ maxDepth: 3 }).map((value) => value as never),
  fc.constantFrom(
    '{"user":{"name":"Admin","age":41,"tags":["a","b"],"ok":true}}',
    '{"user":{"age":"7"}}',
    '{"user":',
    "[1,2,3]",
  ),
  fc.record({
    user: fc.record({
      name: word,
      age: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
      tags: fc.array(word, { maxLength: 3 }),
      ok: fc.boolean(),
    }),
  }),
);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 4 });

const event: fc.Arbitrary<ApiEvent> = fc
  .record({
    timestamp: fc.oneof(
      fc.integer({ min: NOW - 7_200_000, max: NOW + 3_600_000 }),
      fc.integer({ min: 0, max: Date.UTC(2150, 0, 1) }),
    ),
    "service.name": maybe(fc.constantFrom("shop", "Shop", "auth")),
    "url.path": maybe(word),
    "url.query": maybe(word),
    "http.request.method": maybe(fc.constantFrom("GET", "POST")),
    "http.request.headers": maybe(fc.dictionary(fc.constantFrom("host", "x-foo", "x-bar"), word)),
    "http.request.body": maybe(body),
    "http.response.status_code": maybe(fc.constantFrom(200, 404, 500, 503)),
    "http.response.body.size": maybe(fc.nat({ max: 100_000 })),
    duration_ms: maybe(
      fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.double({ min: 0, max: 1000, noNaN: true })),
    ),
    "client.address": maybe(address),
    "client.as.number": maybe(fc.integer({ min: 1, max: 70_000 })),
    "user.id": maybe(word),
    "session.id": maybe(fc.constantFrom("a1b2c3d4e5f60718", "a1b2c3d4e5f60719")),
    "user_agent.original": maybe(fc.constantFrom("Mozilla/5.0 (admin)", "select-bot")),
  })
  .map((fields) => ({ ...emptyEvent(), ...fields }));

const finding: fc.Arbitrary<Finding> = fc.record({
  class: fc.constantFrom(...FINDING_CLASSES),
  rule: fc.constantFrom("sqli/union-select", "xss/tag"),
  location: fc.constantFrom("query:q", "path segment 3"),
  evidence: word,
  decoded: word,
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  reason: fc.constant("because"),
});

const EVENTS = fc.sample(fc.tuple(event, fc.array(finding, { maxLength: 3 })), 600);

describe.runIf(HAS_CHDB)("conditions in the store and in a live tail", () => {
  let opened: QueryStore;
  beforeAll(async () => {
    opened = await openQueryStore(EVENTS, NOW);
  });
  afterAll(() => opened.close());

  it("select the same events", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(conditionText, async (condition) => {
        const text = `events | where ${condition} | project log.file.line`;
        const live = compilePredicate(prepareQuery(`events | where ${condition}`, { now: NOW }));
        const expected = EVENTS.flatMap(([event, findings], index) =>
          live(event, findings) ? [index + 1] : [],
        );
        const { rows } = await answerQuery(
          text,
          { now: NOW, scope: { services: "all" } },
          opened.store.query,
        );
        const found = rows.map(([line]) => Number(line)).sort((a, b) => a - b);
        expect(found).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });
});

it("live events are cut where stored ones are", () => {
  expect(KEPT).toMatchObject({ text: MAX_TEXT_CHARS, body: MAX_BODY_CHARS });
});
