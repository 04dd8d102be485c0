/** A table of event field → path in a JSON record, compiled to something that fills an event. */
import { type ApiEvent, EVENT_FIELDS, type EventField } from "../../../event.ts";
import type { FieldMapping } from "../../format.ts";
import type { TimeContext } from "../../timestamp.ts";
import { setForwardedList } from "../fields/client.ts";
import { UNIT_MS } from "../fields/duration.ts";
import { setRequestHeader, setResponseHeader } from "../fields/headers.ts";
import { type JsonObject, saysSomething } from "./path.ts";
import { JSON_SETTERS, type JsonSetter, textOf } from "./setters.ts";
import { valueReader } from "./value-reader.ts";

export type Filler = (event: ApiEvent, record: JsonObject) => void;

const REQUEST_HEADER = "http.request.headers.";
const RESPONSE_HEADER = "http.response.headers.";
const UNIT = /:(ns|us|µs|ms|s)$/;
const known: ReadonlySet<string> = new Set(EVENT_FIELDS);

/** Fields that come with others: a target holds its query, headers name the user agent. */
const IMPLIED: readonly (readonly [EventField, EventField])[] = [
  ["url.path", "url.query"],
  ["server.address", "server.port"],
  ["client.address", "http.request.headers"],
  ["http.request.headers", "user_agent.original"],
];

/** The event fields that a mapping can fill. */
export function mappedFields(mapping: FieldMapping): readonly EventField[] {
  const fields = new Set(
    Object.keys(mapping).map((field) => {
      if (field.startsWith(REQUEST_HEADER)) return "http.request.headers";
      return field.startsWith(RESPONSE_HEADER) ? "http.response.headers" : field;
    }),
  );
  for (const [field, implied] of IMPLIED) if (fields.has(field)) fields.add(implied);
  return EVENT_FIELDS.filter((field) => fields.has(field));
}

export function compileMapping(mapping: FieldMapping, context: TimeContext): Filler {
  const steps = Object.entries(mapping)
    .toSorted(queryFirst)
    .flatMap(([field, path]) => {
      const set = setterOf(field);
      const sources = path === undefined || path === "" ? [] : path.split("|").map(sourceOf);
      return set === undefined || sources.length === 0 ? [] : [{ set, sources }];
    });
  const read = valueReader(steps.flatMap(({ sources }) => sources));
  return (event, record) => {
    const values = read(record);
    let at = 0;
    for (const { set, sources } of steps) {
      let done = false;
      for (const { unitMs } of sources) {
        const value = values[at++];
        if (done || !saysSomething(value)) continue;
        set(event, value, unitMs, context);
        done = true;
      }
    }
    fillFromHeaders(event);
  };
}

/** A target that holds its query knows it better than a field of its own, which may be decoded. */
function queryFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return Number(b === "url.query") - Number(a === "url.query");
}

function sourceOf(path: string): { path: string; unitMs: number } {
  const unit = UNIT.exec(path)?.[1];
  const bare = unit === undefined ? path : path.slice(0, -unit.length - 1);
  return { path: bare, unitMs: UNIT_MS[unit ?? ""] ?? 0 };
}

function setterOf(field: string): JsonSetter | undefined {
  if (field.startsWith(REQUEST_HEADER))
    return headerSetter(field.slice(REQUEST_HEADER.length), setRequestHeader);
  if (field.startsWith(RESPONSE_HEADER))
    return headerSetter(field.slice(RESPONSE_HEADER.length), setResponseHeader);
  return known.has(field) ? JSON_SETTERS[field as EventField] : undefined;
}

function headerSetter(name: string, set: (event: ApiEvent, name: string, value: string) => void): JsonSetter {
  const key = name.toLowerCase();
  return (event, value) => {
    const found = Array.isArray(value) ? value.join(", ") : textOf(value);
    if (found !== undefined) set(event, key, found);
  };
}

/** What a record says only in its headers. */
function fillFromHeaders(event: ApiEvent): void {
  const headers = event["http.request.headers"];
  if (headers === undefined) return;
  event["user_agent.original"] ??= headers["user-agent"];
  const host = event["server.address"] === undefined ? headers.host : undefined;
  if (host !== undefined) JSON_SETTERS["server.address"](event, host, 0, { zoneMinutes: 0, newest: 0 });
  const forwarded = headers["x-forwarded-for"];
  if (forwarded !== undefined && event["client.address"] === undefined) setForwardedList(event, forwarded);
}
