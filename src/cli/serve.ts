/** `vedette serve`: the engine, always on. */
import { Command } from "commander";
import { inert } from "../report/inert.ts";
import type { Server } from "../server.ts";
import { type ServerFlags, withServerOptions } from "./server-options.ts";

const EXAMPLES = `
Examples:
  vedette serve
  vedette serve --data /var/lib/vedette --host 0.0.0.0
  vedette serve --config vedette.yaml

docs/server.md has the settings, and how to send events.`;

export function serveCommand(): Command {
  return withServerOptions(new Command("serve"))
    .description("Take events, watch them, keep them: the server.")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run({ config: file, data, host, port }: ServerFlags): Promise<void> {
  const { readConfig } = await import("../config.ts");
  const { startServer } = await import("../server.ts");
  const config = readConfig({ file, environment: process.env, options: { data, host, port } });
  const server = await startServer(config, log);
  process.stdout.write(welcome(server, config.data));

  let stopping = false;
  const stop = (signal: string) => {
    // Asked twice, it goes at once: what was acknowledged is on disk.
    if (stopping) process.exit(3);
    stopping = true;
    log("info", "stopping", { signal });
    void server.close().then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function welcome({ url, newKey: key, setupLink }: Server, data: string): string {
  const shown = key ?? "$VEDETTE_INGEST_KEY";
  const made = key === undefined ? "" : `\nA first key for sending events, shown this once:\n\n  ${key}\n`;
  const setup =
    setupLink === undefined
      ? ""
      : `\nSet up the first administrator (once, within a day):\n\n  ${setupLink}\n`;
  return `Vedette listens on ${url}; its data is in ${inert(data)}.
${setup}${made}
Send a first event:

  curl ${url}/v1/events -H 'Authorization: Bearer ${shown}' -d \\
    '{"url.path":"/orders/1","http.request.method":"GET","http.response.status_code":200,"client.address":"192.0.2.7"}'

`;
}

/** One JSON object a line, to standard error: what happened, without what events carry. */
function log(level: "info" | "warn" | "error", message: string, detail: object = {}): void {
  const at = new Date().toISOString();
  process.stderr.write(`${JSON.stringify({ time: at, level, message, ...detail })}\n`);
}
