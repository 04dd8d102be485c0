/**
 * What people append to the combined format: times, the forwarding chain, the host, a request id, in whatever
 * order, bare, in quotes, in brackets or as `key=value`. Each token is recognised by its key or by its shape.
 */
import type { ApiEvent } from "../../../event.ts";
import { isAddress } from "../fields/address.ts";
import { setForwardedList } from "../fields/client.ts";
import { durationMs } from "../fields/duration.ts";
import { setRequestHeader } from "../fields/headers.ts";
import { setServer } from "../fields/request.ts";
import { setTrace } from "../fields/trace.ts";
import type { Variable } from "./template.ts";

/** Tokens looked at; nobody appends more. */
const MOST_TOKENS = 40;
const TOKEN = /(?:([\w.-]{1,40})[=:])?(?:"([^"]*)"|\[([^\]]*)\]|(\S+))/gy;
const REQUEST_ID = /^(?:[\da-f]{32}|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})$/i;
const HOST = /^[a-z\d](?:[a-z\d-]*\.)+[a-z]{2,}(?::\d+)?$/i;

type Setter = (event: ApiEvent, value: string) => void;

const duration: Setter = (event, value) => {
  const ms = durationMs(value, 1000);
  if (ms >= 0) event.duration_ms = ms;
};
const requestId: Setter = (event, value) => {
  event["event.id"] = value;
};
const forwarded: Setter = (event, value) => {
  if (event["client.address"] === undefined) setForwardedList(event, value);
  setRequestHeader(event, "x-forwarded-for", value);
};
const user: Setter = (event, value) => {
  event["user.id"] = value;
};

/** Keys as people write them, letters and digits only. */
const KEYS: Readonly<Record<string, Setter>> = {
  rt: duration,
  requesttime: duration,
  reqtime: duration,
  responsetime: duration,
  time: duration,
  took: duration,
  duration,
  latency: duration,
  host: setServer,
  vhost: setServer,
  sn: setServer,
  servername: setServer,
  xff: forwarded,
  xforwardedfor: forwarded,
  forwardedfor: forwarded,
  fwd: forwarded,
  rid: requestId,
  reqid: requestId,
  requestid: requestId,
  id: requestId,
  traceid: setTrace,
  trace: setTrace,
  user,
  uid: user,
  userid: user,
  scheme(event, value) {
    event["url.scheme"] = value;
  },
};

/** @returns how many tokens of the rest of the line were understood */
export function readTail(event: ApiEvent, line: string, start: number): number {
  let understood = 0;
  let at = start;
  for (let i = 0; i < MOST_TOKENS; i++) {
    while (line.charCodeAt(at) === 32) at++;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(line);
    if (token === null) break;
    at = TOKEN.lastIndex;
    const value = token[2] ?? token[3] ?? token[4] ?? "";
    if (value === "" || value === "-") continue;
    const set = token[1] === undefined ? shapeOf(event, value, token[2] !== undefined) : keySetter(token[1]);
    if (set === undefined) continue;
    set(event, value);
    understood++;
  }
  return understood;
}

function keySetter(key: string): Setter | undefined {
  const plain = key.toLowerCase().replace(/[^a-z\d]/g, "");
  return Object.hasOwn(KEYS, plain) ? KEYS[plain] : undefined;
}

function shapeOf(event: ApiEvent, value: string, quoted: boolean): Setter | undefined {
  if (value.length > 1024) return undefined;
  if (event.duration_ms === undefined && /^\d+(?:\.\d+|\.?\d*(?:ms|us|µs|s))$/.test(value)) return duration;
  if (isAddressList(value) && event["http.request.headers"]?.["x-forwarded-for"] === undefined)
    return forwarded;
  if (event["event.id"] === undefined && REQUEST_ID.test(value)) return requestId;
  if (quoted && event["server.address"] === undefined && value.length < 254 && HOST.test(value))
    return setServer;
  return undefined;
}

/** True for one or several addresses, without ports: those belong to upstream servers. */
function isAddressList(value: string): boolean {
  return value.split(",", 33).every((part) => {
    const address = part.trim();
    return isAddress(address) && !/^[\d.]+:\d+$/.test(address) && !address.startsWith("[");
  });
}

/** The rest of a line, in which the time the request took has to be found. */
export const timedTail: Variable = {
  fields: [
    "duration_ms",
    "http.request.headers",
    "event.id",
    "server.address",
    "server.port",
    "trace_id",
    "url.scheme",
  ],
  free: true,
  open: () => (event, line, start) => {
    readTail(event, line, start);
    return event.duration_ms !== undefined;
  },
};
