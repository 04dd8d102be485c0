/**
 * How a JSON value becomes an event field. Each setter takes what it understands and leaves the field alone
 * otherwise, so that a wrong mapping or a hostile record costs nothing but an absent field.
 */
import type { ApiEvent, EventField, Json } from "../../../event.ts";
import { epochMs, parseTimestamp, type TimeContext } from "../../timestamp.ts";
import { bareAddress } from "../fields/address.ts";
import { setClient } from "../fields/client.ts";
import { durationMs, tidy } from "../fields/duration.ts";
import { headersFromJson } from "../fields/headers.ts";
import { protocolVersion, setRequestLine, setServer, setTarget } from "../fields/request.ts";
import { setTrace } from "../fields/trace.ts";

/** Parameters kept of a query that was logged as an object. */
const MOST_PARAMETERS = 256;

const SLASH = 47;

/** @param unitMs milliseconds in one unit of the value, for durations */
export type JsonSetter = (event: ApiEvent, value: unknown, unitMs: number, context: TimeContext) => void;

type TextField = {
  [F in EventField]: ApiEvent[F] extends string | undefined ? F : never;
}[EventField];
type NumberField = "server.port" | "http.request.body.size" | "http.response.body.size" | "client.as.number";

/** Text of a scalar, or the first of a list; undefined for "", "-" and what is no text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" || value === "-" ? undefined : value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return Array.isArray(value) ? textOf(value[0]) : undefined;
}

function numberOf(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

function text(field: TextField): JsonSetter {
  return (event, value) => {
    const found = textOf(value);
    if (found !== undefined) event[field] = found;
  };
}

function count(field: NumberField): JsonSetter {
  return (event, value) => {
    const found = numberOf(value);
    if (found >= 0) event[field] = found;
  };
}

function via(set: (event: ApiEvent, value: string) => void): JsonSetter {
  return (event, value) => {
    const found = textOf(value);
    if (found !== undefined) set(event, found);
  };
}

function setPath(event: ApiEvent, value: string): void {
  const isTarget = value.charCodeAt(0) === SLASH;
  if (!isTarget && /^[A-Z]{3,10} \S/.test(value)) setRequestLine(event, value, 0, value.length, "none");
  else setTarget(event, value, 0, value.length, "none");
}

function setQuery(event: ApiEvent, value: unknown): void {
  if (typeof value === "string") {
    if (value !== "" && value !== "-") event["url.query"] = value.startsWith("?") ? value.slice(1) : value;
  } else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const pairs = Object.entries(value).slice(0, MOST_PARAMETERS);
    const query = new URLSearchParams();
    for (const [name, content] of pairs) query.append(name, scalar(content));
    if (pairs.length > 0) event["url.query"] = query.toString();
  }
}

function scalar(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function setTimestamp(event: ApiEvent, value: unknown, unitMs: number, context: TimeContext): void {
  if (typeof value === "number") {
    event.timestamp = unitMs === 0 ? epochMs(value) : value * unitMs;
  } else if (typeof value === "string") {
    event.timestamp = parseTimestamp(value, context);
  } else if (typeof value === "object" && value !== null) {
    // MongoDB's {"$date": …} and protobuf's {"seconds": …, "nanos": …}.
    const { $date, seconds, nanos } = value as { $date?: unknown; seconds?: unknown; nanos?: unknown };
    if ($date !== undefined && typeof $date !== "object") setTimestamp(event, $date, unitMs, context);
    else if (seconds !== undefined) event.timestamp = numberOf(seconds) * 1000 + (numberOf(nanos) || 0) / 1e6;
  }
}

function setDuration(event: ApiEvent, value: unknown, unitMs: number): void {
  const unit = unitMs === 0 ? 1 : unitMs;
  const found =
    typeof value === "number" ? tidy(value * unit) : typeof value === "string" ? durationMs(value, unit) : -1;
  if (found >= 0) event.duration_ms = found;
}

function setStatus(event: ApiEvent, value: unknown): void {
  const found = typeof value === "string" ? Number(/^\d{3}(?!\d)/.exec(value)?.[0]) : numberOf(value);
  if (found >= 100 && found <= 999) event["http.response.status_code"] = found;
}

function body(field: "http.request.body" | "http.response.body"): JsonSetter {
  return (event, value) => {
    if (value !== undefined && value !== null && value !== "" && value !== "-") event[field] = value as Json;
  };
}

function headers(field: "http.request.headers" | "http.response.headers"): JsonSetter {
  return (event, value) => {
    const found = headersFromJson(value);
    if (found === undefined) return;
    const before = event[field];
    event[field] = before === undefined ? found : { ...before, ...found };
  };
}

const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

function method(event: ApiEvent, value: string): void {
  if (METHODS.has(value)) {
    event["http.request.method"] = value;
    return;
  }
  const line = value.indexOf(" ");
  if (line > 0) setRequestLine(event, value, 0, value.length, "none");
  else event["http.request.method"] = /^[a-z]+$/.test(value) ? value.toUpperCase() : value;
}

export const JSON_SETTERS: Readonly<Record<EventField, JsonSetter>> = {
  timestamp: setTimestamp,
  "event.id": text("event.id"),
  "service.name": text("service.name"),
  "deployment.environment.name": text("deployment.environment.name"),
  "server.address": via(setServer),
  "server.port": count("server.port"),
  "http.request.method": via(method),
  "url.scheme": via((event, value) => {
    event["url.scheme"] = value.toLowerCase();
  }),
  "url.path": via(setPath),
  "url.query": setQuery,
  "network.protocol.version": via((event, value) => {
    event["network.protocol.version"] = protocolVersion(value) ?? event["network.protocol.version"];
  }),
  "http.route": text("http.route"),
  "http.request.headers": headers("http.request.headers"),
  "http.request.body": body("http.request.body"),
  "http.request.body.size": count("http.request.body.size"),
  "http.response.status_code": setStatus,
  "http.response.headers": headers("http.response.headers"),
  "http.response.body": body("http.response.body"),
  "http.response.body.size": count("http.response.body.size"),
  duration_ms: setDuration,
  "client.address": via(setClient),
  "network.peer.address": via((event, value) => {
    event["network.peer.address"] = bareAddress(value);
  }),
  "user_agent.original": text("user_agent.original"),
  "user.id": text("user.id"),
  "session.id": text("session.id"),
  "organization.id": text("organization.id"),
  trace_id: via(setTrace),
  span_id: text("span_id"),
  "error.type": text("error.type"),
  "rpc.method": text("rpc.method"),
  "graphql.operation.name": text("graphql.operation.name"),
  "client.geo.country_iso_code": text("client.geo.country_iso_code"),
  "client.as.number": count("client.as.number"),
  "client.as.organization.name": text("client.as.organization.name"),
  "user_agent.name": text("user_agent.name"),
  "api_key.fingerprint": text("api_key.fingerprint"),
  "device.fingerprint": text("device.fingerprint"),
};
