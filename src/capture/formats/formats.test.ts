/** Every format, its cases beside it: what it reads, that it is found, and that nothing a line holds breaks it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ApiEvent, emptyEvent } from "../../event.ts";
import { detectFormat } from "../detect-format.ts";
import type { FormatOptions, LineParser, LineResult, LogFormat } from "../format.ts";
import { openFormat } from "../open-format.ts";
import { clearEvent } from "./clear-event.ts";
import { DETECTABLE, FORMATS, formatById } from "./table.ts";

interface Case {
  readonly line: string;
  readonly options?: Partial<FormatOptions>;
  /** `event` unless said otherwise. */
  readonly result?: LineResult;
  /** Every field the event has; the timestamp in RFC 3339. */
  readonly event?: Readonly<Record<string, unknown>>;
}

const OPTIONS: FormatOptions = { zoneMinutes: 0, newest: Date.UTC(2023, 11, 31) };

/** What any request line may bring by naming a whole URL. */
const ABSOLUTE = ["url.scheme", "server.address", "server.port"];

function casesOf(format: LogFormat): readonly Case[] {
  const text = readFileSync(join(import.meta.dirname, `${format.id}.cases.ndjson`), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Case);
}

/** The fields of an event that are there, the time as people read it. */
function fieldsOf(event: ApiEvent): Record<string, unknown> {
  const present = Object.entries(event).filter(([, value]) => value !== undefined && !Number.isNaN(value));
  return {
    ...Object.fromEntries(present),
    ...(event.timestamp >= 0 && { timestamp: new Date(event.timestamp).toISOString() }),
  };
}

/** A parser for each run of cases with the same options: a header line speaks for those that follow. */
function parserFor(
  format: LogFormat,
  options: Partial<FormatOptions> | undefined,
  open: Map<string, LineParser>,
): LineParser {
  const key = JSON.stringify(options ?? {});
  const parser = open.get(key) ?? format.open({ ...OPTIONS, ...options });
  open.set(key, parser);
  return parser;
}

describe.each(FORMATS)("$id", (format) => {
  const cases = casesOf(format);
  const events = cases.filter(({ result }) => result === undefined);

  it("reads its cases, every field of them", () => {
    const open = new Map<string, LineParser>();
    for (const { line, options, result = "event", event: expected } of cases) {
      const event = emptyEvent();
      expect(parserFor(format, options, open).parse(line, event), line).toBe(result);
      if (expected !== undefined) expect(fieldsOf(event), line).toEqual(expected);
    }
  });

  it("fills no field that it does not say it provides", () => {
    const provided: readonly string[] = [...format.provides, ...ABSOLUTE];
    const seen = new Set(events.flatMap(({ event }) => Object.keys(event ?? {})));
    expect([...seen].filter((field) => !provided.includes(field))).toEqual([]);
  });

  it.skipIf(!DETECTABLE.includes(format))("is the format that its cases are found to have", () => {
    const found = detectFormat(
      cases.filter(({ result }) => result !== "failed").map(({ line }) => line),
      OPTIONS,
    );
    expect(found).toMatchObject({ found: true, choice: { format: format.id } });
  });

  it("answers to its names", () => {
    for (const name of [format.id, ...(format.aliases ?? [])]) expect(formatById(name)).toBe(format);
  });

  it("takes blank lines for nothing", () => {
    const parser = format.open({ ...OPTIONS, ...cases[0]?.options });
    for (const line of ["", "   ", "\r"]) expect(parser.parse(line, emptyEvent())).not.toBe("event");
  });

  it("survives whatever a line holds", () => {
    const parsers = new Map<string, LineParser>();
    const event = emptyEvent();
    fc.assert(
      fc.property(fc.constantFrom(...cases), mangling, ({ line, options }, mangle) => {
        clearEvent(event);
        const result = parserFor(format, options, parsers).parse(mangle(line), event);
        expect(["event", "ignored", "failed"]).toContain(result);
        expect(typeof event.timestamp).toBe("number");
      }),
      { numRuns: 150 },
    );
  });

  it("takes linear time for long lines", () => {
    const parser = format.open({ ...OPTIONS, ...cases[0]?.options });
    const event = emptyEvent();
    const [first = ""] = events.map(({ line }) => line);
    const middle = Math.floor(first.length / 2);
    for (const filling of ["a", " ", '"', "\\", "[", "=", "/ ", '" 200 ', "1.1.1.1, ", '\\"', "a=b ", "{"]) {
      const long = first.slice(0, middle) + filling.repeat(300_000 / filling.length) + first.slice(middle);
      const started = performance.now();
      parser.parse(long, event);
      parser.parse(filling.repeat(300_000 / filling.length), event);
      expect(performance.now() - started, `300 kB of ${JSON.stringify(filling)}`).toBeLessThan(500);
    }
  });
});

/** Ways in which a line comes out wrong: cut, bytes changed, quotes and NULs put in, a field grown out of measure. */
const mangling: fc.Arbitrary<(line: string) => string> = fc.oneof(
  fc.nat().map((at) => (line: string) => line.slice(0, at % (line.length + 1))),
  fc.nat().map((at) => (line: string) => line.slice(at % (line.length + 1))),
  fc
    .tuple(
      fc.nat(),
      fc.constantFrom(
        '"',
        "\u0000",
        "\\",
        "[",
        "]",
        "{",
        "\ufffd",
        " ",
        "-",
        "\t",
        "'",
        "%",
        "\ud800",
        "9".repeat(40),
      ),
    )
    .map(
      ([at, put]) =>
        (line: string) =>
          `${line.slice(0, at % (line.length + 1))}${put}${line.slice((at % (line.length + 1)) + 1)}`,
    ),
  fc.tuple(fc.nat(), fc.string({ maxLength: 40 })).map(([at, put]) => (line: string) => {
    const cut = at % (line.length + 1);
    return line.slice(0, cut) + put + line.slice(cut);
  }),
  fc.tuple(fc.nat(), fc.constantFrom("A", '"', " ", "%41")).map(([at, put]) => (line: string) => {
    const cut = at % (line.length + 1);
    return line.slice(0, cut) + put.repeat(5000) + line.slice(cut);
  }),
);

describe("a file of mixed formats", () => {
  it("is read by all of them, whichever is in front", () => {
    const some = ["nginx-combined", "haproxy", "caddy", "aws-alb", "envoy"].flatMap((id) => {
      const format = formatById(id);
      return format === undefined ? [] : casesOf(format).filter(({ result }) => result === undefined);
    });
    const detection = detectFormat(
      some.map(({ line }) => line),
      { ...OPTIONS, zoneMinutes: 60 },
    );
    expect(detection.found).toBe(true);
    if (!detection.found) return;
    const parser = openFormat(detection.choice);
    for (const { line, event: expected } of some) {
      const event = emptyEvent();
      expect(parser.parse(line, event), line).toBe("event");
      expect(fieldsOf(event), line).toEqual(expected);
    }
  });
});
