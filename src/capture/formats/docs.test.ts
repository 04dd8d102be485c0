/** `docs/formats.md` and the table of formats say the same. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EVENT_FIELDS, type EventField } from "../../event.ts";
import type { LogFormat } from "../format.ts";
import { FORMATS } from "./table.ts";

/** What the document calls each field, in the order in which it lists them. */
const WORDS: Readonly<Partial<Record<EventField, string>>> = {
  timestamp: "time",
  "client.address": "client",
  "http.request.method": "method",
  "url.path": "path",
  "url.query": "query",
  "http.response.status_code": "status",
  "http.response.body.size": "bytes out",
  "http.request.body.size": "bytes in",
  duration_ms: "duration",
  "user_agent.original": "user agent",
  "user.id": "user",
  "server.address": "host",
  "server.port": "port",
  "url.scheme": "scheme",
  "network.protocol.version": "HTTP version",
  "http.request.headers": "request headers",
  "http.response.headers": "response headers",
  "http.request.body": "request body",
  "http.response.body": "response body",
  "event.id": "request id",
  trace_id: "trace",
  span_id: "span",
  "session.id": "session",
  "service.name": "service",
  "deployment.environment.name": "environment",
  "network.peer.address": "peer",
  "http.route": "route",
  "error.type": "error",
  "rpc.method": "operation",
  "organization.id": "organization",
  "graphql.operation.name": "GraphQL operation",
};
const FIELDS = Object.keys(WORDS) as readonly EventField[];

const rows = readFileSync(join(import.meta.dirname, "../../../docs/formats.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| `[a-z0-9-]+` \|/.test(line));

function rowOf({ id, title, aliases = [], provides, advice = {} }: LogFormat): string {
  const carries = FIELDS.filter((field) => provides.includes(field)).map((field) => WORDS[field]);
  const whole = provides.length === EVENT_FIELDS.length ? "whatever the lines hold" : carries.join(", ");
  const more = Object.entries(advice).map(([field, text]) => `${WORDS[field as EventField]}: ${text}`);
  const names = aliases.map((alias) => `\`${alias}\``).join(", ");
  return `| \`${id}\` | ${title} | ${names} | ${whole} | ${more.join("; ").replaceAll("|", "\\|")} |`;
}

describe("docs/formats.md", () => {
  it.each(FORMATS)("has the row of $id", (format) => {
    expect(rows).toContain(rowOf(format));
  });

  it("has no row of anything else", () => {
    expect(rows.length).toBe(FORMATS.length);
  });

  it("has a word for every field that advice is about", () => {
    for (const { advice } of FORMATS)
      for (const field of Object.keys(advice ?? {})) expect(FIELDS).toContain(field);
  });
});
