/**
 * OTLP in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): server spans and log records
 * about HTTP requests, with today's semantic conventions and those before 1.21. A record is one span or one log
 * record in its resource; `documents.ts` cuts larger requests into such records.
 */
import type { ApiEvent } from "../../event.ts";
import type { FieldMapping } from "../format.ts";
import { tidy } from "./fields/duration.ts";
import { setRequestHeader, setResponseHeader } from "./fields/headers.ts";
import { jsonFormat } from "./json/json-format.ts";
import { parseJsonLine } from "./json/json-text.ts";
import { isJsonObject, type JsonObject } from "./json/path.ts";

const FIELDS: FieldMapping = {
  timestamp: "startTimeUnixNano|timeUnixNano|observedTimeUnixNano",
  trace_id: "traceId",
  span_id: "spanId",
  "service.name": "resource.service.name",
  "deployment.environment.name": "resource.deployment.environment.name|resource.deployment.environment",
  "http.request.method": "attributes.http.request.method|attributes.http.method",
  "url.path": "attributes.url.path|attributes.http.target|attributes.url.full|attributes.http.url",
  "url.query": "attributes.url.query",
  "url.scheme": "attributes.url.scheme|attributes.http.scheme",
  "http.route": "attributes.http.route",
  "http.response.status_code": "attributes.http.response.status_code|attributes.http.status_code",
  "server.address":
    "attributes.server.address|attributes.http.host|attributes.net.host.name|attributes.http.server_name",
  "server.port": "attributes.server.port|attributes.net.host.port",
  "client.address":
    "attributes.client.address|attributes.http.client_ip|attributes.network.peer.address|attributes.net.sock.peer.addr|attributes.net.peer.ip",
  "network.peer.address":
    "attributes.network.peer.address|attributes.net.sock.peer.addr|attributes.net.peer.ip",
  "network.protocol.version": "attributes.network.protocol.version|attributes.http.flavor",
  "user_agent.original": "attributes.user_agent.original|attributes.http.user_agent",
  "user.id": "attributes.user.id|attributes.enduser.id",
  "session.id": "attributes.session.id",
  "http.request.body.size":
    "attributes.http.request.body.size|attributes.http.request_content_length|attributes.http.request.size",
  "http.response.body.size":
    "attributes.http.response.body.size|attributes.http.response_content_length|attributes.http.response.size",
  duration_ms: "duration_ms:ms|attributes.http.server.request.duration:s",
  "rpc.method": "attributes.rpc.method",
  "graphql.operation.name": "attributes.graphql.operation.name",
  "error.type": "attributes.error.type|attributes.exception.type",
};

export const otlpTraces = jsonFormat({
  id: "otlp-traces",
  title: "OpenTelemetry traces (OTLP JSON): HTTP server spans",
  aliases: ["otlp"],
  requires: ["startTimeUnixNano"],
  prepare: (record) =>
    unfold(record, "resourceSpans", ["scopeSpans", "instrumentationLibrarySpans"], "spans"),
  fields: FIELDS,
  finish: (event, span) => isServerSpan(span) && isRequest(event, span),
});

export const otlpLogs = jsonFormat({
  id: "otlp-logs",
  title: "OpenTelemetry logs (OTLP JSON) with HTTP attributes",
  requires: ["timeUnixNano|observedTimeUnixNano"],
  prepare: (record) => unfold(record, "resourceLogs", LOG_SCOPES, "logRecords"),
  fields: FIELDS,
  finish: isRequest,
});

/**
 * The line that a log record carries in its body, and the stream of lines it is of: its service, host or container, and
 * file. A body of fields is given as JSON.
 * @returns undefined when the record has none
 */
export function carriedLine(record: string): { readonly stream: string; readonly text: string } | undefined {
  if (!record.includes('"body"')) return undefined;
  const value = parseJsonLine(record);
  const item = isJsonObject(value) ? unfold(value, "resourceLogs", LOG_SCOPES, "logRecords") : undefined;
  if (item === undefined) return undefined;
  const body = plainValue(item.body);
  const text = typeof body === "string" ? body.trimEnd() : isJsonObject(body) ? JSON.stringify(body) : "";
  if (text === "") return undefined;
  return { stream: JSON.stringify([namesIn(item.resource), namesIn(item.attributes)]), text };
}

