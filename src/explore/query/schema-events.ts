/** Columns of `events`: the fields of an ApiEvent, and what inspection found in it. */
import { type EventField, FINDING_CLASSES } from "../../event.ts";
import type { Column } from "./schema.ts";

type EventColumn = Omit<Column, "name">;

const text = (description: string, more: Partial<EventColumn> = {}): EventColumn => ({
  type: "string",
  description,
  ...more,
});
const number = (description: string, more: Partial<EventColumn> = {}): EventColumn => ({
  type: "number",
  description,
  ...more,
});

/** One for each field: the compiler says when an event has a field that queries lack. */
const FIELDS: Readonly<Record<EventField, EventColumn>> = {
  timestamp: { type: "datetime", description: "When the request was received." },
  "event.id": text("The event's own id."),
  "service.name": text("The service that was asked.", { alias: "service" }),
  "deployment.environment.name": text("Where it runs: production, staging.", { alias: "environment" }),
  "server.address": text("The host the client asked for, without the port.", {
    alias: "host",
    searched: "few",
  }),
  "server.port": number("The port the client asked for."),
  "http.request.method": text("GET, POST and so on.", { alias: "method" }),
  "url.scheme": text("http or https."),
  "url.path": text("The path as sent, percent-encoding kept.", { alias: "path", searched: "part" }),
  "url.query": text("The query as sent, without the question mark.", { searched: "part" }),
  "network.protocol.version": text("HTTP version: 1.0, 1.1, 2, 3."),
  "http.route": text("The path with its variable parts named: /users/{id}.", {
    alias: "route",
    searched: "few",
  }),
  "http.request.headers": {
    type: "map",
    description: 'Request headers by lower-case name: http.request.headers["x-request-id"].',
    searched: "part",
  },
  "http.request.body": {
    type: "json",
    description: "The request body; a path reads into JSON: http.request.body.user.name.",
    searched: "part",
  },
  "http.request.body.size": number("Bytes of the request body."),
  "http.response.status_code": number("The status of the response.", { alias: "status" }),
  "http.response.headers": {
    type: "map",
    description: 'Response headers by lower-case name: http.response.headers["content-type"].',
  },
  "http.response.body": { type: "json", description: "The response body.", searched: "part" },
  "http.response.body.size": number("Bytes of the response body."),
  duration_ms: number("How long the answer took, in milliseconds.", { single: true }),
  "client.address": text("The client, after trusted proxies.", { alias: "ip", searched: "whole" }),
  "network.peer.address": text("The socket peer.", { searched: "whole" }),
  "user_agent.original": text("The User-Agent header.", { alias: "ua", searched: "few" }),
  "user.id": text("Who was signed in.", { alias: "user", searched: "part" }),
  "session.id": text("The session, as a pseudonym.", { alias: "session", searched: "whole" }),
  "organization.id": text("The customer or tenant.", { alias: "organization" }),
  trace_id: text("Trace id, 32 hexadecimal digits.", { searched: "whole" }),
  span_id: text("Span id, 16 hexadecimal digits."),
  "error.type": text("The kind of error the service reported.", { searched: "few" }),
  "rpc.method": text("The method of a remote procedure call."),
  "graphql.operation.name": text("The GraphQL operation."),
  "client.geo.country_iso_code": text("Country of the client's network: two letters.", { alias: "country" }),
  "client.as.number": number("Autonomous system of the client's network.", { alias: "asn", absent: 0 }),
  "client.as.organization.name": text("Who runs the client's network."),
  "user_agent.name": text("Browser or program, by its User-Agent."),
  "api_key.fingerprint": text("The API key, as a fingerprint.", { searched: "whole" }),
  "device.fingerprint": text("The device, as a fingerprint.", { searched: "whole" }),
};

/** What inspection found, strongest first; the lists run in parallel. */
const FINDING_COLUMNS = [
  {
    name: "finding.class",
    type: "list",
    description: "Classes of what the request carries: sqli, xss and so on.",
    values: FINDING_CLASSES,
  },
  { name: "finding.rule", type: "list", description: "Which detector and variant: sqli/union-select." },
  {
    name: "finding.location",
    type: "list",
    description: "Where: query:q, header:referer, body.items[2].note.",
  },
  { name: "finding.evidence", type: "list", description: "The telling part as it was sent, secrets masked." },
  {
    name: "finding.score",
    type: "number",
    description: "The strongest finding, 0 to 1; missing without findings. 0.5 or more counts as an attack.",
    single: true,
  },
] as const satisfies readonly Column[];

/** What the store adds. */
const STORED_COLUMNS: readonly Column[] = [
  { name: "observed_timestamp", type: "datetime", description: "When the event was taken in.", stored: true },
  { name: "log.file.path", type: "string", description: "The log file it came from.", stored: true },
  { name: "log.file.line", type: "number", description: "Its line there, from 1.", stored: true, absent: 0 },
];

export const EVENT_COLUMNS: readonly Column[] = [
  ...Object.entries(FIELDS).map(([name, column]) => ({ name, ...column })),
  ...FINDING_COLUMNS,
  ...STORED_COLUMNS,
];
