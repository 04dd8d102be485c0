/**
 * nginx error log: lines that name a client and its request are requests, with the status nginx answers such an
 * error with. Messages of a backend may span lines, and the request then stands on the last of them.
 */
import type { ApiEvent } from "../../event.ts";
import type { FormatOptions, LineParser, LineResult, LogFormat } from "../format.ts";
import { parseTimestamp } from "../timestamp.ts";
import { setClient } from "./fields/client.ts";
import { setRequestHeader } from "./fields/headers.ts";
import { setRequestLine, setServer } from "./fields/request.ts";

export const nginxError: LogFormat = {
  id: "nginx-error",
  title: "nginx error log",
  shape: "line",
  stateful: true,
  provides: [
    "timestamp",
    "client.address",
    "user.id",
    "http.request.method",
    "url.scheme",
    "url.path",
    "url.query",
    "network.protocol.version",
    "http.response.status_code",
    "server.address",
    "server.port",
    "http.request.headers",
  ],
  advice: { "http.response.status_code": "scan the access log: this one only has what went wrong" },
  open: openNginxError,
};

const START = /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[[a-z]+\] \d+#\d+: /;
const CONTINUED =
  /^(?:PHP message: |PHP (?:Warning|Notice|Fatal|Deprecated|Parse)|Stack trace:|#\d+ |\s|thrown in )/;
const USER = /user "([^"]*)"(?:: password mismatch| was not found)/;
const STATUSES: readonly (readonly [RegExp, number])[] = [
  [USER, 401],
  [/no user\/password was provided/, 401],
  [/\(2: No such file or directory\)|is not found \(2:|\(20: Not a directory\)/, 404],
  [/\(13: Permission denied\)|is forbidden|forbidden by rule|Access denied with code 403/, 403],
  [/limiting (?:requests|connections)/, 503],
  [/too large body/, 413],
  [/client sent (?:invalid|too long|plain HTTP)|client sent HTTP\/1\.1 request without "Host"/, 400],
  [/upstream timed out/, 504],
  [
    /no live upstreams|while connecting to upstream|prematurely closed|upstream sent (?:invalid|too big)/,
    502,
  ],
];

function openNginxError(options: FormatOptions): LineParser {
  let time = "";
  let timeMs = Number.NaN;
  /** True while the lines that follow may belong to a message that began earlier. */
  let open = false;

  function parse(text: string, event: ApiEvent): LineResult {
    const line = text.trimEnd();
    if (line === "") return "ignored";
    const start = START.exec(line);
    if (start === null) {
      if (!CONTINUED.test(line) && !(open && / while reading (?:response|upstream)/.test(line)))
        return "failed";
    } else if (start[1] !== time) {
      time = start[1] ?? "";
      timeMs = parseTimestamp(time, options);
    }
    if (start !== null) open = !line.includes(", client: ");
    event.timestamp = timeMs;
    return readRequest(line, start?.[0].length ?? 0, event) ? "event" : "ignored";
  }
  return { parse };
}

/** @param from where the message begins */
function readRequest(line: string, from: number, event: ApiEvent): boolean {
  const request = line.lastIndexOf(', request: "');
  const client = line.lastIndexOf(", client: ", request < 0 ? line.length : request);
  if (client < from) return false;
  const addressEnd = line.indexOf(",", client + 10);
  setClient(event, line.slice(client + 10, addressEnd < 0 ? line.length : addressEnd));
  if (request < 0) return false;
  const requestStart = request + ', request: "'.length;
  const tail = tailStart(line, requestStart);
  setRequestLine(event, line, requestStart, tail, "none");
  const message = line.slice(from, Math.min(client, from + 4096));
  const user = USER.exec(message)?.[1];
  if (user !== undefined) event["user.id"] = user;
  const status = STATUSES.find(([pattern]) => pattern.test(message))?.[1];
  if (status !== undefined) event["http.response.status_code"] = status;
  const host = quotedAfter(line, ', host: "', tail);
  if (host !== undefined) setServer(event, host);
  const referrer = quotedAfter(line, ', referrer: "', tail);
  if (referrer !== undefined) setRequestHeader(event, "referer", referrer);
  return true;
}

/** Where the quoted request ends: before the next field, or at the end of the line. */
function tailStart(line: string, from: number): number {
  const next = line.indexOf('", ', from);
  if (next >= 0) return next;
  return line.endsWith('"') && line.length > from ? line.length - 1 : line.length;
}

function quotedAfter(line: string, label: string, from: number): string | undefined {
  const at = line.indexOf(label, from);
  if (at < 0) return undefined;
  const end = line.indexOf('"', at + label.length);
  return line.slice(at + label.length, end < 0 ? line.length : end);
}
