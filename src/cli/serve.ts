/** `vedette serve`: the engine, always on. */
import { Command, Option } from "commander";
import { inert } from "../report/inert.ts";
import type { Server } from "../server.ts";
import { type ServerFlags, withServerOptions } from "./server-options.ts";

const EXAMPLES = `
Examples:
  vedette serve
  vedette serve --data /var/lib/vedette --host 0.0.0.0
  vedette serve --config vedette.yaml
  vedette serve --sample auto        made-up traffic to look around with, until there is traffic of your own

docs/server.md has the settings, and how to send events.`;
const WHEN = ["auto", "true", "false"];

interface ServeFlags extends ServerFlags {
  readonly sample?: true | "auto" | "true" | "false";
}

export function serveCommand(): Command {
  return withServerOptions(new Command("serve"))
    .description("Take events, watch them, keep them: the server.")
    .addOption(new Option("--sample [when]", "made-up traffic to look around with").choices(WHEN))
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run({ config: file, data, host, port, sample }: ServeFlags): Promise<void> {
  const { readConfig } = await import("../config.ts");
  const { startServer } = await import("../server.ts");
  const config = readConfig({ file, environment: process.env, options: { data, host, port, sample } });
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

function welcome({ url, newKey: key, setupLink, sample }: Server, data: string): string {
  const bearer = key ?? "$VEDETTE_INGEST_KEY";
  const made = key === undefined ? "" : `\nA first key for sending events, shown this once:\n\n  ${key}\n`;
  const setup =
    setupLink === undefined
      ? ""
      : `\nSet up the first administrator (once, within a day):\n\n  ${setupLink}\n`;
  const shown =
    sample.state === "running" || sample.state === "ended"
      ? `
The traffic of the services named sample-… is made up, so that there is something to look at. To remove all of it:

  vedette sample remove --data ${inert(data)}
`
      : "";
  return `Vedette listens on ${url}; its data is in ${inert(data)}.
${setup}${shown}${made}
Send a first event:

  curl ${url}/v1/events -H 'Authorization: Bearer ${bearer}' -d \\
    '{"url.path":"/orders/1","http.request.method":"GET","http.response.status_code":200,"client.address":"192.0.2.7"}'

`;
}

/** One JSON object a line, to standard error: what happened, without what events carry. */
function log(level: "info" | "warn" | "error", message: string, detail: object = {}): void {
  const at = new Date().toISOString();
  process.stderr.write(`${JSON.stringify({ time: at, level, message, ...detail })}\n`);
}
