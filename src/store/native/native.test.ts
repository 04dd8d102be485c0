/** What is written in Native reads back the same through ClickHouse itself. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HAS_CHDB } from "../../../test/support/chdb.ts";
import { createByteWriter } from "./byte-writer.ts";
import { type Column, writeBlock } from "./column.ts";
import { array, nullable, textMap, tuple } from "./composite.ts";
import {
  dateTime,
  dateTime64,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  uint64Big,
} from "./numbers.ts";
import { lowCardinality, string } from "./strings.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-native-"));
const file = join(folder, "block.native");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Query = (sql: string, options: { format: string }) => Promise<{ json<T>(): T; text(): string }>;
let query: Query;
beforeAll(async () => {
  if (HAS_CHDB) ({ queryAsync: query } = await import("chdb"));
});

/** The rows of `blocks` as ClickHouse reads them, numbers of 64 bits as text. */
async function readBack<T>(create: () => Column<T>, blocks: readonly (readonly T[])[]): Promise<unknown[]> {
  const out = createByteWriter();
  const column = create();
  for (const rows of blocks) {
    for (const row of rows) column.push(row);
    // Blank columns are left out by writeBlock, so that a second column always stands there.
    const number = uint32();
    for (let i = 0; i < rows.length; i++) number.push(i + 1);
    writeBlock(
      out,
      [
        { name: "n", column: number },
        { name: "v", column },
      ],
      rows.length,
    );
    column.clear();
  }
  writeFileSync(file, out.view());
  const structure = `n UInt32, v ${column.type}`.replaceAll("'", "\\'");
  const sql = `SELECT n, v FROM file('${file}', 'Native', '${structure}')
    SETTINGS output_format_json_quote_64bit_integers = 1, output_format_json_quote_denormals = 1,
    output_format_json_named_tuples_as_objects = 1, max_threads = 1, output_format_json_map_as_array_of_tuples = 0`;
  const text = (await query(sql, { format: "JSONEachRow" })).text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { v: unknown }).v);
}

const RUNS = { numRuns: 40 };

function roundTrip<T>(create: () => Column<T>, value: fc.Arbitrary<T>, shown: (value: T) => unknown) {
  const blocks = fc.array(fc.array(value, { minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 3 });
  return fc.assert(
    fc.asyncProperty(blocks, async (rows) => {
      expect(await readBack(create, rows)).toEqual(rows.flat().map(shown));
    }),
    RUNS,
  );
}

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme-ascii", maxLength: 60 }),
  fc.constantFrom("", "GET", "POST"),
);
/** Lone surrogates cannot be written in UTF-8. */
const wellFormed = (value: string) => Buffer.from(value).toString();
const same = <T>(value: T): T => value;
const integer = (min: number, max: number) => fc.integer({ min, max });

describe.skipIf(!HAS_CHDB)("Native", () => {
  it("carries integers of every width", async () => {
    await roundTrip(uint8, integer(0, 255), same);
    await roundTrip(uint16, integer(0, 65_535), same);
    await roundTrip(uint32, integer(0, 4_294_967_295), same);
    await roundTrip(int8, integer(-128, 127), same);
    await roundTrip(int16, integer(-32_768, 32_767), same);
    await roundTrip(int32, integer(-2_147_483_648, 2_147_483_647), same);
    await roundTrip(uint64, fc.maxSafeNat(), String);
    await roundTrip(int64, fc.maxSafeInteger(), String);
    await roundTrip(uint64Big, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), String);
  });

  it("carries floats, times and nulls", async () => {
    const eighths = integer(-8_000, 8_000).map((value) => value / 8);
    await roundTrip(float32, eighths, same);
    await roundTrip(float64, fc.double({ noNaN: true, noDefaultInfinity: true }), same);
    const time = integer(0, 4_102_444_800_000);
    await roundTrip(dateTime64, time, (ms) => new Date(ms).toISOString().replace("T", " ").replace("Z", ""));
    await roundTrip(dateTime, integer(0, 4_102_444_800), (s) =>
      new Date(s * 1000).toISOString().replace("T", " ").replace(".000Z", ""),
    );
    const perhaps = fc.option(integer(0, 65_535), { nil: undefined });
    await roundTrip(
      () => nullable(uint16(), 0),
      perhaps,
      (value) => value ?? null,
    );
    await roundTrip(
      () => nullable(float32(), 0),
      perhaps,
      (value) => value ?? null,
    );
  });

  it("carries text, repeated or not", async () => {
    await roundTrip(string, text, (value) => wellFormed(value));
    await roundTrip(lowCardinality, text, (value) => wellFormed(value));
  });

  it("carries more distinct texts than one and two bytes count", async () => {
    for (const distinct of [256, 257, 65_536, 65_537]) {
      const rows = Array.from({ length: distinct }, (_, i) => `v${i}`);
      expect(await readBack(lowCardinality, [rows])).toEqual(rows);
    }
  });

  it("carries arrays, tuples and maps, empty ones too", async () => {
    await roundTrip(
      () => array(string()),
      fc.array(text, { maxLength: 5 }),
      (row) => row.map((one) => wellFormed(one)),
    );
    await roundTrip(
      () => array(array(uint16())),
      fc.array(fc.array(integer(0, 9), { maxLength: 3 }), { maxLength: 3 }),
      same,
    );
    const finding = fc.record({ class: fc.constantFrom("sqli", "xss"), score: integer(0, 9), note: text });
    await roundTrip(
      () => array(tuple({ class: lowCardinality(), score: uint8(), note: string() })),
      fc.array(finding, { maxLength: 3 }),
      (row) => row.map((one) => ({ ...one, note: wellFormed(one.note) })),
    );
    const headers = fc.dictionary(fc.string({ unit: "grapheme-ascii", maxLength: 8 }), text, {
      maxKeys: 4,
      noNullPrototype: true,
    });
    await roundTrip(
      () => textMap(lowCardinality(), string()),
      fc.option(headers, { nil: undefined }),
      (row) =>
        Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, wellFormed(value)])),
    );
  });

  it("leaves out blank columns, and keeps a block of nothing but defaults", async () => {
    const blank = string();
    for (let i = 0; i < 3; i++) blank.push("");
    const out = createByteWriter();
    writeBlock(
      out,
      [
        { name: "a", column: blank },
        { name: "b", column: blank },
      ],
      3,
    );
    writeFileSync(file, out.view());
    const found = await query(
      `SELECT count() AS n, sum(length(a) + length(b)) AS s FROM file('${file}', 'Native', 'a String, b String')`,
      {
        format: "JSONCompactEachRow",
      },
    );
    expect(found.text().trim()).toBe("[3, 0]");
    expect(out.length).toBeLessThan(16);
  });
});
