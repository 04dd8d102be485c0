import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { MAX_LINE_BYTES } from "../format.ts";
import { documentBatches, lineBatches } from "./batches.ts";
import { discoverInputs, type Input } from "./discover.ts";
import { forEachLine } from "./lines.ts";
import { openInput } from "./open.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

const inputAt = (path: string): Input => ({ name: path, path, size: 0, modified: 0, found: false });

async function readAll(path: string): Promise<{ text: string; error: string }> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of openInput(inputAt(path))) pieces.push(piece);
  } catch (cause) {
    return {
      text: Buffer.concat(pieces).toString(),
      error: cause instanceof Error && "code" in cause ? String(cause.code) : "",
    };
  }
  return { text: Buffer.concat(pieces).toString(), error: "" };
}

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const LINES = Array.from({ length: 20_000 }, (_, i) => `line ${i} ${"x".repeat(i % 90)}`).join("\n");

describe("opening an input", () => {
  it("gives plain text, gzip, several gzip members and zstd as the same text, by content and not by name", async () => {
    expect((await readAll(file("plain.log", LINES))).text).toBe(LINES);
    expect((await readAll(file("packed.log", gzipSync(LINES)))).text).toBe(LINES);
    const half = LINES.length / 2;
    const members = Buffer.concat([gzipSync(LINES.slice(0, half)), gzipSync(LINES.slice(half))]);
    expect((await readAll(file("members.gz", members))).text).toBe(LINES);
  });

  it("gives the same text in one buffer, to who uses up each piece before the next", async () => {
    const long = LINES.repeat(4);
    const files = [
      file("long.log", long),
      file("long.gz", gzipSync(long)),
      file("wide.log", `\ufeff${long}`),
    ];
    files.push(file("utf16.log", Buffer.from(`\ufeff${long}`, "utf16le")));
    for (const path of files) {
      const copies: Uint8Array[] = [];
      const buffers = new Set<ArrayBufferLike>();
      for await (const piece of openInput(inputAt(path), { reuse: true })) {
        copies.push(piece.slice());
        buffers.add(piece.buffer);
      }
      expect(Buffer.concat(copies).toString(), path).toBe(long);
      if (path === files[0]) expect([copies.length > 2, buffers.size]).toEqual([true, 1]);
    }
  });

  it("reads zstd", async (context) => {
    const path = file("zstd.log", LINES);
    try {
      execFileSync("zstd", ["-q", "-f", path, "-o", `${path}.zst`]);
    } catch {
      context.skip("the zstd program is not installed (Debian: apt-get install zstd)");
    }
    expect((await readAll(`${path}.zst`)).text).toBe(LINES);
  });

  it("delivers what comes before the damage, then says that the data is damaged", async () => {
    const packed = gzipSync(LINES);
    const cut = await readAll(file("cut.gz", packed.subarray(0, packed.length - 5000)));
    expect(cut.error).toBe("INPUT_CORRUPT");
    expect(cut.text.length).toBeGreaterThan(1000);
    expect(LINES.startsWith(cut.text)).toBe(true);
    const broken = Buffer.from(packed);
    broken.fill(0xff, 5000, 5100);
    expect((await readAll(file("broken.gz", broken))).error).toBe("INPUT_CORRUPT");
  });

  it("reads UTF-16 with its mark, and drops the mark of UTF-8", async () => {
    expect((await readAll(file("wide.log", Buffer.from(`\ufeffé one\ntwo\n`, "utf16le")))).text).toBe(
      "é one\ntwo\n",
    );
    expect((await readAll(file("marked.log", "\ufeffone\n"))).text).toBe("one\n");
  });

  it("names archives it does not read, and files it may not read", async () => {
    expect((await readAll(file("a.bz2", Buffer.from("BZh91AY&SY")))).error).toBe("INPUT_NOT_A_LOG");
    expect((await readAll(file("a.zip", Buffer.from("PK\u0003\u0004rest")))).error).toBe("INPUT_NOT_A_LOG");
    expect((await readAll(join(folder, "missing"))).error).toBe("INPUT_UNREADABLE");
  });
});

describe("batches of lines", () => {
  const linesOf = async (bytes: Uint8Array, size: number) => {
    const lines: string[] = [];
    let skipped = 0;
    for await (const batch of lineBatches(inPieces(bytes, size))) {
      skipped += batch.skipped;
      forEachLine(batch.bytes, (line) => lines.push(line));
    }
    return { lines, skipped };
  };

  it("hold every line once, however the bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, "")),
          { maxLength: 40 },
        ),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        async (lines, size, ended) => {
          const text = lines.map((line) => `${line}\n`).join("");
          const bytes = Buffer.from(ended ? text : text.slice(0, -1));
          const expected = ended || lines.at(-1) !== "" ? lines : lines.slice(0, -1);
          expect((await linesOf(bytes, size)).lines).toEqual(expected);
        },
      ),
    );
  });

  it("pass over a line that never ends, and go on after it", async () => {
    const bytes = Buffer.concat([
      Buffer.from("one\n"),
      Buffer.alloc(5 * MAX_LINE_BYTES, "x"),
      Buffer.from("\ntwo\n"),
    ]);
    expect(await linesOf(bytes, 65_536)).toEqual({ lines: ["one", "two"], skipped: 1 });
  });

  it("decode each line by itself: valid UTF-8 as such, other bytes as Latin-1", () => {
    const lines: string[] = [];
    forEachLine(
      Buffer.concat([Buffer.from("é\r\n"), Buffer.from([0xe9, 10]), Buffer.from("plain")]),
      (line) => lines.push(line),
    );
    expect(lines).toEqual(["é", "é", "plain"]);
  });

  it("make one line of each record of a document, with its place", async () => {
    const document = JSON.stringify([{ a: 1 }, { b: [1, 2] }], undefined, 2);
    const found: [string, number][] = [];
    for await (const batch of documentBatches(inPieces(Buffer.from(document), 7))) {
      let index = 0;
      forEachLine(batch.bytes, (line) =>
        found.push([JSON.stringify(JSON.parse(line)), batch.places?.[index++] ?? 0]),
      );
    }
    expect(found).toEqual([
      ['{"a":1}', 2],
      ['{"b":[1,2]}', 5],
    ]);
  });
});

describe("finding inputs", () => {
  it("takes files, folders and globs once each, and reports what is missing without losing the rest", () => {
    mkdirSync(join(folder, "logs/old"), { recursive: true });
    for (const name of ["logs/a.log", "logs/b.log", "logs/old/c.log"]) file(name, "x");
    const { inputs, failures } = discoverInputs([
      join(folder, "logs"),
      join(folder, "logs/a.log"),
      join(folder, "logs/*.log"),
      join(folder, "nowhere.log"),
      join(folder, "none-*.log"),
    ]);
    expect(inputs.map(({ path }) => path.slice(folder.length))).toEqual([
      "/logs/a.log",
      "/logs/b.log",
      "/logs/old/c.log",
    ]);
    expect(failures.map(({ code }) => code)).toEqual(["INPUT_NOT_FOUND", "INPUT_NOT_FOUND"]);
  });
});
