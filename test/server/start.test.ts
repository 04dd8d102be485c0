/** The first minutes with a clone: `npm start`, what it says, what is seen, a crash, and the way back to nothing. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { readFolderAddress } from "../../src/store/folder-address.ts";

/** A dozen processes one after the other, on machines that others use too. */
const PATIENCE_MS = 240_000;
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "vedette-start-"));
const data = join(folder, "data");
const environment = { PATH: process.env.PATH ?? "", NO_COLOR: "1" };
let running: Started | undefined;
afterEach(() => running?.end("SIGKILL"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Started {
  readonly said: string;
  readonly url: string;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

async function start(args: readonly string[] = []): Promise<Started> {
  const all = [join(root, "bootstrap.mjs"), "start", "--data", data, "--port", "0", ...args];
  const child = spawn(process.execPath, all, { env: environment, stdio: ["ignore", "pipe", "ignore"] });
  const gone = once(child, "exit");
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  while (!said.includes("Send a first event")) await Promise.race([once(child.stdout, "data"), gone]);
  running = {
    said,
    url: /listens on (\S+);/.exec(said)?.[1] ?? "",
    async end(signal) {
      child.kill(signal);
      const [code] = (await gone) as [number | null];
      running = undefined;
      return code;
    },
  };
  return running;
}

interface Done {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function vedette(...args: readonly string[]): Promise<Done> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: environment };
    execFile(process.execPath, [join(root, "dist/vedette.js"), ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

interface Status {
  readonly sentence: string;
  readonly sample: string;
  readonly counts: { readonly open: Readonly<Record<string, number>>; readonly sample: number };
  readonly newest: readonly { readonly title: string }[];
}

async function status(): Promise<Status> {
  const { stdout } = await vedette("status", "--data", data, "--output", "json");
  return JSON.parse(stdout) as Status;
}

async function count(query: string): Promise<number> {
  const { stdout, stderr } = await vedette("query", query, "--data", data, "--output", "json");
  expect(stderr).toBe("");
  return Number((JSON.parse(stdout) as { rows: unknown[][] }).rows[0]?.[0] ?? 0);
}

describe("npm start", () => {
  it(
    "shows incidents of sample traffic, goes on after a kill without copies, and ends with Ctrl-C",
    async () => {
      const first = await start();
      expect(first.said).toMatch(/http:\/\/127\.0\.0\.1:\d+\/setup#[\w-]{43}/);
      expect(first.said).toMatch(/vdt_ingest_[\w-]{32}/);
      expect(first.said).toContain(`vedette sample remove --data ${data}`);
      expect(first.said).toContain("services named sample-");
      let seen = await status();
      // Two questions to the server: the first incident may come between them.
      while (seen.newest.length === 0 || seen.counts.sample === 0) {
        await sleep(200);
        seen = await status();
      }
      expect(seen.sample).toBe("running");
      // In the midst of sending what lies in the past.
      await first.end("SIGKILL");

      const second = await start();
      expect(second.said).not.toContain("vdt_ingest_");
      const lastMinutes = "events | where timestamp > ago(10m) | summarize n = count()";
      while ((await count(lastMinutes)) === 0) await sleep(500);
      expect(await count("events | summarize n = count() by timestamp, span_id | where n > 1 | count")).toBe(
        0,
      );
      expect(
        await count('events | where deployment.environment.name != "sample" | summarize n = count()'),
      ).toBe(0);
      const text = await vedette("status", "--data", data, "--once");
      expect(text.stdout).toMatch(/need(s)? you|Nothing needs you/);
      expect(text.stdout).toContain("sample: running");

      const taken = await vedette("serve", "--data", data);
      expect([taken.code, taken.stderr]).toEqual([3, expect.stringContaining("[DATA_FOLDER_IN_USE]")]);
      expect(await second.end("SIGINT")).toBe(0);
      expect(existsSync(join(data, "server.json"))).toBe(false);

      expect(await vedette("sample", "remove", "--data", data)).toEqual({
        code: 0,
        stdout: "The sample traffic is removed.\n",
        stderr: "",
      });
      expect(await count("events | summarize n = count()")).toBe(0);
      expect(await count("incidents | summarize n = count()")).toBe(0);
      const third = await start();
      expect(third.said).not.toContain("sample");
      const again = await vedette("sample", "remove", "--data", data);
      expect(again.stdout).toBe("There is no sample traffic.\n");
      expect((await status()).sentence).toBe("Nothing needs you.");
      await third.end("SIGTERM");
    },
    PATIENCE_MS,
  );

  it("says in a few words that the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const { code, stdout, stderr } = await vedette("serve", "--data", join(folder, "b"), "--port", `${port}`);
    other.close();
    expect([code, stdout]).toEqual([3, ""]);
    const said = stderr.split("\n").filter((line) => line !== "" && !line.startsWith("{"));
    expect(said).toHaveLength(2);
    expect(said.join(" ")).toMatch(/Cannot listen on 127\.0\.0\.1:\d+.*\[ADDRESS_IN_USE\]/);
  });
});

describe("the key of a data folder", () => {
  it(
    "is for its owner, opens the server that made it, and ends with it",
    async () => {
      const one = await start();
      const address = readFolderAddress(data);
      expect(address?.url).toBe(one.url);
      expect(statSync(join(data, "server.json")).mode & 0o777).toBe(0o600);
      const ask = (path: string, method = "GET") =>
        fetch(`${one.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${address?.key}` } });
      expect((await ask("/health")).status).toBe(200);
      // A key must not make more keys, this one neither; and it sends no events.
      expect((await ask("/keys")).status).toBe(403);
      const sent = await fetch(`${one.url}/v1/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${address?.key}` },
        body: "{}",
      });
      expect(sent.status).toBe(403);
      // Another server does not get it.
      const elsewhere = createServer().listen(0, "127.0.0.1");
      await once(elsewhere, "listening");
      const heard: Promise<string> = new Promise((resolve) => {
        elsewhere.on("connection", (socket) => {
          socket.once("data", (bytes) => {
            socket.destroy();
            resolve(bytes.toString());
          });
        });
      });
      const { port } = elsewhere.address() as { port: number };
      await vedette("status", "--data", data, "--url", `http://127.0.0.1:${port}`, "--once");
      expect((await heard).toLowerCase()).not.toContain("authorization");
      elsewhere.close();
      await one.end("SIGKILL");

      // What a crash left behind opens nothing later.
      expect(readFolderAddress(data)).toEqual(address);
      const next = await start();
      const late = await fetch(`${next.url}/api/v1/health`, {
        headers: { authorization: `Bearer ${address?.key}` },
      });
      expect(late.status).toBe(401);
      await next.end("SIGTERM");
    },
    PATIENCE_MS,
  );
});
