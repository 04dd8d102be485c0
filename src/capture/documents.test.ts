import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDocumentSplitter, type DocumentSummary } from "./documents.ts";

interface Split extends DocumentSummary {
  readonly found: readonly { readonly value: unknown; readonly line: number }[];
  readonly texts: readonly string[];
}

function split(text: string, pieceLength = text.length || 1): Split {
  const splitter = createDocumentSplitter();
  const texts: string[] = [];
  const found: { value: unknown; line: number }[] = [];
  for (let at = 0; at < text.length; at += pieceLength) {
    splitter.push(text.slice(at, at + pieceLength), (record, line) => {
      texts.push(record);
      found.push({ value: JSON.parse(record), line });
    });
  }
  return { ...splitter.end(), found, texts };
}

const values = (result: Split): readonly unknown[] => result.found.map(({ value }) => value);

describe("createDocumentSplitter", () => {
  it("gives every value of a stream, with the line it starts on", () => {
    const text = '{"a":1}{"a":2}\n{"a":3}\n\n{\n  "a": 4,\n  "b": "}{"\n}\n';
    expect(split(text).found).toEqual([
      { value: { a: 1 }, line: 1 },
      { value: { a: 2 }, line: 1 },
      { value: { a: 3 }, line: 2 },
      { value: { a: 4, b: "}{" }, line: 4 },
    ]);
  });

  it("gives the elements of a top-level array", () => {
    expect(values(split('[\n{"a":1},\n{"a":[{"b":2}]}\n]'))).toEqual([{ a: 1 }, { a: [{ b: 2 }] }]);
  });

  it("gives the entries of a HAR, not its pages", () => {
    const har = { log: { version: "1.2", pages: [{ id: "p" }], entries: [{ time: 1 }, { time: 2 }] } };
    expect(values(split(JSON.stringify(har, null, 2)))).toEqual([{ time: 1 }, { time: 2 }]);
  });

  it.each(["Records", "records", "logEvents"])("gives the records of a wrapper under %s", (key) => {
    const text = JSON.stringify({ before: "x", [key]: [{ a: 1 }, { a: 2 }], after: { b: 3 } });
    expect(values(split(`${text}\n${text}`))).toEqual([{ a: 1 }, { a: 2 }, { a: 1 }, { a: 2 }]);
  });

  it("keeps arrays of other names inside their record", () => {
    const record = { method: "POST", items: [{ records: [{ a: 1 }] }], log: { entries: 3 } };
    expect(values(split(JSON.stringify(record)))).toEqual([record]);
  });

  it("gives every span in its resource, whether the resource stands before or behind its spans", () => {
    const resource = { attributes: [{ key: "service.name", value: { stringValue: "orders" } }] };
    const spans = [{ scopeSpans: [{ spans: [{ name: "a" }, { name: "b" }] }], resource }];
    const logs = [{ resource, scopeLogs: [{ logRecords: [{ body: 1 }] }] }];
    const expected = (name: string) => ({
      resourceSpans: [{ resource, scopeSpans: [{ spans: [{ name }] }] }],
    });
    expect(values(split(JSON.stringify({ resourceSpans: spans })))).toEqual([expected("a"), expected("b")]);
    expect(values(split(JSON.stringify({ resourceLogs: logs })))).toEqual([
      { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [{ body: 1 }] }] }] },
    ]);
  });

  it("gives the same whatever pieces the text comes in", () => {
    const json = fc
      .jsonValue({ maxDepth: 4 })
      .filter((value) => typeof value === "object" && value !== null && !Array.isArray(value));
    fc.assert(
      fc.property(
        fc.array(json, { maxLength: 5 }),
        fc.nat(4),
        fc.integer({ min: 1, max: 30 }),
        (list, indent, pieceLength) => {
          const text = list.map((value) => JSON.stringify(value, null, indent)).join("\n");
          const whole = split(text);
          expect(split(text, pieceLength)).toEqual(whole);
          // Wrapper keys make other records of it; fast-check does not write them.
          expect(values(whole)).toEqual(list.map((value) => JSON.parse(JSON.stringify(value)) as unknown));
          expect(whole.unfinished).toBe(false);
        },
      ),
    );
  });

  it("passes over a record that is too long, and goes on behind it", () => {
    const long = JSON.stringify({ a: "x".repeat(2_000_000) });
    for (const pieceLength of [50_000, long.length * 2]) {
      const result = split(`${long}\n{"a":1}`, pieceLength);
      expect(values(result)).toEqual([{ a: 1 }]);
      expect(result).toMatchObject({ records: 1, skipped: 1, unfinished: false });
    }
  });

  it("finds its way back after a record that never ends", () => {
    const result = split(`{"a":[${"[".repeat(1000)}\n{"a":1}\n{"a":2}`);
    expect(values(result)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(result.skipped).toBe(1);
  });

  it("takes a string that is not closed to end with its line", () => {
    expect(values(split('{"a":1}\nnoise " here\n{"a":2}'))).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it("says when the input stops inside a value", () => {
    expect(split('{"a":1}\n{"a":')).toMatchObject({ records: 1, unfinished: true });
  });

  it("ends in a clear state, quickly, whatever it is fed", () => {
    for (const text of [
      "[".repeat(1e5),
      "{".repeat(1e5),
      '{"a":'.repeat(1e5),
      '"\\'.repeat(1e5),
      "}]".repeat(1e5),
      '{"resourceSpans":['.repeat(1e4),
      `{"a":"${"\\\\".repeat(1e6)}`,
    ]) {
      const started = performance.now();
      const result = split(text, 4096);
      expect(result.texts.join("").length).toBeLessThanOrEqual(text.length * 2);
      expect(performance.now() - started).toBeLessThan(500);
    }
    fc.assert(
      fc.property(
        fc.stringMatching(/^[[\]{}":,a\\\n]{0,200}$/),
        fc.integer({ min: 1, max: 50 }),
        (text, pieceLength) => {
          const splitter = createDocumentSplitter();
          for (let at = 0; at < text.length; at += pieceLength)
            splitter.push(text.slice(at, at + pieceLength), () => {});
          expect(splitter.end().skipped).toBe(0);
        },
      ),
    );
  });
});
