import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { PassThrough } from "node:stream";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { bodyLines, readBody } from "./body.ts";

async function* pieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const ZSTD = existsSync("/usr/bin/zstd");
if (!ZSTD)
  console.warn("Bodies made by the zstd program are skipped: it is not installed (apt-get install zstd).");

function zstd(bytes: Uint8Array, ...options: string[]): Buffer {
  return execFileSync("/usr/bin/zstd", ["-q", "-c", ...options], { input: bytes, maxBuffer: 1 << 28 });
}

/** A zstd frame of blocks that repeat one byte (RFC 8878, 3.1.1.2). */
function zstdOfRepeats(blocks: number, blockSize: number, windowDescriptor = 0x38): Buffer {
  const frame = Buffer.alloc(6 + blocks * 4);
  frame.writeUInt32LE(0xfd2fb528, 0);
  frame[4] = 0;
  frame[5] = windowDescriptor;
  for (let n = 0; n < blocks; n++) {
    frame.writeUIntLE((blockSize << 3) | (1 << 1) | (n === blocks - 1 ? 1 : 0), 6 + n * 4, 3);
    frame[9 + n * 4] = 65;
  }
  return frame;
}

const text = Buffer.from(
  Array.from({ length: 3000 }, (_, n) => JSON.stringify({ "url.path": `/orders/${n * 7919}`, n })).join("\n"),
);

describe("a body", () => {
  it.each([
    ["identity", text],
    ["", text],
    ["gzip", gzipSync(text)],
    ["x-gzip", gzipSync(text)],
    ["GZIP", Buffer.concat([gzipSync(text.subarray(0, 999)), gzipSync(text.subarray(999))])],
    ["deflate", deflateSync(text)],
    ["deflate", deflateRawSync(text)],
  ])("in %j is what it was", async (encoding, bytes) => {
    expect(Buffer.from(await readBody(pieces(bytes), encoding))).toEqual(text);
  });

  it.runIf(ZSTD)(
    "in zstd is what it was, in one frame or several, with a skippable one between",
    async () => {
      const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
      const two = Buffer.concat([
        zstd(text.subarray(0, 999), "-19"),
        skippable,
        zstd(text.subarray(999), "--no-check"),
      ]);
      for (const size of [1, 7, 1000, 1 << 20]) {
        expect(Buffer.from(await readBody(pieces(zstd(text), size), "zstd"))).toEqual(text);
        expect(Buffer.from(await readBody(pieces(two, size), "zstd"))).toEqual(text);
      }
    },
  );

  it("may be empty", async () => {
    expect((await readBody(pieces(Buffer.alloc(0)), undefined)).length).toBe(0);
    expect((await readBody(pieces(gzipSync("")), "gzip")).length).toBe(0);
  });

  it.each(["br", "gzip, gzip", "compress", "gzip;q=1"])("in %j is refused", async (encoding) => {
    await expect(readBody(pieces(text), encoding)).rejects.toMatchObject({ code: "MEDIA_TYPE_UNKNOWN" });
  });

  it.each([
    ["gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["zstd", zstdOfRepeats(4, 1000)],
  ])("in %s that is cut short, or damaged, is an error", async (encoding, bytes) => {
    for (const length of [0, 1, 5, 9, bytes.length >> 1, bytes.length - 1]) {
      const cut = readBody(pieces(bytes.subarray(0, length)), encoding);
      await expect(cut, `${length} bytes`).rejects.toMatchObject({ code: "PAYLOAD_CORRUPT" });
    }
    const damaged = Buffer.from(bytes);
    damaged[0] = 0x11;
    damaged[1] = 0x11;
    await expect(readBody(pieces(damaged), encoding)).rejects.toMatchObject({ code: "PAYLOAD_CORRUPT" });
  });

  it("whose sender goes away is an error", async () => {
    async function* lost(): AsyncGenerator<Uint8Array> {
      yield gzipSync(text).subarray(0, 100);
      throw new Error("aborted");
    }
    for (const encoding of ["identity", "gzip", "zstd"]) {
      await expect(readBody(lost(), encoding)).rejects.toMatchObject({ code: "PAYLOAD_CORRUPT" });
    }
  });

  it("is read no further once it is too long", async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 1 << 16;
        yield Buffer.alloc(1 << 16);
      }
    }
    const limits = { sent: 1 << 20, inflated: 1 << 30, ratio: 250 };
    await expect(readBody(endless(), undefined, limits)).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
    expect(read).toBeLessThan(2 << 20);
  });

  it.each([
    ["gzip", gzipSync(Buffer.alloc(48 << 20))],
    ["deflate", deflateSync(Buffer.alloc(48 << 20))],
    ["deflate", deflateRawSync(Buffer.alloc(48 << 20))],
  ])("that is refused as %s lets go of the stream it came from", async (encoding, bytes) => {
    const stream = new PassThrough();
    stream.write(bytes);
    const iterator = stream.iterator({ destroyOnReturn: false });
    await expect(readBody(iterator, encoding)).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
    await vi.waitFor(() => expect(stream.listenerCount("readable")).toBe(0));
  });

  it.each([
    ["gzip", gzipSync(Buffer.alloc(256 << 20))],
    ["deflate", deflateSync(Buffer.alloc(256 << 20))],
    ["zstd", zstdOfRepeats(20_000, 128 * 1024)],
    ["zstd", zstdOfRepeats(4_000_000, 1)],
    ["zstd with a window of a gigabyte", zstdOfRepeats(1, 1, 0xa0)],
  ])("in %s that would fill the memory is refused before it does", async (encoding, bomb) => {
    const before = process.memoryUsage().rss;
    let most = 0;
    async function* watched(): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces(bomb, 64 * 1024)) {
        yield piece;
        most = Math.max(most, process.memoryUsage().rss - before);
      }
    }
    const reading = readBody(watched(), encoding.split(" ")[0]);
    await expect(reading).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
    expect(Math.max(most, process.memoryUsage().rss - before)).toBeLessThan(64 << 20);
  });

  it("of any bytes is read or refused, never anything else", async () => {
    const starts = [gzipSync(text), deflateSync(text), zstdOfRepeats(3, 50), Buffer.alloc(0)];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts),
        fc.uint8Array({ maxLength: 60 }),
        fc.nat(200),
        fc.constantFrom("gzip", "deflate", "zstd", "identity"),
        async (start, noise, at, encoding) => {
          const bytes = Buffer.concat([start.subarray(0, at), noise, start.subarray(at + noise.length)]);
          try {
            await readBody(pieces(bytes, 13), encoding);
          } catch (cause) {
            expect(cause).toMatchObject({ code: expect.stringMatching(/^PAYLOAD_/) });
          }
        },
      ),
    );
  });
});

