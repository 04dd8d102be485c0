import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ApiEvent, emptyEvent, type Finding } from "../../event.ts";
import { decodeEvents } from "./decode-events.ts";
import { createEventEncoder } from "./encode-events.ts";

const text = fc.string({ unit: "grapheme", maxLength: 40, minLength: 1 });
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

const events: fc.Arbitrary<ApiEvent> = fc
  .record({
    timestamp: fc.integer({ min: 1, max: 4_000_000_000_000 }),
    "service.name": optional(text),
    "url.path": optional(text),
    "user.id": optional(text),
    "http.request.method": optional(fc.constantFrom("GET", "POST")),
    "http.response.status_code": optional(fc.integer({ min: 100, max: 599 })),
    "http.response.body.size": optional(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })),
    "client.as.number": optional(fc.integer({ min: 1, max: 4_294_967_295 })),
    "http.request.headers": optional(
      fc.dictionary(fc.stringMatching(/^[a-z-]{1,12}$/), text, {
        minKeys: 1,
        maxKeys: 4,
        noNullPrototype: true,
      }),
    ),
    "http.request.body": optional(text),
  })
  .map((fields) => ({ ...emptyEvent(), ...fields }));

const finding: fc.Arbitrary<Finding> = fc.record({
  class: fc.constantFrom("sqli" as const, "xss" as const),
  rule: text,
  location: text,
  evidence: text,
  decoded: text,
  score: fc.constantFrom(0.5, 0.75, 1),
  reason: text,
});

describe("decodeEvents", () => {
  it("gives back what was encoded", () => {
    const rows = fc.array(fc.tuple(events, fc.array(finding, { maxLength: 3 })), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(rows, (batch) => {
        const encoder = createEventEncoder();
        for (const [row, [event, findings]] of batch.entries()) {
          encoder.push(event, findings, { batch: 77n, row, observed: 5, file: "", line: 0 });
        }
        const decoded = decodeEvents(encoder.finish().payload, 77n);
        expect(decoded.rows).toBe(batch.length);
        for (const [row, [event, findings]] of batch.entries()) {
          expect(decoded.event(row)).toEqual(event);
          expect(decoded.findings(row)).toEqual(findings);
          expect(decoded.id(row)).toBe(`000000000000004d-${row}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("says when bytes are missing", () => {
    const encoder = createEventEncoder();
    encoder.push({ ...emptyEvent(), timestamp: 5, "url.path": "/a" }, [], {
      batch: 1n,
      row: 0,
      observed: 5,
      file: "",
      line: 0,
    });
    const { payload } = encoder.finish();
    expect(decodeEvents(payload, 1n).event(0)["url.path"]).toBe("/a");
    for (let cut = 0; cut < payload.length; cut++) {
      expect(() => decodeEvents(payload.subarray(0, cut), 1n)).toThrow(RangeError);
    }
  });
});
