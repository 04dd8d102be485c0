/** Whether a value can be what a field wants, and what values say when names say nothing. */
import type { MappedField } from "../../format.ts";
import { parseTimestamp } from "../../timestamp.ts";
import { bareAddress, isAddress } from "../fields/address.ts";
import { durationMs } from "../fields/duration.ts";
import { isJsonObject } from "../json/path.ts";

const METHOD =
  /^(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|CONNECT|TRACE|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE|LOCK|UNLOCK|REPORT|SEARCH|PURGE|LINK|UNLINK|VIEW|DEBUG|TRACK|QUERY|M-SEARCH|SUBSCRIBE|NOTIFY)$/i;
const TARGET = /^(?:\/|https?:\/\/|\*$|(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS) \S)/i;
const AGENT = /^[A-Za-z][\w .+-]*\/[\w.]/;
const HOST = /^(?:\[[\da-f:.]+\]|[\w-]+(?:\.[\w-]+)*)(?::\d{1,5})?$/i;
/** 1990 and 2100: what a log can speak of. */
const EARLIEST = 631_152_000_000;
const LATEST = 4_102_444_800_000;

/** True when there is something: absent values speak neither for nor against a name. */
export function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "" && value !== "-" && value !== "null";
}

function isTime(value: unknown): boolean {
  if (isJsonObject(value)) return "$date" in value || "seconds" in value;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || text.length < 8) return false;
  const ms = parseTimestamp(text, { zoneMinutes: 0, newest: LATEST });
  return ms > EARLIEST && ms < LATEST;
}

function isCount(value: unknown): boolean {
  return typeof value === "number" ? value >= 0 : typeof value === "string" && /^\d{1,15}$/.test(value);
}

function isClient(value: unknown): boolean {
  if (Array.isArray(value))
    return value.length > 0 && value.every((part) => typeof part === "string" && isAddress(part));
  if (typeof value !== "string") return false;
  return value
    .split(",", 33)
    .every((part) => isAddress(part.trim()) || bareAddress(part.trim()) === "localhost");
}

function isId(value: unknown): boolean {
  return (typeof value === "string" && value.length <= 200 && !/\s/.test(value)) || typeof value === "number";
}

function isWords(value: unknown): boolean {
  return typeof value === "string" && value.length <= 200 && !isAddress(value);
}

const text = (value: unknown): boolean => typeof value === "string";
const headers = (value: unknown): boolean => isJsonObject(value) || Array.isArray(value);

const FITS: Readonly<Partial<Record<MappedField, (value: unknown) => boolean>>> = {
  "http.request.method": (value) => typeof value === "string" && METHOD.test(value),
  "http.response.status_code": (value) => /^[1-5]\d\d(?: [A-Za-z ]+)?$/.test(String(value)),
  "url.path": (value) => typeof value === "string" && TARGET.test(value),
  "url.query": (value) => isJsonObject(value) || (typeof value === "string" && !/^\/|:\/\//.test(value)),
  "client.address": isClient,
  "http.request.headers.x-forwarded-for": isClient,
  timestamp: isTime,
  duration_ms: (value) =>
    typeof value === "number"
      ? value >= 0 && value < 1e13
      : typeof value === "string" && durationMs(value, 1) >= 0,
  "user_agent.original": (value) => typeof value === "string" && (AGENT.test(value) || value.length > 2),
  "user.id": (value) =>
    (isWords(value) && String(value).length <= 128) || (typeof value === "number" && Number.isInteger(value)),
  "server.address": (value) => typeof value === "string" && HOST.test(value),
  "url.scheme": (value) => /^(?:https?|wss?)$/i.test(String(value)),
  "network.protocol.version": (value) => /^(?:HTTP\/)?[123](?:\.\d)?$|^h[23]$/i.test(String(value)),
  "http.response.body.size": isCount,
  "http.request.body.size": isCount,
  // Counters that start anew with each process are no ids.
  "event.id": (value) => isId(value) && String(value).length >= 6,
  trace_id: isId,
  span_id: isId,
  "session.id": isId,
  "organization.id": isId,
  "service.name": isWords,
  "deployment.environment.name": isWords,
  "http.route": (value) => typeof value === "string" && value.length <= 512 && !value.includes("://"),
  "http.request.headers.referer": text,
  "http.request.headers.cookie": text,
  "http.request.headers.authorization": text,
  "http.request.headers.content-type": text,
  "http.request.headers": headers,
  "http.response.headers": headers,
  "http.request.body": (value) => typeof value === "string" || headers(value),
  "http.response.body": (value) => typeof value === "string" || headers(value),
  "error.type": isWords,
  "rpc.method": isWords,
  "graphql.operation.name": isWords,
};

/** Durations that name their unit need no guess: "12.5ms". */
export function namesUnit(value: unknown): boolean {
  return typeof value === "string" && /[a-zµμ]$/i.test(value) && durationMs(value, 1) >= 0;
}

export function fitsField(field: MappedField, value: unknown): boolean {
  return FITS[field]?.(value) ?? false;
}

/** Fields that values of one shape give away whatever their name, with the words for it. */
export const TELLING: Readonly<
  Partial<Record<MappedField, { words: string; tells: (value: unknown) => boolean }>>
> = {
  "http.request.method": {
    words: "HTTP methods",
    tells: (value) => typeof value === "string" && METHOD.test(value) && value === value.toUpperCase(),
  },
  "url.path": {
    words: "request targets",
    tells: (value) =>
      typeof value === "string" && /^(?:\/[\w%.~-]*(?:[/?]|$)|https?:\/\/[\w.-]+\/)/.test(value),
  },
  "client.address": { words: "IP addresses", tells: isClient },
  timestamp: { words: "times", tells: (value) => typeof value === "string" && isTime(value) },
  "user_agent.original": {
    words: "user agents",
    tells: (value) =>
      typeof value === "string" &&
      /^(?:Mozilla|curl|python-requests|okhttp|Go-http-client|PostmanRuntime)\//.test(value),
  },
};
