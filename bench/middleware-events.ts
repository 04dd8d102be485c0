/** Events for benchmarks of the server, as a middleware sends them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../src/simulate/run.ts";

/** Events of a day as Vedette's own format has them, every field: 1.1 KB. */
export async function simulatedLines(folder: string, events: number): Promise<string[]> {
  const out = join(folder, "events.ndjson");
  await run({ format: "vedette", out, logUsers: true, seed: 3, events, days: 1 });
  return readFileSync(out, "utf8").split("\n").filter(Boolean).slice(0, events);
}

/** What a middleware leaves out, because the request's headers or the service say it: 724 bytes are left. */
const REPEATED = [
  "user_agent.original",
  "network.peer.address",
  "network.protocol.version",
  "server.address",
  "server.port",
  "span_id",
  "http.response.headers",
];

export function middlewareLine(line: string): string {
  const event = JSON.parse(line) as Record<string, unknown>;
  for (const name of REPEATED) delete event[name];
  const headers = event["http.request.headers"] as Record<string, string> | undefined;
  delete headers?.["accept-encoding"];
  return JSON.stringify(event);
}
