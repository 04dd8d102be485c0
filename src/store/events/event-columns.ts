/**
 * An event as columns: DESIGN's names as they are, dots and all. For each: its type and codec in the table, and
 * the column that encodes it. Text that is absent is empty; a number that is absent is null where zero would be
 * a measurement. Codecs were chosen by bytes on disk over simulated traffic (docs/store.md).
 */
import type { ApiEvent, EventField, Finding, Json } from "../../event.ts";
import type { Column } from "../native/column.ts";
import { array, nullable, textMap, tuple } from "../native/composite.ts";
import { dateTime, dateTime64, float32, uint16, uint32, uint64, uint64Big } from "../native/numbers.ts";
import { lowCardinality, string } from "../native/strings.ts";

/** Where a stored event stands among all others: its batch (see batch-id.ts) and its row in it. */
export interface EventPlace {
  readonly batch: bigint;
  readonly row: number;
  /** When it was taken in, milliseconds since the epoch: retention and disk budget go by it. */
  readonly observed: number;
  /** Name of the log file it came from, and its line, from 1; empty and 0 otherwise. */
  readonly file: string;
  readonly line: number;
}

/** The columns of one encoder: filled together, written together, cleared together. */
export interface EventColumns {
  push(event: ApiEvent, findings: readonly Finding[], place: EventPlace): void;
  readonly all: readonly { readonly name: string; readonly column: Column<never> }[];
}

/** Longest header value, query and path that are kept; and longest body. In characters. */
export const MAX_TEXT_CHARS = 8_192;
export const MAX_BODY_CHARS = 16_384;
const MAX_HEADERS = 100;
const MAX_FINDINGS = 20;

