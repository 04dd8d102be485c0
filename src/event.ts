/**
 * The words every stage speaks: ApiEvent, Finding, Detection, Incident.
 *
 * Field names are OpenTelemetry semantic conventions (shared by ECS), written flat with their dots, so that
 * an NDJSON record, a query, a `--map` and the code all say the same thing.
 */

/** One request to an API and its response. Absent fields are `undefined`; strings are as they were logged. */
export interface ApiEvent {
  /** When the request was received: milliseconds since the epoch, UTC. NaN when the record has no usable time. */
  timestamp: number;
  "event.id": string | undefined;
  "service.name": string | undefined;
  "deployment.environment.name": string | undefined;
  /** The host the client asked for (virtual host), without the port. */
  "server.address": string | undefined;
  "server.port": number | undefined;
  "http.request.method": string | undefined;
  "url.scheme": string | undefined;
  /** Path as sent, percent-encoding kept: inspection needs the raw form. */
  "url.path": string | undefined;
  /** Query as sent, without the question mark. */
  "url.query": string | undefined;
  /** HTTP version: "1.0", "1.1", "2", "3". */
  "network.protocol.version": string | undefined;
  "http.route": string | undefined;
  /** Lower-case names; repeated headers joined with ", " (RFC 9110 section 5.2). */
  "http.request.headers": Record<string, string> | undefined;
  /** Text, or the JSON value when the record carried one. */
  "http.request.body": Json | undefined;
  /** Bytes. */
  "http.request.body.size": number | undefined;
  "http.response.status_code": number | undefined;
  "http.response.headers": Record<string, string> | undefined;
  "http.response.body": Json | undefined;
  /** Bytes. */
  "http.response.body.size": number | undefined;
  duration_ms: number | undefined;
  /** The client after trusted proxies, without port: IPv4, IPv6 or a host name. */
  "client.address": string | undefined;
  /** The socket peer. */
  "network.peer.address": string | undefined;
  "user_agent.original": string | undefined;
  "user.id": string | undefined;
  "session.id": string | undefined;
  "organization.id": string | undefined;
  trace_id: string | undefined;
  span_id: string | undefined;
  "error.type": string | undefined;
  "rpc.method": string | undefined;
  "graphql.operation.name": string | undefined;
  /** Derived by `normalize`. */
  "client.geo.country_iso_code": string | undefined;
  "client.as.number": number | undefined;
  "client.as.organization.name": string | undefined;
  "user_agent.name": string | undefined;
  "api_key.fingerprint": string | undefined;
  "device.fingerprint": string | undefined;
}

export type EventField = keyof ApiEvent;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A fresh event with every field present, so that all events share one object shape. */
export function emptyEvent(): ApiEvent {
  return {
    timestamp: Number.NaN,
    "event.id": undefined,
    "service.name": undefined,
    "deployment.environment.name": undefined,
    "server.address": undefined,
    "server.port": undefined,
    "http.request.method": undefined,
    "url.scheme": undefined,
    "url.path": undefined,
    "url.query": undefined,
    "network.protocol.version": undefined,
    "http.route": undefined,
    "http.request.headers": undefined,
    "http.request.body": undefined,
    "http.request.body.size": undefined,
    "http.response.status_code": undefined,
    "http.response.headers": undefined,
    "http.response.body": undefined,
    "http.response.body.size": undefined,
    duration_ms: undefined,
    "client.address": undefined,
    "network.peer.address": undefined,
    "user_agent.original": undefined,
    "user.id": undefined,
    "session.id": undefined,
    "organization.id": undefined,
    trace_id: undefined,
    span_id: undefined,
    "error.type": undefined,
    "rpc.method": undefined,
    "graphql.operation.name": undefined,
    "client.geo.country_iso_code": undefined,
    "client.as.number": undefined,
    "client.as.organization.name": undefined,
    "user_agent.name": undefined,
    "api_key.fingerprint": undefined,
    "device.fingerprint": undefined,
  };
}

/** Every event field name, in declaration order. */
export const EVENT_FIELDS = Object.keys(emptyEvent()) as readonly EventField[];

/** Classes of what one request can carry. The order is the wire code of a class in a fact: append only. */
export const FINDING_CLASSES = [
  "sqli",
  "nosqli",
  "xss",
  "cmdi",
  "code",
  "traversal",
  "lfi_rfi",
  "ssrf",
  "ssti",
  "xxe",
  "ldap",
  "xpath",
  "log4shell",
  "deserialization",
  "crlf",
  "open_redirect",
  "prototype_pollution",
  "webshell",
  "other",
] as const;
export type FindingClass = (typeof FINDING_CLASSES)[number];

/** One thing that one request carries. A score of ATTACK_SCORE or more counts as an attack; below it is context. */
export interface Finding {
  readonly class: FindingClass;
  /** Which detector and variant, "sqli/union-select": stable, for exceptions and counts. */
  readonly rule: string;
  /** "path segment 3", "query:q", "header:referer", "cookie:sid", "body.items[2].note". */
  readonly location: string;
  /** The telling part of the value as it was sent, at most 200 characters, secrets masked. */
  readonly evidence: string;
  /** The telling part after decoding, at most 200 characters, secrets masked. */
  readonly decoded: string;
  /** 0 to 1. */
  readonly score: number;
  /** One sentence for a person. */
  readonly reason: string;
}

