/** `vedette query` as a process: asking a server that runs, and the folder of one that does not. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "vedette-query-"));
const data = join(folder, "data");
const PASSWORD = "correct horse battery";
const program = join(import.meta.dirname, "../../dist/vedette.js");
afterAll(() => rmSync(folder, { recursive: true }));

interface Done {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function vedette(args: readonly string[], environment: Record<string, string> = {}): Promise<Done> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH ?? "", ...environment } };
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

async function serve(
  data: string,
): Promise<{ url: string; said: string; stop(signal?: NodeJS.Signals): Promise<void> }> {
  const child = spawn(process.execPath, [program, "serve", "--data", data, "--port", "0"], {
    env: { PATH: process.env.PATH ?? "", VEDETTE_INGEST_KEY: "an-ingest-key-for-tests" },
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  while (!said.includes("Send a first event")) await once(child.stdout, "data");
  const url = /listens on (\S+);/.exec(said)?.[1] ?? "";
  return {
    url,
    said,
    async stop(signal = "SIGTERM") {
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
    },
  };
}

const COUNT = "events | summarize n = count() by service.name | sort by service.name asc";

describe("vedette query", () => {
  it("asks a running server, and its folder once it has stopped", async () => {
    const server = await serve(data);
    const events = ["shop", "shop", "billing"].map((name) =>
      JSON.stringify({ timestamp: "2026-03-03T00:00:00Z", "service.name": name, "url.path": "/" }),
    );
    await fetch(`${server.url}/v1/events`, {
      method: "POST",
      headers: { authorization: "Bearer an-ingest-key-for-tests" },
      body: events.join("\n"),
    });
    const token = /\/setup#([\w-]+)/.exec(server.said)?.[1];
    const json = { "content-type": "application/json" };
    const setup = await fetch(`${server.url}/api/v1/setup`, {
      method: "POST",
      headers: json,
      body: JSON.stringify({ token, name: "root", password: PASSWORD }),
    });
    const { csrf } = (await setup.json()) as { csrf: string };
    const cookie = setup.headers.get("set-cookie")?.split(";")[0] ?? "";
    const made = await fetch(`${server.url}/api/v1/keys`, {
      method: "POST",
      headers: { ...json, cookie, "x-csrf-token": csrf },
      body: JSON.stringify({ kind: "api", name: "cli", scopes: ["events:read"] }),
    });
    const { secret } = (await made.json()) as { secret: string };
    const key = { VEDETTE_API_KEY: secret };

    let asked: Done;
    do asked = await vedette(["query", COUNT, "--url", server.url, "--output", "csv"], key);
    while (!asked.stdout.includes("shop"));
    expect(asked).toEqual({ code: 0, stdout: "service.name,n\r\nbilling,1\r\nshop,2\r\n", stderr: "" });

    const wrong = await vedette(["query", "events | where colour == 1", "--url", server.url], key);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("               ^^^^^^")]);
    const nobody = await vedette(["query", COUNT, "--url", server.url]);
    expect([nobody.code, nobody.stderr]).toEqual([3, expect.stringContaining("[UNAUTHENTICATED]")]);

    await server.stop();
    expect(await vedette(["query", COUNT, "--data", data])).toEqual({
      code: 0,
      stdout: "service.name  n\n────────────  ─\nbilling       1\nshop          2\n",
      stderr: "",
    });
    const one = await vedette([
      "query",
      "events | project url.path",
      "--data",
      data,
      "--rows",
      "1",
      "--output",
      "ndjson",
    ]);
    expect(one).toMatchObject({
      code: 0,
      stdout: '{"url.path":"/"}\n',
      stderr: expect.stringContaining("more rows"),
    });
  });

  it("answers with what a killed server had acknowledged and not stored", async () => {
    const killed = join(folder, "killed");
    const server = await serve(killed);
    const sent = await fetch(`${server.url}/v1/events`, {
      method: "POST",
      headers: { authorization: "Bearer an-ingest-key-for-tests" },
      body: '{"timestamp":"2026-03-03T00:00:00Z","service.name":"shop","url.path":"/last"}',
    });
    expect(await sent.json()).toMatchObject({ accepted: 1 });
    await server.stop("SIGKILL");
    expect(readdirSync(join(killed, "journal"))).toEqual([expect.stringMatching(/\.open$/)]);
    const asked = ["query", "events | project url.path", "--data", killed, "--output", "csv"];
    expect(await vedette(asked)).toEqual({ code: 0, stdout: "url.path\r\n/last\r\n", stderr: "" });
    expect((await vedette(asked)).stdout).toBe("url.path\r\n/last\r\n");
  });

  it("says when there is nothing to ask", async () => {
    const none = await vedette(["query", COUNT, "--data", join(folder, "nowhere")]);
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining("[INPUT_NOT_FOUND]")]);
    const gone = await vedette(["query", COUNT, "--url", "http://127.0.0.1:1"]);
    expect([gone.code, gone.stderr]).toEqual([3, expect.stringContaining("[SERVER_UNREACHABLE]")]);
    expect((await vedette(["query", COUNT, "--output", "xml"])).code).toBe(2);
  });
});