export function createEventColumns(): EventColumns {
  const all: { name: string; column: Column<never> }[] = [];
  function add<T>(name: EventField | (string & {}), column: Column<T>): Column<T> {
    all.push({ name, column });
    return column;
  }

  const timestamp = add("timestamp", dateTime64());
  const observed = add("observed_timestamp", dateTime());
  const batch = add("event.batch", uint64Big());
  const row = add("event.row", uint32());
  const suppliedId = add("event.supplied_id", string());
  const service = add("service.name", lowCardinality());
  const environment = add("deployment.environment.name", lowCardinality());
  const server = add("server.address", lowCardinality());
  const port = add("server.port", nullable(uint16(), 0));
  const method = add("http.request.method", lowCardinality());
  const scheme = add("url.scheme", lowCardinality());
  const path = add("url.path", string());
  const query = add("url.query", string());
  const protocol = add("network.protocol.version", lowCardinality());
  const route = add("http.route", lowCardinality());
  // The user agent has a column of its own, and is a tenth of a block.
  const requestHeaders = add("request_headers", textMap(lowCardinality(), string(), "user-agent"));
  const requestBody = add("request_body", string());
  const requestSize = add("http.request.body.size", nullable(uint64(), 0));
  const status = add("http.response.status_code", nullable(uint16(), 0));
  const responseHeaders = add("response_headers", textMap(lowCardinality(), string()));
  const responseBody = add("response_body", string());
  const responseSize = add("http.response.body.size", nullable(uint64(), 0));
  const duration = add("duration_ms", nullable(float32(), 0));
  const client = add("client.address", string());
  const peer = add("network.peer.address", string());
  const agent = add("user_agent.original", lowCardinality());
  const user = add("user.id", string());
  const session = add("session.id", string());
  const organization = add("organization.id", string());
  const trace = add("trace_id", string());
  const span = add("span_id", string());
  const errorType = add("error.type", lowCardinality());
  const rpc = add("rpc.method", lowCardinality());
  const operation = add("graphql.operation.name", lowCardinality());
  const country = add("client.geo.country_iso_code", lowCardinality());
  const system = add("client.as.number", uint32());
  const systemName = add("client.as.organization.name", lowCardinality());
  const agentName = add("user_agent.name", lowCardinality());
  const apiKey = add("api_key.fingerprint", string());
  const device = add("device.fingerprint", string());
  const file = add("log.file.path", lowCardinality());
  const line = add("log.file.line", uint32());
  const found = add(
    "findings",
    array(
      tuple({
        class: lowCardinality(),
        rule: lowCardinality(),
        location: string(),
        evidence: string(),
        decoded: string(),
        score: float32(),
        reason: lowCardinality(),
      }),
    ),
  );

  return {
    all,
    push(event, findings, place) {
      timestamp.push(storableTime(event.timestamp, place.observed));
      observed.push(Math.floor(place.observed / 1000));
      batch.push(place.batch);
      row.push(place.row);
      suppliedId.push(text(event["event.id"]));
      service.push(text(event["service.name"]));
      environment.push(text(event["deployment.environment.name"]));
      server.push(text(event["server.address"]));
      port.push(whole(event["server.port"], 0xffff));
      method.push(text(event["http.request.method"]));
      scheme.push(text(event["url.scheme"]));
      path.push(text(event["url.path"]));
      query.push(text(event["url.query"]));
      protocol.push(text(event["network.protocol.version"]));
      route.push(text(event["http.route"]));
      requestHeaders.push(headers(event["http.request.headers"]));
      requestBody.push(body(event["http.request.body"]));
      requestSize.push(whole(event["http.request.body.size"], Number.MAX_SAFE_INTEGER));
      status.push(whole(event["http.response.status_code"], 0xffff));
      responseHeaders.push(headers(event["http.response.headers"]));
      responseBody.push(body(event["http.response.body"]));
      responseSize.push(whole(event["http.response.body.size"], Number.MAX_SAFE_INTEGER));
      duration.push(finite(event.duration_ms));
      client.push(text(event["client.address"]));
      peer.push(text(event["network.peer.address"]));
      agent.push(text(event["user_agent.original"] ?? event["http.request.headers"]?.["user-agent"]));
      user.push(text(event["user.id"]));
      session.push(text(event["session.id"]));
      organization.push(text(event["organization.id"]));
      trace.push(text(event.trace_id));
      span.push(text(event.span_id));
      errorType.push(text(event["error.type"]));
      rpc.push(text(event["rpc.method"]));
      operation.push(text(event["graphql.operation.name"]));
      country.push(text(event["client.geo.country_iso_code"]));
      system.push(whole(event["client.as.number"], 0xffffffff) ?? 0);
      systemName.push(text(event["client.as.organization.name"]));
      agentName.push(text(event["user_agent.name"]));
      apiKey.push(text(event["api_key.fingerprint"]));
      device.push(text(event["device.fingerprint"]));
      file.push(place.file);
      line.push(place.line);
      found.push(findings.length === 0 ? NO_FINDINGS : findings.slice(0, MAX_FINDINGS));
    },
  };
}

const NO_FINDINGS: readonly Finding[] = [];

function text(value: string | undefined): string {
  if (value === undefined) return "";
  return value.length > MAX_TEXT_CHARS ? value.slice(0, MAX_TEXT_CHARS) : value;
}

function body(value: Json | undefined): string {
  if (value === undefined) return "";
  const written = typeof value === "string" ? value : JSON.stringify(value);
  return written.length > MAX_BODY_CHARS ? written.slice(0, MAX_BODY_CHARS) : written;
}

function headers(all: Record<string, string> | undefined): Readonly<Record<string, string>> | undefined {
  if (all === undefined) return undefined;
  const names = Object.keys(all);
  let fits = names.length <= MAX_HEADERS;
  for (const name of names) if ((all[name] ?? "").length > MAX_TEXT_CHARS) fits = false;
  if (fits) return all;
  return Object.fromEntries(names.slice(0, MAX_HEADERS).map((name) => [text(name), text(all[name])]));
}

/** A count that the column can hold; anything else was no measurement. */
function whole(value: number | undefined, max: number): number | undefined {
  return value !== undefined && value >= 0 && value <= max ? Math.floor(value) : undefined;
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/** 1900 to 2299, as far as DateTime64 reaches; a record without a usable time stands where it was taken in. */
function storableTime(time: number, observed: number): number {
  return time >= MIN_TIME && time <= MAX_TIME ? Math.floor(time) : observed;
}
const MIN_TIME = Date.UTC(1900, 0, 2);
const MAX_TIME = Date.UTC(2299, 11, 30);
