/**
 * What a notice says, the same for every sink: a document with a version, which webhooks get as it is. Bounded, and
 * free of anything but data. `docs/notice.schema.json` is its JSON Schema; a test holds them equal.
 */
import { z } from "zod";
import { CATEGORIES, type Detection, type Incident, OUTCOMES, SEVERITIES, STAGES } from "../event.ts";
import { INCIDENT_STATES, type IncidentState } from "../store/records/incident-state.ts";
import { NOTICE_REASONS, type NoticeReason } from "../store/records/notices.ts";

const MAX_DETECTIONS = 10;
const MAX_SERVICES = 20;
const MAX_MERGED = 20;
const MAX_TEXT = 500;
const MAX_PROSE = 2_000;

const text = z.string().max(MAX_TEXT);
const prose = z.string().max(MAX_PROSE);
const time = z.iso.datetime();
const count = z.number().int().min(0);
const entity = z.object({ type: text, value: text });

export const noticeSchema = z.object({
  version: z.literal(1),
  route: text.describe("Name of the route it took."),
  reason: z.enum([...NOTICE_REASONS, "test"]).describe("Why it was sent; a test is about no incident."),
  created_at: time.describe("When the change was recorded."),
  url: z.string().optional().describe("The incident in the console, when the settings name it."),
  merged: z
    .array(text)
    .max(MAX_MERGED)
    .optional()
    .describe("Incidents that turned out to be a part of this one."),
  incident: z.object({
    id: text,
    version: count.describe("Rises with every change of the incident."),
    state: z.enum(INCIDENT_STATES),
    title: text,
    severity: z.enum(SEVERITIES),
    risk: z.number().min(0).max(100),
    outcome: z.enum(OUTCOMES),
    entity,
    member_count: count.optional().describe("Sources that acted as one, when there were several."),
    services: z.array(text).max(MAX_SERVICES),
    categories: z.array(z.enum(CATEGORIES)),
    stages: z.array(z.enum(STAGES)),
    first_seen: time,
    last_seen: time,
    detected_at: time,
    events: count,
    summary: prose,
    recommendation: prose,
  }),
  detections: z
    .array(
      z.object({
        id: text,
        detector: text,
        category: z.enum(CATEGORIES),
        class: text.optional(),
        severity: z.enum(SEVERITIES),
        confidence: z.number().min(0).max(1),
        outcome: z.enum(OUTCOMES),
        entity,
        target: z.object({ service: text, endpoint: text }).optional(),
        observed: z.number(),
        expected: z.number().nullable(),
        threshold: z.number(),
        unit: text,
        events: count,
        explanation: prose,
      }),
    )
    .max(MAX_DETECTIONS)
    .describe("The gravest first."),
  detections_total: count,
});

export type NoticeDocument = z.infer<typeof noticeSchema>;

/** A notice as it goes out: the document, under the id that stays the same through all attempts. */
export type NoticeMessage = { readonly id: string } & NoticeDocument;

export interface NoticeParts {
  readonly route: string;
  readonly reason: NoticeReason;
  readonly at: number;
  readonly incident: Incident;
  readonly version: number;
  readonly state: IncidentState;
  readonly detections: readonly Detection[];
  readonly services: readonly string[];
  /** Ids of incidents that have gone into this one. */
  readonly merged: readonly string[];
  readonly consoleUrl: string | undefined;
}

export function noticeOf(parts: NoticeParts): NoticeDocument {
  const { route, reason, at, incident, version, state, merged, consoleUrl } = parts;
  const rank = ({ severity }: Detection) => SEVERITIES.indexOf(severity);
  const detections = [...parts.detections].sort((a, b) => rank(b) - rank(a) || b.events - a.events);
  return {
    version: 1,
    route,
    reason,
    created_at: new Date(at).toISOString(),
    ...(consoleUrl === undefined ? {} : { url: incidentUrl(consoleUrl, incident.id) }),
    ...(merged.length === 0 ? {} : { merged: merged.slice(0, MAX_MERGED) }),
    incident: {
      id: incident.id,
      version,
      state,
      title: cut(incident.title, MAX_TEXT),
      severity: incident.severity,
      risk: incident.risk,
      outcome: incident.outcome,
      entity: named(incident.entity),
      ...(incident.member_count === undefined ? {} : { member_count: incident.member_count }),
      services: parts.services.slice(0, MAX_SERVICES).map((service) => cut(service, MAX_TEXT)),
      categories: [...incident.categories],
      stages: [...incident.stages],
      first_seen: incident.first_seen,
      last_seen: incident.last_seen,
      detected_at: incident.detected_at,
      events: incident.events,
      summary: cut(incident.summary, MAX_PROSE),
      recommendation: cut(incident.recommendation, MAX_PROSE),
    },
    detections: detections.slice(0, MAX_DETECTIONS).map((detection) => ({
      id: detection.id,
      detector: detection.detector,
      category: detection.category,
      ...(detection.class === undefined ? {} : { class: detection.class }),
      severity: detection.severity,
      confidence: detection.confidence,
      outcome: detection.outcome,
      entity: named(detection.entity),
      ...(detection.target === undefined
        ? {}
        : {
            target: {
              service: cut(detection.target.service, MAX_TEXT),
              endpoint: cut(detection.target.endpoint, MAX_TEXT),
            },
          }),
      observed: detection.observed,
      expected: detection.expected,
      threshold: detection.threshold,
      unit: cut(detection.unit, MAX_TEXT),
      events: detection.events,
      explanation: cut(detection.explanation, MAX_PROSE),
    })),
    detections_total: detections.length,
  };
}

function incidentUrl(consoleUrl: string, id: string): string {
  return `${consoleUrl.replace(/\/+$/, "")}/incidents/${encodeURIComponent(id.replace(/\p{Cs}/gu, "\ufffd"))}`;
}

function named({ type, value }: Incident["entity"]): { type: string; value: string } {
  return { type, value: cut(value, MAX_TEXT) };
}

function cut(value: string, most: number): string {
  if (value.length <= most) return value;
  return `${value.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