const LOG_SCOPES = ["scopeLogs", "instrumentationLibraryLogs"];
/** What tells apart where lines were written: OpenTelemetry's names for services, hosts, containers and log files. */
const PLACES = [
  "service.name",
  "host.name",
  "k8s.pod.uid",
  "k8s.container.name",
  "container.id",
  "log.file.path",
  "log.file.name",
  "log.iostream",
];

function namesIn(attributes: unknown): readonly unknown[] {
  return isJsonObject(attributes) ? PLACES.map((name) => attributes[name] ?? null) : [];
}

/** The one span or log record of a request, with its attributes and those of its resource as plain objects. */
function unfold(
  record: JsonObject,
  outer: string,
  middles: readonly string[],
  inner: string,
): JsonObject | undefined {
  const group = firstOf(record[outer]);
  if (group === undefined) return undefined;
  const scopes = middles.map((middle) => firstOf(group[middle])).find((scope) => scope !== undefined);
  const item = firstOf(scopes?.[inner]);
  if (item === undefined) return undefined;
  const resource = isJsonObject(group.resource) ? plainAttributes(group.resource.attributes) : {};
  const start = item.startTimeUnixNano;
  const end = item.endTimeUnixNano;
  return {
    ...item,
    resource,
    attributes: plainAttributes(item.attributes),
    ...(start !== undefined && end !== undefined && { duration_ms: nanosBetween(start, end) }),
  };
}

function firstOf(list: unknown): JsonObject | undefined {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isJsonObject(first) ? first : undefined;
}

/** Values within values, beyond which nobody's attributes go. */
const DEEPEST = 16;

function plainAttributes(list: unknown, depth = 0): JsonObject {
  if (!Array.isArray(list)) return {};
  const plain: Record<string, unknown> = {};
  for (const pair of list) {
    if (!isJsonObject(pair) || typeof pair.key !== "string" || pair.key === "__proto__") continue;
    plain[pair.key] = plainValue(pair.value, depth);
  }
  return plain;
}

function plainValue(value: unknown, depth = 0): unknown {
  if (!isJsonObject(value)) return value;
  const { arrayValue: array, kvlistValue: fields } = value;
  if (depth >= DEEPEST) return undefined;
  if (isJsonObject(array) && Array.isArray(array.values)) {
    return array.values.map((each) => plainValue(each, depth + 1));
  }
  if (isJsonObject(fields)) return plainAttributes(fields.values, depth + 1);
  return value.stringValue ?? value.intValue ?? value.doubleValue ?? value.boolValue;
}

function nanosBetween(start: unknown, end: unknown): number | undefined {
  if (!/^\d{1,20}$/.test(String(start)) || !/^\d{1,20}$/.test(String(end))) return undefined;
  return tidy(Number(BigInt(String(end)) - BigInt(String(start))) / 1e6);
}

/** SERVER is 2 in OTLP; spans without a kind come from old exporters and are judged by their attributes. */
function isServerSpan(span: JsonObject): boolean {
  const { kind } = span;
  return kind === undefined || kind === 0 || kind === 2 || kind === "SPAN_KIND_SERVER" || kind === "SERVER";
}

function isRequest(event: ApiEvent, item: JsonObject): boolean {
  for (const [name, value] of Object.entries(item.attributes ?? {})) {
    const header = /^http\.(request|response)\.header\.(.+)$/.exec(name);
    if (header === null) continue;
    const text = Array.isArray(value) ? value.join(", ") : String(value);
    const set = header[1] === "request" ? setRequestHeader : setResponseHeader;
    set(event, (header[2] ?? "").toLowerCase().replaceAll("_", "-"), text);
  }
  return (
    event["http.request.method"] !== undefined ||
    event["url.path"] !== undefined ||
    event["rpc.method"] !== undefined
  );
}
