/**
 * A JSON record as an event: flat OpenTelemetry names, the same names nested (ECS), or a mixture. Headers may be an
 * object, a list of names and values, or OTLP's `http.request.header.NAME`; a full URL is split where it stands.
 */
import { type ApiEvent, EVENT_FIELDS, type EventField, emptyEvent, type Json } from "../event.ts";
import { splitUrl } from "./request-text.ts";

type JsonObject = { readonly [key: string]: Json };

const FIELDS: ReadonlySet<string> = new Set(EVENT_FIELDS);
/** Fields whose value is an object of its own. */
const WHOLE: ReadonlySet<string> = new Set([
  "http.request.headers",
  "http.response.headers",
  "http.request.body",
  "http.response.body",
]);
const HEADER = "http.request.header.";
/** Records nest two or three deep; a hostile one nests without end. */
const DEEPEST = 8;

export function eventOfRecord(record: JsonObject): ApiEvent {
  const event = emptyEvent();
  const headers: Record<string, string> = {};
  collect(record, "", 0, event, headers);
  const full = textAt(record, "url.full") ?? textAt(record, "url.original");
  if (full !== undefined) fillUrl(event, full);
  if (Object.keys(headers).length > 0) {
    event["http.request.headers"] = { ...headers, ...event["http.request.headers"] };
  }
  return event;
}

function collect(
  value: JsonObject,
  prefix: string,
  depth: number,
  event: ApiEvent,
  headers: Record<string, string>,
): void {
  for (const [key, item] of Object.entries(value)) {
    const name = prefix + key;
    if (WHOLE.has(name)) setWhole(event, name, item);
    else if (name.startsWith(HEADER)) headers[name.slice(HEADER.length).toLowerCase()] = textOf(item);
    else if (FIELDS.has(name)) setField(event, name as EventField, item);
    else if (isObject(item) && depth < DEEPEST) collect(item, `${name}.`, depth + 1, event, headers);
  }
}

function setWhole(event: ApiEvent, name: string, value: Json): void {
  if (name === "http.request.headers") event["http.request.headers"] = headersOf(value);
  else if (name === "http.response.headers") event["http.response.headers"] = headersOf(value);
  else if (name === "http.request.body") event["http.request.body"] = bodyOf(value);
}

/** Only text fields are read by inspection; a number where text belongs is its text. */
function setField(event: ApiEvent, name: EventField, value: Json): void {
  if (value === null || typeof value === "object") return;
  if (TEXT_FIELDS.has(name)) Object.assign(event, { [name]: String(value) });
  else if (typeof value === "number") Object.assign(event, { [name]: value });
}

const TEXT_FIELDS: ReadonlySet<string> = new Set<EventField>([
  "http.request.method",
  "url.scheme",
  "url.path",
  "url.query",
  "user_agent.original",
  "server.address",
  "service.name",
  "http.route",
  "client.address",
]);

/** ECS keeps the body's text under `content`. */
function bodyOf(value: Json): Json {
  if (!isObject(value) || typeof value.content !== "string") return value;
  const known = Object.keys(value).every((key) => key === "content" || key === "bytes" || key === "size");
  return known ? value.content : value;
}

function headersOf(value: Json): Record<string, string> {
  const headers: Record<string, string> = {};
  const add = (name: string, text: string): void => {
    const key = name.trim().toLowerCase();
    const known = Object.hasOwn(headers, key) ? headers[key] : undefined;
    // Defined rather than assigned, so that a header named `__proto__` is a header.
    Object.defineProperty(headers, key, {
      value: known === undefined ? text : `${known}, ${text}`,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  };
  if (typeof value === "string") {
    for (const line of value.split(/\r?\n/)) {
      const colon = line.indexOf(":");
      if (colon > 0) add(line.slice(0, colon), line.slice(colon + 1).trim());
    }
  } else if (isList(value)) {
    for (const item of value) {
      if (isObject(item) && typeof item.name === "string") add(item.name, textOf(item.value ?? ""));
    }
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) add(name, textOf(item));
  }
  return headers;
}

function textOf(value: Json): string {
  if (typeof value === "string") return value;
  if (isList(value)) return value.map(textOfItem).join(", ");
  return textOfItem(value);
}

function textOfItem(value: Json): string {
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the engine can write.
    return "";
  }
}

function textAt(record: JsonObject, name: string): string | undefined {
  const flat = record[name];
  if (typeof flat === "string") return flat;
  let at: Json | undefined = record;
  for (const key of name.split(".")) {
    if (at === undefined || !isObject(at)) return undefined;
    at = at[key];
  }
  return typeof at === "string" ? at : undefined;
}

function fillUrl(event: ApiEvent, full: string): void {
  const { scheme, host, path, query } = splitUrl(full);
  event["url.scheme"] ??= scheme;
  event["server.address"] ??= host;
  event["url.path"] ??= path;
  event["url.query"] ??= query;
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
