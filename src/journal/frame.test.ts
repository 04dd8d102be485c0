import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeFrame, encodeFrame, frameBytes, type JournalRecord } from "./frame.ts";
import { encodeSegmentHeader, readSegment, SEGMENT_HEADER } from "./segment.ts";

const record = fc.record<JournalRecord>({
  batch: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  events: fc.integer({ min: 0, max: 0xffffffff }),
  minTime: fc.double(),
  maxTime: fc.double(),
  key: fc.string({ unit: "grapheme", maxLength: 40 }),
  facts: fc.uint8Array({ maxLength: 64 }),
  payload: fc.uint8Array({ maxLength: 300 }),
});
const NONCE = 0x0123456789abcdefn;

function segmentOf(records: readonly JournalRecord[]): Buffer {
  return Buffer.concat([
    encodeSegmentHeader(7, NONCE),
    ...records.flatMap((one, i) => encodeFrame(one, NONCE, i)),
  ]);
}

function contents(one: JournalRecord): unknown {
  const { batch, events, minTime, maxTime, key } = one;
  return { batch, events, minTime, maxTime, key, facts: [...one.facts], payload: [...one.payload] };
}

describe("frames", () => {
  it("give back what was written, in the size foretold", () => {
    fc.assert(
      fc.property(record, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (one, nonce) => {
        const bytes = Buffer.concat(encodeFrame(one, nonce, 3));
        expect(bytes.length).toBe(frameBytes(one));
        const frame = decodeFrame(bytes, 0, nonce);
        expect(frame).toBeDefined();
        if (frame !== undefined) expect(contents(frame)).toEqual(contents(one));
        expect(frame?.end).toBe(bytes.length);
        expect(frame?.number).toBe(3);
      }),
    );
  });

  it("do not read when any one byte differs", () => {
    fc.assert(
      fc.property(record, fc.nat(), fc.integer({ min: 1, max: 255 }), (one, at, change) => {
        const bytes = Buffer.concat(encodeFrame(one, NONCE, 0));
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ change;
        expect(decodeFrame(bytes, 0, NONCE)).toBeUndefined();
      }),
    );
  });

  it("of another segment do not read", () => {
    fc.assert(
      fc.property(record, (one) => {
        expect(decodeFrame(Buffer.concat(encodeFrame(one, NONCE, 0)), 0, NONCE + 1n)).toBeUndefined();
      }),
    );
  });
});

describe("a segment", () => {
  it("cut at any byte reads up to the last whole frame, and calls nothing damaged", () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), fc.nat(), (records, at) => {
        const bytes = segmentOf(records);
        const cut = SEGMENT_HEADER + (at % (bytes.length - SEGMENT_HEADER + 1));
        const reading = readSegment(bytes.subarray(0, cut), 7);
        let end = SEGMENT_HEADER;
        const whole = records.filter((one) => {
          end += frameBytes(one);
          return end <= cut;
        });
        expect(reading.entries.map(contents)).toEqual(whole.map(contents));
        expect(reading.damaged).toBe(0);
        expect(reading.whole).toBe(reading.entries.at(-1)?.end ?? SEGMENT_HEADER);
      }),
    );
  });

  it("with a damaged frame loses that frame alone, and says how many bytes", () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 2, maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        (records, which, at) => {
          const bytes = segmentOf(records);
          const bad = which % (records.length - 1);
          const sizes = records.map(frameBytes);
          const start = SEGMENT_HEADER + sizes.slice(0, bad).reduce((sum, size) => sum + size, 0);
          const place = start + (at % (sizes[bad] ?? 1));
          bytes[place] = (bytes[place] ?? 0) ^ 0x55;
          const reading = readSegment(bytes, 7);
          expect(reading.entries.map(contents)).toEqual(records.filter((_, i) => i !== bad).map(contents));
          expect(reading.damaged).toBe(sizes[bad]);
        },
      ),
    );
  });

  it("with random bytes in place of a file reads nothing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (noise) => {
        expect(readSegment(Buffer.from(noise), 7).entries).toEqual([]);
      }),
    );
  });
});
