/**
 * Any relative of the common log format, read from its two fixed points outwards: a time in brackets and a
 * request in quotes followed by a status. Takes virtual hosts, chains of hops, missing or further fields, times
 * in front, and the dates of cPanel, Django and Werkzeug.
 */
import type { ApiEvent, EventField } from "../../event.ts";
import type { FormatOptions, LineParser, LineResult, LogFormat } from "../format.ts";
import { parseTimestamp } from "../timestamp.ts";
import { createClfClock } from "./fields/clf-clock.ts";
import { unescapeText } from "./fields/escapes.ts";
import { setRequestHeader } from "./fields/headers.ts";
import { readDigits } from "./fields/number.ts";
import { setRequestLine } from "./fields/request.ts";
import { readClfHead } from "./template/clf-head.ts";
import { readTail } from "./template/tail.ts";

const PROVIDES: readonly EventField[] = [
  "timestamp",
  "client.address",
  "network.peer.address",
  "server.address",
  "server.port",
  "user.id",
  "http.request.method",
  "url.scheme",
  "url.path",
  "url.query",
  "network.protocol.version",
  "http.response.status_code",
  "http.response.body.size",
  "http.request.headers",
  "user_agent.original",
  "duration_ms",
  "event.id",
  "trace_id",
];

/** Brackets and closing quotes tried before a line is given up. */
const MOST_TRIES = 16;

export const clf: LogFormat = {
  id: "clf",
  title: "relatives of the common log format, in whatever order",
  shape: "line",
  general: true,
  provides: PROVIDES,
  advice: { duration_ms: "append the request time to the log format" },
  open: openClf,
};

function openClf(options: FormatOptions): LineParser {
  const clock = createClfClock(options.zoneMinutes);

  function readTime(line: string, open: number, close: number, event: ApiEvent): boolean {
    if (close - open > 40) return false;
    const ms = clock.read(line, open + 1);
    event.timestamp = Number.isNaN(ms) ? parseTimestamp(line.slice(open + 1, close), options) : ms;
    return !Number.isNaN(event.timestamp);
  }

  function parse(text: string, event: ApiEvent): LineResult {
    const line = text.trimEnd();
    if (line === "") return "ignored";
    let open = line.indexOf("[");
    for (let tries = 0; open >= 0 && tries < MOST_TRIES; tries++, open = line.indexOf("[", open + 1)) {
      const close = line.indexOf("]", open);
      if (close < 0) break;
      const quote = line.indexOf('"', close);
      if (quote < 0 || !readTime(line, open, close, event)) continue;
      const head = `${line.slice(0, open)} ${line.slice(close + 1, quote)}`.trim();
      const bare = head === "" && open === 0;
      if (!bare && !readClfHead(event, head)) return "failed";
      return readRequest(event, line, quote + 1) ? "event" : "failed";
    }
    return "failed";
  }
  return { parse };
}

/** The request that begins at `start`: its closing quote is the first with a status, or nothing, behind it. */
function readRequest(event: ApiEvent, line: string, start: number): boolean {
  let end = line.indexOf('"', start);
  for (let tries = 0; end >= 0 && tries < MOST_TRIES; tries++, end = line.indexOf('"', end + 1)) {
    const status = statusAt(line, end + 1);
    if (status < 0) continue;
    setRequestLine(event, line, start, end, "clf");
    if (status > 0) event["http.response.status_code"] = status;
    const bytesEnd = wordEnd(line, end + 6);
    const bytes = readDigits(line, end + 6, bytesEnd);
    if (!Number.isNaN(bytes)) event["http.response.body.size"] = bytes;
    readAgents(event, line, status === 0 ? wordEnd(line, end + 4) : bytesEnd);
    return true;
  }
  return false;
}

/** The status in ` 200 ` at `at`; 0 for ` - `; negative when there is none. */
function statusAt(line: string, at: number): number {
  if (line.charCodeAt(at) !== 32) return -1;
  if (line.charCodeAt(at + 1) === 45 && (line.charCodeAt(at + 2) === 32 || at + 2 === line.length)) return 0;
  const status = readDigits(line, at + 1, at + 4);
  const next = line.charCodeAt(at + 4);
  return next === 32 || at + 4 === line.length ? (status >= 0 ? status : -1) : -1;
}

function wordEnd(line: string, at: number): number {
  const end = line.indexOf(" ", at);
  return end < 0 ? line.length : end;
}

/** Referer and user agent, in quotes or as `-`, and whatever stands behind them. */
function readAgents(event: ApiEvent, line: string, from: number): void {
  let at = from;
  while (line.charCodeAt(at) === 32) at++;
  // Some formats have a second count here: bytes in, or the length of the request.
  const digits = wordEnd(line, at);
  if (!Number.isNaN(readDigits(line, at, digits))) at = digits + 1;
  const first = readAgent(line, at);
  if (first === undefined) {
    readTail(event, line, at);
    return;
  }
  const second = readAgent(line, first.next);
  const refererFirst = second !== undefined && !looksLikeAgent(first.text);
  const referer = refererFirst ? first.text : undefined;
  const agent = refererFirst ? second.text : first.text;
  if (referer !== undefined && referer !== "-" && referer !== "") {
    setRequestHeader(event, "referer", unescapeText(referer, "clf"));
  }
  if (agent !== "-" && agent !== "" && (refererFirst || looksLikeAgent(agent))) {
    event["user_agent.original"] = unescapeText(agent, "clf");
  }
  readTail(event, line, refererFirst ? second.next : first.next);
}

/** A quoted value or a dash at `at`; unquoted text from there on when it is plainly a user agent. */
function readAgent(line: string, at: number): { text: string; next: number } | undefined {
  if (line.charCodeAt(at) === 34) {
    let end = line.indexOf('"', at + 1);
    while (end > 0 && line.charCodeAt(end - 1) === 92) end = line.indexOf('"', end + 1);
    // A line that was cut off inside the value still tells its beginning.
    return { text: line.slice(at + 1, end < 0 ? line.length : end), next: end < 0 ? line.length : end + 2 };
  }
  if (line.charCodeAt(at) === 45 && (line.charCodeAt(at + 1) === 32 || at + 1 === line.length)) {
    return { text: "-", next: at + 2 };
  }
  const rest = line.slice(at);
  if (/^https?:\/\/\S+ /.test(rest))
    return { text: rest.slice(0, rest.indexOf(" ")), next: at + rest.indexOf(" ") + 1 };
  return looksLikeAgent(rest) ? { text: rest, next: line.length } : undefined;
}

function looksLikeAgent(text: string): boolean {
  return /^[A-Za-z][\w.+-]*\/[\w.]/.test(text) && !/^https?:/.test(text);
}
