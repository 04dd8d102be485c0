/** `vedette serve`: the engine, always on. */
import { relative } from "node:path";
import { Command, Option } from "commander";
import { inert } from "../report/inert.ts";
import type { Server } from "../server.ts";
import { keepHeapLean } from "./lean-heap.ts";
import { type ServerFlags, withServerOptions } from "./server-options.ts";

const EXAMPLES = `
Examples:
  vedette serve
  vedette serve --data /var/lib/vedette --host 0.0.0.0
  vedette serve --config vedette.yaml
  vedette serve --sample auto        made-up traffic to look around with, until there is traffic of your own

docs/server.md has the settings, and how to send events.`;
const LOOK_EVERY_MS = 2_000;
const MOST_REMEMBERED = 3;
const WHEN = ["auto", "true", "false"];

interface ServeFlags extends ServerFlags {
  readonly sample?: true | "auto" | "true" | "false";
  readonly view?: boolean;
}

export function serveCommand(): Command {
  return withServerOptions(new Command("serve"))
    .description("Take events, watch them, keep them: the server.")
    .addOption(new Option("--sample [when]", "made-up traffic to look around with").choices(WHEN))
    .option("--view", "on a terminal, go on showing how it does")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run({ config: file, data, host, port, sample, view }: ServeFlags): Promise<void> {
  keepHeapLean();
  const { readConfig } = await import("../config.ts");
  const { startServer } = await import("../server.ts");
  const config = readConfig({ file, environment: process.env, options: { data, host, port, sample } });
  const shown = view === true && process.stdout.isTTY === true && process.env.TERM !== "dumb";
  const server = await startServer(config, shown && process.stderr.isTTY === true ? remember : log);
  process.stdout.write(welcome(server, config.data, config.public_url));
  const viewing = new AbortController();

  let stopping = false;
  const stop = (signal: string) => {
    // Asked twice, it goes at once: what was acknowledged is on disk.
    if (stopping) process.exit(3);
    stopping = true;
    viewing.abort();
    log("info", "stopping", { signal });
    server.close().then(
      () => process.exit(0),
      (cause: unknown) => {
        log("error", "not everything was closed; the next start takes it up", { reason: String(cause) });
        process.exit(3);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // The view is a comfort: without it the server goes on.
  if (shown) await show(server, viewing.signal).catch((cause: unknown) => remember("warn", String(cause)));
}

async function show({ address }: Server, signal: AbortSignal): Promise<void> {
  const { watchStatus } = await import("../status/watch.ts");
  const { stdout, env } = process;
  const colour = env.NO_COLOR === undefined;
  const messages = () => remembered;
  await watchStatus(address, { terminal: stdout, colour, every: LOOK_EVERY_MS, signal, messages });
}

/** How the program is called: people who began with a clone have no `vedette` yet. */
const PROGRAM = process.env.npm_lifecycle_event === "start" ? "npm start --" : "vedette";

function welcome(
  { url, newKey: key, setupLink, sample }: Server,
  data: string,
  publicUrl: string | undefined,
): string {
  const place = relative(process.cwd(), data);
  const folder = place === "vedette-data" ? "" : ` --data ${inert(data)}`;
  const given = process.env.VEDETTE_INGEST_KEY === undefined ? "$KEY" : "$VEDETTE_INGEST_KEY";
  const which =
    key === undefined && given === "$KEY"
      ? " with the key of the first start, or one made in the console"
      : "";
  const made = key === undefined ? "" : `\nA first key for sending events, shown this once:\n\n  ${key}\n`;
  const setup =
    setupLink === undefined
      ? `\nThe console:\n\n  ${publicUrl ?? url}\n`
      : `\nThe console, for its first administrator (once, within a day):\n\n  ${setupLink}\n`;
  const shown =
    sample.state === "running" || sample.state === "ended"
      ? `
The traffic of the services named sample-… is made up, so that there is something to look at. To remove all of it:

  ${PROGRAM} sample remove${folder}
`
      : "";
  return `Vedette listens on ${url}; its data is in ${inert(data)}.
${setup}${shown}${made}
Send a first event${which}:

  curl ${url}/v1/events -H "Authorization: Bearer ${key ?? given}" -d \\
    '{"url.path":"/orders/1","http.request.method":"GET","http.response.status_code":200,"client.address":"192.0.2.7"}'

`;
}

/** Under a live view, the log is its last lines. */
const remembered: string[] = [];
function remember(level: string, message: string, detail: object = {}): void {
  const said = Object.keys(detail).length === 0 ? message : `${message} ${JSON.stringify(detail)}`;
  remembered.push(`${new Date().toISOString().slice(11, 19)} ${level}: ${said}`);
  if (remembered.length > MOST_REMEMBERED) remembered.shift();
}

/** One JSON object a line, to standard error: what happened, without what events carry. */
function log(level: "info" | "warn" | "error", message: string, detail: object = {}): void {
  const at = new Date().toISOString();
  process.stderr.write(`${JSON.stringify({ time: at, level, message, ...detail })}\n`);
}
