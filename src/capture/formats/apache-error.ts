/**
 * Apache error log (https://httpd.apache.org/docs/2.4/mod/core.html#errorlogformat): refused log-ins, refused
 * requests and what ModSecurity blocked are requests; other messages name files or modules, not requests.
 */
import type { ApiEvent } from "../../event.ts";
import type { FormatOptions, LineParser, LineResult, LogFormat } from "../format.ts";
import { parseTimestamp } from "../timestamp.ts";
import { bareAddress } from "./fields/address.ts";
import { setRequestHeader } from "./fields/headers.ts";
import { setRequestLine, setServer, setTarget } from "./fields/request.ts";

export const apacheError: LogFormat = {
  id: "apache-error",
  title: "Apache error log",
  shape: "line",
  provides: [
    "timestamp",
    "client.address",
    "user.id",
    "http.request.method",
    "url.path",
    "url.query",
    "network.protocol.version",
    "http.response.status_code",
    "http.request.headers",
    "server.address",
    "event.id",
  ],
  advice: { "http.response.status_code": "scan the access log: this one only has what went wrong" },
  open: openApacheError,
};

/** The date is left out where syslog writes its own. */
const START =
  /^(?:\[((?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4})\] )?(?=\[(?:\w{0,40}:)?(?:emerg|alert|crit|error|warn|notice|info|debug|trace\d)\] )/;
const CLIENT = /\[(?:client|remote) ([^\]\s]{1,64})\]/;
const CONTINUED = /^(?:PHP |Stack trace:|#\d+ |\s|thrown in )/;
/** The longest message worth searching. */
const SEARCHED = 8192;

/** What a message says about a request: its status, and where user, URI and request line stand in it. */
interface Reading {
  readonly pattern: RegExp;
  readonly status: number;
}
const READINGS: readonly Reading[] = [
  { pattern: /user (?<user>\S{1,128}) not found: (?<uri>\S+)/, status: 401 },
  { pattern: /user (?<user>\S{1,128}): authentication failure for "(?<uri>[^"]*)"/, status: 401 },
  { pattern: /user (?<user>\S{1,128}): password mismatch: (?<uri>\S+)/i, status: 401 },
  { pattern: /access to (?<uri>\/\S*) failed, reason: /, status: 403 },
  { pattern: /[Ii]nvalid URI in request (?<request>.+?)(?:, referer: |$)/, status: 400 },
  { pattern: /invalid URI path \((?<uri>[^)]*)\)/, status: 400 },
  { pattern: /Invalid method in request (?<request>.+?)(?:, referer: |$)/, status: 400 },
  { pattern: /ModSecurity: Access denied with code (?<status>\d{3})\b/, status: 403 },
];

function openApacheError(options: FormatOptions): LineParser {
  function parse(text: string, event: ApiEvent): LineResult {
    const line = text.trimEnd();
    if (line === "") return "ignored";
    const start = START.exec(line);
    if (start === null) return CONTINUED.test(line) ? "ignored" : "failed";
    if (start[1] !== undefined) event.timestamp = parseTimestamp(start[1], options);
    const message = line.slice(start[0].length, SEARCHED);
    const client = CLIENT.exec(message)?.[1];
    if (client === undefined) return "ignored";
    event["client.address"] = bareAddress(client);
    const referer = /, referer: (\S+)$/.exec(message)?.[1];
    if (referer !== undefined) setRequestHeader(event, "referer", referer);
    return READINGS.some((reading) => readAs(reading, message, event)) ? "event" : "ignored";
  }
  return { parse };
}

function readAs({ pattern, status }: Reading, message: string, event: ApiEvent): boolean {
  const found = pattern.exec(message);
  if (found === null) return false;
  const { user, uri, request, status: named } = found.groups ?? {};
  event["http.response.status_code"] = named === undefined ? status : Number(named);
  if (user !== undefined) event["user.id"] = user;
  const path = uri ?? tagged(message, "uri");
  if (request !== undefined) setRequestLine(event, request, 0, request.length, "clf");
  else if (path !== undefined) setTarget(event, path, 0, path.length, "clf");
  const host = tagged(message, "hostname");
  if (host !== undefined) setServer(event, host);
  const id = tagged(message, "unique_id");
  if (id !== undefined) event["event.id"] = id;
  return true;
}

/** `[uri "/a"]`, as ModSecurity tags its messages. */
function tagged(message: string, name: string): string | undefined {
  const at = message.indexOf(`[${name} "`);
  if (at < 0) return undefined;
  const from = at + name.length + 3;
  const end = message.indexOf('"]', from);
  return end < 0 ? undefined : message.slice(from, end);
}
