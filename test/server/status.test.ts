/** The live view of a running server: drawn over itself, quiet in the audit log, patient when the server is away. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { readStatus } from "../../src/status/status.ts";
import { watchStatus } from "../../src/status/watch.ts";
import { openServer, send, type TestServer, withKey } from "../support/api-server.ts";

const NOON = Date.UTC(2026, 2, 3, 12);
let server: TestServer | undefined;
let stopped = false;
afterEach(async () => {
  if (!stopped) await server?.stop();
  stopped = false;
});

function attack(address: string): object[] {
  return Array.from({ length: 30 }, (_, i) => ({
    timestamp: new Date(NOON + i * 1_000).toISOString(),
    "service.name": "shop",
    "client.address": address,
    "http.request.method": "GET",
    "url.path": "/products",
    "url.query": `id=${i}%27%20UNION%20SELECT%20password%20FROM%20users--`,
    "http.response.status_code": 500,
  }));
}

describe("a live view", () => {
  it("draws over itself, reads incidents when there are others, and waits for a server that is away", async () => {
    const one = await openServer(NOON);
    server = one;
    const written: string[] = [];
    const terminal = { write: (text: string) => written.push(text), columns: 90, rows: 30 };
    const stopping = new AbortController();
    const view = watchStatus(one.address, { terminal, colour: false, every: 20, signal: stopping.signal });
    const shows = async (text: string) => {
      while (!written.at(-1)?.includes(text)) await sleep(20);
    };
    await shows("Nothing needs you.");
    await send(one, attack("203.0.113.9"));
    await shows("1 incident needs you");
    expect(written.at(-1)).toContain("SQL injection at GET /products by 203.0.113.9");
    const frames = written.length;
    while (written.length < frames + 5) await sleep(20);
    const reads = (await one.live.records.audit.read({ limit: 100 })).filter(
      ({ action }) => action === "incidents.read",
    );
    expect(reads.map(({ actor }) => actor)).toEqual(["key:local", "key:local"]);
    for (const [i, frame] of written.entries()) {
      const lines = (written[i - 1] ?? "").split("\n").length - 1;
      expect(frame.startsWith(i === 0 ? "Vedette" : `\u001b[${lines}A\r\u001b[J`)).toBe(true);
    }
    await one.stop();
    stopped = true;
    await shows("does not answer; looking again");
    stopping.abort();
    await view;
  });

  it("asks with what a reading key may do", async () => {
    server = await openServer(NOON);
    const key = await withKey(server, "watcher", ["health:read", "sources:read", "incidents:read"]);
    expect((await key.ask("GET", "/incidents/counts")).body).toEqual({
      open: { info: 0, low: 0, medium: 0, high: 0, critical: 0 },
      succeeded: 0,
      probably_succeeded: 0,
      sample: 0,
    });
    await expect(readStatus({ url: server.url, key: "vdt_api_not-a-key" })).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
    await expect(readStatus({ url: "http://127.0.0.1:1", key: undefined })).rejects.toMatchObject({
      code: "SERVER_UNREACHABLE",
    });
  });
});
