/**
 * HAProxy's HTTP log (https://docs.haproxy.org/3.0/configuration.html#8.2.3), with captured headers and the
 * TLS fields of `httpslog` or without. TCP, connection and state lines are recognised and passed over.
 */
import type { ApiEvent } from "../../event.ts";
import type { FormatOptions, LineParser, LineResult, LogFormat } from "../format.ts";
import { addressBeforePort, isAddress } from "./fields/address.ts";
import { createClfClock } from "./fields/clf-clock.ts";
import { unescapeText } from "./fields/escapes.ts";
import { setRequestHeader } from "./fields/headers.ts";
import { readDigits } from "./fields/number.ts";
import { setRequestLine, setServer } from "./fields/request.ts";

export const haproxy: LogFormat = {
  id: "haproxy",
  title: "HAProxy HTTP",
  shape: "line",
  provides: [
    "timestamp",
    "client.address",
    "http.request.method",
    "url.scheme",
    "url.path",
    "url.query",
    "network.protocol.version",
    "http.response.status_code",
    "http.response.body.size",
    "duration_ms",
    "service.name",
    "server.address",
    "server.port",
    "user_agent.original",
    "http.request.headers",
    "error.type",
  ],
  advice: {
    "user_agent.original": "http-request capture req.hdr(User-Agent) len 256",
    "server.address": "http-request capture req.hdr(Host) len 128",
  },
  open: openHaproxy,
};

const CONNECT = /^Connect from (\S+) to \S+ \(\S+\/(?:HTTP|TCP)\)$/;
const STATE =
  /^(?:Proxy |Server \S+\/|backend |Backup |Health check |Stopping |Pausing |Started |New worker|Loading )/;

function openHaproxy(options: FormatOptions): LineParser {
  const clock = createClfClock(options.zoneMinutes);
  function parse(text: string, event: ApiEvent): LineResult {
    const line = text.trimEnd();
    if (line === "") return "ignored";
    const open = line.indexOf(" [");
    const close = line.indexOf("] ", open);
    const client = line.slice(0, Math.max(open, 0));
    if (open < 0 || close < 0 || !/:\d+$/.test(client) || client.includes(" ")) return readOther(line, event);
    event["client.address"] = addressBeforePort(client);
    event.timestamp = clock.read(line, open + 2);
    if (Number.isNaN(event.timestamp)) return "failed";
    return readTraffic(line, close + 2, event);
  }
  return { parse };
}

function readOther(line: string, event: ApiEvent): LineResult {
  const client = CONNECT.exec(line)?.[1];
  if (client !== undefined) event["client.address"] = addressBeforePort(client);
  return client !== undefined || STATE.test(line) ? "ignored" : "failed";
}

/** frontend backend/server timers status bytes cookie cookie flags connections queues [{…} [{…}]] "request" … */
function readTraffic(line: string, from: number, event: ApiEvent): LineResult {
  const quote = line.indexOf('"', from);
  const brace = line.indexOf("{", from);
  const plainEnd = brace >= 0 && (quote < 0 || brace < quote) ? brace : quote;
  const columns = (plainEnd < 0 ? line.slice(from) : line.slice(from, plainEnd)).trim().split(" ", 12);
  const [frontend = "", backend = "", timers = "", status = "", bytes = "", , , flags = ""] = columns;
  const parts = timers.split("/", 6);
  const duration = Number((parts.at(-1) ?? "").replace("+", ""));
  if (parts.length === 1) return frontend.endsWith(":") ? "ignored" : "failed";
  if (Number.isNaN(duration) || !backend.includes("/")) return "failed";
  if (duration >= 0) event.duration_ms = duration;
  if (parts.length !== 5) return parts.length === 3 ? "ignored" : "failed";
  const code = readDigits(status, 0, status.length);
  if (code >= 100) event["http.response.status_code"] = code;
  const sent = readDigits(bytes.replace("+", ""), 0, bytes.replace("+", "").length);
  if (!Number.isNaN(sent)) event["http.response.body.size"] = sent;
  if (frontend.endsWith("~")) event["url.scheme"] = "https";
  if (!backend.startsWith("<")) event["service.name"] = backend.slice(0, backend.indexOf("/"));
  if (flags !== "" && !flags.startsWith("--")) event["error.type"] = flags;
  if (brace >= 0 && brace < quote) readCaptures(line.slice(brace + 1, line.indexOf("}", brace)), event);
  return readRequest(line, quote, event) ? "event" : "failed";
}

/** The request is the last quoted value but for TLS fields, which have no quotes. */
function readRequest(line: string, quote: number, event: ApiEvent): boolean {
  const end = line.lastIndexOf('"');
  if (quote < 0 || end <= quote) return false;
  setRequestLine(event, line, quote + 1, end, "haproxy");
  const sni = /^ \S+\/\S+ ([\w.-]+)\/TLSv/.exec(line.slice(end + 1, end + 400))?.[1];
  if (sni !== undefined && sni !== "-") event["server.address"] ??= sni;
  return true;
}

/** Captured headers come without their names: each is told by its shape. */
function readCaptures(text: string, event: ApiEvent): void {
  for (const captured of text.split("|", 32)) {
    const value = unescapeText(captured, "haproxy");
    if (value === "" || value === "-") continue;
    if (/^https?:\/\//.test(value)) setRequestHeader(event, "referer", value);
    else if (value.split(",", 32).every((part) => isAddress(part.trim())))
      setRequestHeader(event, "x-forwarded-for", value);
    else if (/^[A-Za-z][\w.+-]*\/[\w.]/.test(value)) event["user_agent.original"] ??= value;
    else if (/^[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?$/.test(value) && event["server.address"] === undefined) {
      setServer(event, value);
    }
  }
}