export const ATTACK_SCORE = 0.5;

export const SEVERITIES = ["info", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const OUTCOMES = ["unknown", "attempted", "probably_succeeded", "succeeded"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const CATEGORIES = [
  "injection",
  "brute_force",
  "credential_stuffing",
  "password_spraying",
  "account_takeover",
  "session_hijack",
  "unfamiliar_location",
  "unfamiliar_device",
  "probing",
  "scanner",
  "enumeration",
  "broken_access",
  "scraping",
  "exfiltration",
  "rate_abuse",
  "denial_of_service",
  "traffic_anomaly",
  "error_spike",
  "latency_degradation",
  "log_silence",
  "log_tampering",
  "business_flow",
  "schema_drift",
  "shadow_endpoint",
  "sensitive_exposure",
  "threat_intel",
] as const;
export type Category = (typeof CATEGORIES)[number];

export const ENTITY_TYPES = [
  "user.id",
  "api_key.fingerprint",
  "session.id",
  "device.fingerprint",
  "client.address",
  "service.name",
  "http.route",
  "campaign",
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** Who or what a verdict is about. A campaign is many sources acting as one; `members` then names them. */
export interface Entity {
  readonly type: EntityType;
  readonly value: string;
}

/** Where an evidence event stands: a line of a file, or the id of a stored event. */
export type SampleRef = { readonly file: string; readonly line: number } | { readonly id: string };

/** An evidence event as a person should see it: where it stands and, redacted, what it was. */
export type Sample = SampleRef & {
  readonly timestamp: string;
  readonly request: string;
  readonly status?: number;
  readonly findings?: readonly Finding[];
};

/** Which records were given out to somebody who should not have them. */
export interface Exposure {
  /** Different records; past 64 an estimate within 7 %. */
  readonly records: number;
  /** Those of them whose owners are known from their own use, and how many owners that are. */
  readonly owned: number;
  readonly owners: number;
  /** Paths of records as they were asked for, redacted, at most 50. */
  readonly sampled: readonly string[];
  /** Of the answers. */
  readonly bytes: number;
  /** 0 to 1: that these records were in the answers. */
  readonly confidence: number;
}

/** What one entity did over time, with the arithmetic that makes it a verdict. Times are RFC 3339, UTC. */
export interface Detection {
  readonly id: string;
  readonly detector: string;
  readonly category: Category;
  readonly class?: FindingClass;
  readonly severity: Severity;
  /** 0 to 1. */
  readonly confidence: number;
  readonly outcome: Outcome;
  readonly entity: Entity;
  /** Further sources that acted as one, at most 1,000; `member_count` has the true number. */
  readonly members?: readonly string[];
  readonly member_count?: number;
  readonly target?: { readonly service: string; readonly endpoint: string };
  readonly first_seen: string;
  readonly last_seen: string;
  /** Event time at which it first fired. */
  readonly detected_at: string;
  readonly events: number;
  /** What was measured, what is usual, and where the line is, all in `unit`. */
  readonly observed: number;
  readonly expected: number | null;
  readonly threshold: number;
  /** Which of the detector's thresholds that is, and where it came from: as published, learned, or set by people. */
  readonly threshold_name: string;
  readonly threshold_origin: "floor" | "learned" | "set";
  readonly unit: string;
  /** What was given out, where that is known: for those who must tell the people concerned. */
  readonly exposure?: Exposure;
  /** It was an alarm until its detector learned better, which made it a fact: severity info. */
  readonly withdrawn?: true;
  /** People expect it, which made it a fact: severity info. */
  readonly exception?: { readonly id: string; readonly reason: string };
  /** Sentences for a person: what happened, why it counts, what would not have fired. */
  readonly explanation: string;
  readonly samples: readonly Sample[];
}

export const STAGES = ["reconnaissance", "probing", "exploit", "access", "exfiltration", "impact"] as const;
export type Stage = (typeof STAGES)[number];

/** The stage an attack is likeliest to reach next. */
export interface NextStage {
  readonly stage: Stage;
  /** 0 to 1. */
  readonly probability: number;
  /** A sentence for a person: how many attacks it was learned from. */
  readonly basis: string;
}

/** One attack, or one thing gone wrong, as a person should meet it. Times are RFC 3339, UTC. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** 0 to 100. */
  readonly risk: number;
  readonly entity: Entity;
  readonly members?: readonly string[];
  readonly member_count?: number;
  readonly stages: readonly Stage[];
  /** Absent where no stage comes after. */
  readonly next?: NextStage;
  readonly categories: readonly Category[];
  readonly detections: readonly string[];
  readonly outcome: Outcome;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly detected_at: string;
  readonly events: number;
  readonly summary: string;
  readonly recommendation: string;
}
