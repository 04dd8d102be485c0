/** Vedette's own events: the names of `event.ts`, flat or nested, one JSON object a line. */
import { EVENT_FIELDS } from "../../event.ts";
import type { FieldMapping } from "../format.ts";
import { jsonFormat } from "./json/json-format.ts";

/** Every field under its own name, and a few under the names their senders may prefer. */
const fields: FieldMapping = {
  ...Object.fromEntries(EVENT_FIELDS.map((field) => [field, field])),
  timestamp: "timestamp|@timestamp",
  "url.path": "url.path|url.full|url.original",
  duration_ms: "duration_ms:ms",
  "http.request.headers.referer": "http.request.headers.referer|http.request.referrer",
};

export const vedette = jsonFormat({
  id: "vedette",
  title: "Vedette events (OpenTelemetry names)",
  aliases: ["ndjson"],
  requires: [
    "timestamp",
    "http.request.method|url.path|url.full|http.route|rpc.method|graphql.operation.name",
  ],
  fields,
});