function lined(body: string): string[] {
  return Buffer.from(bodyLines(new Uint8Array(Buffer.from(body))).bytes)
    .toString()
    .split("\n")
    .filter((line) => line !== "");
}

describe("the lines of a body", () => {
  it.each([
    ["NDJSON", '{"a":1}\n{"a":2}\n', ['{"a":1}', '{"a":2}']],
    ["a JSON array", ' [{"a":1},\n{"a":2}]', ['{"a":1}', '{"a":2}']],
    ["one value over several lines", '{\n"a":1,\n"b":[\n]}', ['{ "a":1, "b":[ ]}']],
    ["values one after the other", '{\n"a":1}{"a":2}\n{"a":3}', ['{ "a":1}', '{"a":2}', '{"a":3}']],
    ["a HAR file", '{"log":{"version":"1.2","entries":[{"a":1},{"a":2}]}}', ['{"a":1}', '{"a":2}']],
    ["lines of text", "GET /a\nGET /b", ["GET /a", "GET /b"]],
    ["NDJSON with a broken first line", '{"a":\n{"a":2}\n', ['{"a":', '{"a":2}']],
    [
      "an event that has a log",
      '{"log":{"level":"info"}}\n{"a":2}\n',
      ['{"log":{"level":"info"}}', '{"a":2}'],
    ],
    ["nothing", "", []],
    ["an empty array", "[]", []],
  ])("of %s are its records", (_, body, lines) => {
    expect(lined(body)).toEqual(lines);
    expect(lined(lines.join("\n"))).toEqual(lines);
  });

  it("of JSON that ends too early are none", () => {
    for (const body of ['[{"a":1},{"a":2}', '{"log":{"entries":[{"a":1}', '[{"a":"b'])
      expect(() => lined(body)).toThrow(/JSON ends too early/);
  });

  it("of hostile JSON are bounded", () => {
    const deep = "[".repeat(100_000);
    expect(() => lined(deep)).toThrow(/JSON ends too early/);
    expect(lined(`[${deep}${"]".repeat(100_000)}]`)).toEqual([]);
    const shared = JSON.stringify({ key: "x".repeat(60_000) });
    const spans = Array.from({ length: 3000 }, () => '{"a":1}').join(",");
    const body = `{"resourceSpans":[{"resource":${shared},"scopeSpans":[{"spans":[${spans}]}]}]}`;
    expect(() => lined(body)).toThrow(/more than/);
  });

  it("are the same for the same records, however they are written", () => {
    const value = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(value, fc.constantFrom(0, 1, 2), (records, indent) => {
        const parse = (lines: string[]): unknown[] => lines.map((line) => JSON.parse(line));
        const plain = JSON.parse(JSON.stringify(records));
        expect(parse(lined(JSON.stringify(records, undefined, indent)))).toEqual(plain);
      }),
    );
  });
});
