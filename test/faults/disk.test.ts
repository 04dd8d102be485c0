/**
 * The disk under the whole server is full, or turns read-only: 503 with Retry-After and never an acknowledgement; with
 * space again it goes on by itself, and everything acknowledged is there.
 */
import { mkdirSync, mkdtempSync, rmSync, statfsSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type ServerProcess, SOAK, sendEvents, startProcess } from "../support/server-process.ts";
import { mountSmallDisk, type SmallDisk } from "../support/small-disk.ts";
import { ask } from "../support/stored.ts";

const ROUNDS = SOAK ? 20 : 1;
const DISK_MEGABYTES = 80;
const BATCH = 500;
const probe = mountSmallDisk(1);
probe?.remove();
if (probe === undefined) console.log("Skipped: the server on a full disk (mounting a tmpfs needs root).");

const folders: string[] = [];
let disk: SmallDisk | undefined;
let server: ServerProcess | undefined;
afterEach(async () => {
  await server?.kill();
  disk?.remove();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const filler = "x".repeat(300);
function bodyOf(request: number): string {
  return Array.from({ length: BATCH }, (_, i) =>
    JSON.stringify({
      timestamp: "2026-03-03T00:00:00Z",
      "http.request.method": "GET",
      "url.path": `/disk/${request}/${i}`,
      "http.request.headers": { "x-filler": `${filler}${request * BATCH + i}` },
      "client.address": "192.0.2.7",
    }),
  ).join("\n");
}

interface Sent {
  readonly acknowledged: number[];
  next: number;
}

/** Sends until the disk refuses. @returns the refusal */
async function sendUntilRefused(url: string, sent: Sent): Promise<Response> {
  for (;;) {
    const request = sent.next++;
    const answer = await sendEvents(url, bodyOf(request));
    if (answer.status !== 202) return answer;
    await answer.arrayBuffer();
    sent.acknowledged.push(request);
  }
}

/** Sends until it is taken again. */
async function sendUntilTaken(url: string, sent: Sent): Promise<void> {
  for (;;) {
    const request = sent.next++;
    const answer = await sendEvents(url, bodyOf(request));
    await answer.arrayBuffer();
    if (answer.status === 202) {
      sent.acknowledged.push(request);
      return;
    }
    expect(answer.status).toBe(503);
    await sleep(300);
  }
}

async function expectRefusal(url: string, refusal: Response): Promise<void> {
  expect(refusal.status).toBe(503);
  expect(refusal.headers.get("retry-after")).toBe("1");
  expect(await refusal.json()).toMatchObject({ code: "JOURNAL_UNWRITABLE" });
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/metrics`)).status).toBe(200);
  const otlp = await fetch(`${url}/v1/logs`, {
    method: "POST",
    headers: { "content-type": "application/json" },
  });
  // Who has no key learns that, whatever the disk does.
  expect(otlp.status).toBe(401);
}

async function expectStored(folder: string, sent: Sent): Promise<void> {
  const [rows = []] = await ask(folder, [
    `SELECT toUInt32(splitByChar('/', \`url.path\`)[3]) AS request, count(), uniqExact(\`url.path\`) FROM events
       GROUP BY request`,
  ]);
  const stored = new Map(rows.map(([request, ...counts]) => [Number(request), counts]));
  expect(sent.acknowledged.filter((request) => stored.get(request)?.[1] !== BATCH)).toEqual([]);
  expect([...stored].filter(([, [all, different]]) => all !== different)).toEqual([]);
}

describe.skipIf(probe === undefined)("the server on a disk", { timeout: ROUNDS * 60_000 }, () => {
  it("that is full refuses, and goes on once there is space", async () => {
    disk = mountSmallDisk(DISK_MEGABYTES);
    if (disk === undefined) return;
    const ballast = join(disk.path, "ballast");
    server = await startProcess(disk.path);
    const sent: Sent = { acknowledged: [], next: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      await sendUntilTaken(server.url, sent);
      // From all but a little to just above what is kept for the store: they meet the end at different places.
      fill(ballast, 2e6 + round * 1e6);
      await expectRefusal(server.url, await sendUntilRefused(server.url, sent));
      await sleep(2_500);
      rmSync(ballast);
      await sendUntilTaken(server.url, sent);
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    }
    expect(await server.stop()).toBe(0);
    await expectStored(disk.path, sent);
  });

  it("keeps enough of it free for the store to empty the journal that filled it", async () => {
    disk = mountSmallDisk(DISK_MEGABYTES);
    if (disk === undefined) return;
    server = await startProcess(disk.path);
    const sent: Sent = { acknowledged: [], next: 0 };
    for (let round = 0; round < (SOAK ? 10 : 1); round++) {
      await expectRefusal(server.url, await sendUntilRefused(server.url, sent));
      await sendUntilTaken(server.url, sent);
    }
    expect(await server.stop()).toBe(0);
    await expectStored(disk.path, sent);
  });

  it("that turns read-only under the journal refuses, and goes on when it is not any more", async () => {
    const folder = dataWith("journal");
    server = await startProcess(folder);
    const sent: Sent = { acknowledged: [], next: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      await sendUntilTaken(server.url, sent);
      await readOnly(true);
      await expectRefusal(server.url, await sendUntilRefused(server.url, sent));
      await readOnly(false);
      await sendUntilTaken(server.url, sent);
    }
    expect(await server.stop()).toBe(0);
    await expectStored(folder, sent);
  });

  it("that is full under the store alone goes on taking events, and stores them once there is space", async () => {
    const folder = dataWith("store");
    server = await startProcess(folder);
    const sent: Sent = { acknowledged: [], next: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const ballast = join(disk?.path ?? "", "ballast");
      fill(ballast, 100_000);
      for (let i = 0; i < 10; i++) await sendUntilTaken(server.url, sent);
      await backlog(server, (bytes) => bytes > 1e6);
      await sleep(4_000);
      expect((await server.metrics()).get("vedette_journal_backlog_bytes")).toBeGreaterThan(1e6);
      rmSync(ballast);
      await backlog(server, (bytes) => bytes === 0);
    }
    expect(await server.stop()).toBe(0);
    await expectStored(folder, sent);
  });
});

/** A data folder with one part of it on the small disk. */
function dataWith(part: "journal" | "store"): string {
  const folder = mkdtempSync(join(tmpdir(), "vedette-disk-data-"));
  folders.push(folder);
  disk = mountSmallDisk(DISK_MEGABYTES);
  mkdirSync(join(folder, "data"));
  symlinkSync(disk?.path ?? "", join(folder, "data", part));
  return folder;
}

/** No file may be open for writing: it takes effect between two segments. */
async function readOnly(on: boolean): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      disk?.readOnly(on);
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error("the disk is never idle");
}

async function backlog(running: ServerProcess, is: (bytes: number) => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (is((await running.metrics()).get("vedette_journal_backlog_bytes") ?? Number.NaN)) return;
    await sleep(100);
  }
  throw new Error(`the backlog stayed as it was: ${running.log()}`);
}

/** A file of all that is free but some bytes; the server may take of them while it is written. */
function fill(path: string, leave: number): void {
  const { bavail, bsize } = statfsSync(dirname(path));
  try {
    writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - leave)));
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ENOSPC")) throw cause;
  }
}
