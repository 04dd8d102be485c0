/** Clients that say little, read nothing or come in crowds: others are served, memory stays, connections end. */
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { INGEST_KEY, type ServerProcess, SOAK, sendEvents, startProcess } from "../support/server-process.ts";

const CLIENTS = SOAK ? 2_000 : 100;
/** Megabytes that memory may rise for all of them together. */
const MOST_RISE = SOAK ? 300 : 150;
/** 128 MiB of answers that wait, as text and as the socket holds them, and what makes the next ones. */
const MOST_UNREAD = 700;
/** Bytes of the answers that nobody reads: a dozen of them are more than may wait. */
const LARGE_ANSWER = 10_000_000;
/** The server ends a request after 60 s and looks every 30 s; a tail that nobody reads after 30 s, an answer after 240 s. */
const REQUEST_MS = 100_000;
const TAIL_MS = 45_000;
const ANSWER_MS = 260_000;
const folder = mkdtempSync(join(tmpdir(), "vedette-slow-"));
const sockets: Socket[] = [];
let server: ServerProcess;
let apiKey: string;

beforeAll(async () => {
  server = await startProcess(folder);
  apiKey = await firstApiKey();
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Sets up the first administrator, as a person would, who makes a key. */
async function firstApiKey(): Promise<string> {
  const ask = async (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/v1${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const token = /\/setup#(\S+)/.exec(server.welcome)?.[1];
  const setUp = await ask("/setup", { token, name: "root", password: "correct horse battery" });
  const { csrf } = (await setUp.json()) as { csrf: string };
  const cookie = setUp.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
  const key = { kind: "api", name: "reader", scopes: ["events:read"] };
  const made = await ask("/keys", key, { cookie, "x-csrf-token": csrf });
  return ((await made.json()) as { secret: string }).secret;
}

/** @returns a connection that has sent `text` and sends and reads nothing more by itself */
function open(text: string): Socket {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).on("error", () => socket.destroy());
  sockets.push(socket);
  socket.pause();
  socket.write(text);
  return socket;
}

/** Events that are older than what is kept would go again while they are asked for. */
const BEGIN = Date.now() - 3_600_000;
const event = (i: number, filler = "") =>
  JSON.stringify({
    timestamp: new Date(BEGIN + i).toISOString(),
    "http.request.method": "GET",
    "url.path": `/slow/${i}`,
    "http.request.headers": { "x-filler": filler },
  });

const HEADS = `Host: a\r\nAuthorization: Bearer ${INGEST_KEY}\r\n`;
const SLOW: readonly (readonly [name: string, text: () => string, more: string])[] = [
  ["nothing at all", () => "", ""],
  ["half a head", () => `POST /v1/events HTTP/1.1\r\nHost: a\r\nX-A: `, "a"],
  ["a body by the byte", () => `POST /v1/events HTTP/1.1\r\n${HEADS}Content-Length: 1000000\r\n\r\n{`, " "],
  [
    "chunks by the byte",
    () => `POST /v1/events HTTP/1.1\r\n${HEADS}Transfer-Encoding: chunked\r\n\r\n`,
    "1\r\n \r\n",
  ],
];

async function expectService(): Promise<void> {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await sendEvents(server.url, event(0))).status).toBe(202);
}

describe.skipIf(process.platform !== "linux")("slow clients", { timeout: ANSWER_MS * 2 }, () => {
  it.each(SLOW)(`that send %s, ${CLIENTS} at once, hold up nobody`, async (_name, text, more) => {
    const before = server.memory().now;
    const slow = Array.from({ length: CLIENTS }, () => open(text()));
    for (let round = 0; round < 3; round++) {
      await sleep(200);
      for (const socket of slow) if (!socket.destroyed) socket.write(more);
    }
    await expectService();
    expect(server.memory().now - before).toBeLessThan(MOST_RISE);
    if (SOAK) await ended(slow, more, REQUEST_MS);
    for (const socket of slow) socket.destroy();
  });

  it("that never read a live tail hold up nobody", async () => {
    const before = server.memory().now;
    const head = `GET /api/v1/events/tail?query=events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${apiKey}\r\n\r\n`;
    expect(await statusOf(open(head))).toBe("HTTP/1.1 200 OK");
    const deaf = Array.from({ length: 40 }, () => open(head));
    await sleep(500);
    for (let i = 0; i < (SOAK ? 200 : 20); i++) {
      const lines = Array.from({ length: 300 }, (_, n) => event(n, "x".repeat(5_000)));
      expect((await sendEvents(server.url, lines.join("\n"))).status).toBe(202);
    }
    await expectService();
    // Each of them holds one answer that it does not read, and one that waits.
    expect(server.memory().now - before).toBeLessThan(MOST_RISE * 3);
    if (SOAK) await ended(deaf, "", TAIL_MS);
    for (const socket of deaf) socket.destroy();
  });

  it("that never read their answers are not waited for", async () => {
    const asked = JSON.stringify({ query: "events", rows: 2_500 });
    const head = `POST /api/v1/query HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${apiKey}\r\nContent-Type: application/json\r\nContent-Length: ${asked.length}\r\n\r\n${asked}`;
    expect(await statusOf(open(head))).toBe("HTTP/1.1 200 OK");
    const bytes = async () => (await readAll(asked)).bytes;
    await expect.poll(bytes, { timeout: 30_000, interval: 500 }).toBeGreaterThan(LARGE_ANSWER);
    // What answers of this size cost when they are read is nothing to do with those who do not read them.
    for (let i = 0; i < 3; i++) expect((await readAll(asked)).status).toBe(200);
    const before = server.memory().now;
    const deaf = Array.from({ length: 20 }, () => open(head));
    await expect
      .poll(async () => (await readAll(asked)).status, { timeout: 30_000, interval: 500 })
      .toBe(429);
    await expectService();
    expect(server.memory().now - before).toBeLessThan(MOST_UNREAD);
    if (SOAK) await ended(deaf, "", ANSWER_MS);
    for (const socket of deaf) socket.destroy();
    await sleep(200);
    expect((await readAll(asked)).status).toBe(200);
  });

  it("that dawdle do not keep the server from ending", { timeout: 60_000 }, async () => {
    open(
      `POST /v1/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${INGEST_KEY}\r\nContent-Length: 1000\r\n\r\n{`,
    );
    open("GET /healthz HTTP/1.1\r\nHo");
    await expectService();
    expect(await server.stop()).toBe(0);
  });
});

async function readAll(query: string): Promise<{ status: number; bytes: number }> {
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const answer = await fetch(`${server.url}/api/v1/query`, { method: "POST", headers, body: query });
  return { status: answer.status, bytes: (await answer.arrayBuffer()).byteLength };
}

function statusOf(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.once("data", (bytes) => {
      socket.destroy();
      resolve(bytes.toString("latin1").split("\r\n", 1)[0] ?? "");
    });
    socket.resume();
  });
}

/** Every one of them is cut off, however it goes on. A client that reads nothing learns of it by writing alone. */
async function ended(slow: readonly Socket[], more: string, within: number): Promise<void> {
  const left = () => slow.filter((socket) => !socket.destroyed).length;
  const until = performance.now() + within;
  while (left() > 0 && performance.now() < until) {
    await sleep(1_000);
    if (more !== "") for (const socket of slow) if (!socket.destroyed) socket.write(more);
  }
  for (let i = 0; more === "" && i < 3; i++) {
    // An empty line before a request is passed over.
    for (const socket of slow) if (!socket.destroyed) socket.write("\r\n");
    await sleep(500);
  }
  expect(left()).toBe(0);
}
