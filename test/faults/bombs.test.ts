/** Bodies that are small on the way and huge when inflated, or that never end: 413, and memory stays where it was. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { AUTHORISED, type ServerProcess, SOAK, sendEvents, startProcess } from "../support/server-process.ts";

const ROUNDS = SOAK ? 50 : 1;
const MEGABYTE = 1 << 20;
/** Megabytes that memory may rise above where it was. */
const MOST_RISE = 64;
const folder = mkdtempSync(join(tmpdir(), "vedette-bombs-"));
let server: ServerProcess;

const event = `${JSON.stringify({ timestamp: "2026-03-03T00:00:00Z", "url.path": "/calm" })}\n`;

beforeAll(async () => {
  server = await startProcess(folder);
  // What a server takes at its first work, storing it too, is no bomb's doing.
  for (let i = 0; i < 20; i++) await sendEvents(server.url, event.repeat(5_000));
  const unstored = async () => (await server.metrics()).get("vedette_journal_backlog_bytes");
  await vi.waitFor(async () => expect(await unstored()).toBe(0), { timeout: 30_000, interval: 200 });
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** RLE blocks of 128 KiB at four bytes each (RFC 8878, 3.1.1.2). */
function zstdBomb(blocks: number): Buffer {
  const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]);
  const block = Buffer.alloc(4);
  block.writeUIntLE((131_072 << 3) | (1 << 1), 0, 3);
  const last = Buffer.from(block);
  last.writeUIntLE((131_072 << 3) | (1 << 1) | 1, 0, 3);
  return Buffer.concat([frame, ...Array.from({ length: blocks - 1 }, () => block), last]);
}

const zeros = (megabytes: number) => Buffer.alloc(megabytes * MEGABYTE);
const events = Buffer.from(event.repeat(600_000));

const BOMBS: readonly (readonly [name: string, encoding: string, body: () => Buffer])[] = [
  ["gzip", "gzip", () => gzipSync(zeros(48))],
  ["gzip of lines that are events", "gzip", () => gzipSync(events)],
  ["gzip in many members", "gzip", () => Buffer.concat(Array.from({ length: 48 }, () => gzipSync(zeros(1))))],
  ["deflate", "deflate", () => deflateSync(zeros(48))],
  ["deflate without a header", "deflate", () => deflateRawSync(zeros(48))],
  ["zstd", "zstd", () => zstdBomb(3_000)],
  ["zstd in many frames", "zstd", () => Buffer.concat(Array.from({ length: 900 }, () => zstdBomb(8)))],
  ["no encoding", "identity", () => Buffer.alloc(40 * MEGABYTE, 32)],
];

/** As a stream: chunked, without a length. @returns the status; 413 too where the connection was cut while sending */
async function send(encoding: string, body: Buffer, path: string, chunked: boolean): Promise<number> {
  const headers = { ...AUTHORISED, "content-encoding": encoding, "content-type": "application/json" };
  const bytes = new Uint8Array(body);
  const pieces = function* () {
    for (let at = 0; at < bytes.length; at += 16_384) yield bytes.subarray(at, at + 16_384);
  };
  const stream = chunked ? { body: ReadableStream.from(pieces()), duplex: "half" } : { body: bytes };
  try {
    const answer = await fetch(`${server.url}${path}`, { method: "POST", headers, ...stream } as RequestInit);
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 413;
  }
}

describe.skipIf(process.platform !== "linux")("a body that inflates without end", () => {
  it.each(BOMBS)("as %s is refused, with a length and chunked", async (_name, encoding, make) => {
    const body = make();
    const before = server.memory().now;
    server.forgetPeak();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [turn, path] of ["/v1/events", "/v1/logs"].entries()) {
        expect(await send(encoding, body, path, (round + turn) % 2 === 1)).toBe(413);
      }
    }
    expect(server.memory().peak - before).toBeLessThan(MOST_RISE);
  });

  it("is refused when many come at once", async () => {
    const body = gzipSync(zeros(48));
    const before = server.memory().now;
    server.forgetPeak();
    const statuses = await Promise.all(
      Array.from({ length: 16 }, () => send("gzip", body, "/v1/events", false)),
    );
    expect(new Set(statuses)).toEqual(new Set([413]));
    expect(server.memory().peak - before).toBeLessThan(MOST_RISE);
  });

  it("keeps nobody else out", async () => {
    expect((await sendEvents(server.url, event)).status).toBe(202);
  });
});
