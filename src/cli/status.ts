/** `vedette status`: how a running server does, once or live. */
import { setTimeout as sleep } from "node:timers/promises";
import { Command, Option } from "commander";

interface Flags {
  readonly url?: string;
  readonly key?: string;
  readonly data?: string;
  readonly once?: boolean;
  readonly watch?: boolean;
  readonly output: "text" | "json";
}

const EVERY_MS = 2_000;

const HELP = `
On a terminal it goes on until Ctrl-C; otherwise, or with --once, it says it once. With --output json --watch it writes
one JSON object a line.

The server is the one that runs on the data folder; who can read the folder needs no key. --url names another, with a
key for the API (scopes health:read, sources:read, incidents:read) in --key or VEDETTE_API_KEY.`;

export function statusCommand(): Command {
  return new Command("status")
    .description("Say how a running server does: incidents, events, sources, store, memory.")
    .option("--url <url>", "a running server")
    .option("--key <key>", "API key; better in the environment: VEDETTE_API_KEY")
    .option("--data <folder>", "its data folder (default: ./vedette-data)")
    .option("--once", "say it once")
    .addOption(new Option("--watch", "say it again and again").conflicts("once"))
    .addOption(new Option("--output <form>", "text or json").choices(["text", "json"]).default("text"))
    .addHelpText("after", HELP)
    .action(run);
}

async function run({ url, key, data, once, watch, output }: Flags): Promise<void> {
  const [{ serverAddress }, { readStatus, sentence }, { screen }, { watchStatus }] = await Promise.all([
    import("../explore/call.ts"),
    import("../status/status.ts"),
    import("../status/screen.ts"),
    import("../status/watch.ts"),
  ]);
  const { stdout, env } = process;
  const folder = data ?? env.VEDETTE_DATA;
  const server = serverAddress({ url, key: key ?? env.VEDETTE_API_KEY, data: folder });
  const terminal = stdout.isTTY === true && env.TERM !== "dumb";
  const colour = terminal && env.NO_COLOR === undefined;
  const live = watch ?? (terminal && once !== true && output === "text");
  const stopping = new AbortController();
  process.once("SIGINT", () => stopping.abort());
  const { signal } = stopping;

  if (live && output === "text") {
    await watchStatus(server, { terminal: stdout, colour, every: EVERY_MS, signal });
    return;
  }
  do {
    const status = await readStatus(server);
    stdout.write(
      output === "json"
        ? `${JSON.stringify({ version: 1, sentence: sentence(status), ...status }, undefined, live ? 0 : 2)}\n`
        : `${screen(status, { width: stdout.columns ?? Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY, colour }).join("\n")}\n`,
    );
    if (live) await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  } while (live && !signal.aborted);
}
