/** Schemas that several routes share. Times are RFC 3339 on the wire and milliseconds inside. */
import { z } from "zod";
import { CATEGORIES, ENTITY_TYPES, FINDING_CLASSES, OUTCOMES, SEVERITIES, STAGES } from "../../event.ts";
import { INCIDENT_STATES } from "../../store/records/incident-state.ts";

export const id = z.string().min(1).max(300);
export const name = z.string().trim().min(1).max(200);
/** Letters, digits and what stands in e-mail addresses: nothing that looks like another name. */
export const userName = z
  .string()
  .trim()
  .max(100)
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@+-]*$/u, "A name is letters, digits, spaces and . _ @ + -");
export const text = z.string().max(16_384);
export const service = z.string().min(1).max(200);
/** Services that are seen; null is all. */
export const services = z.array(service).max(200).nullable();

/** @example "2026-03-03T00:00:00Z" */
export const time = z.iso.datetime({ offset: true });
export const timeIn = time.transform((value) => Date.parse(value));
export const when = (milliseconds: number): string => new Date(milliseconds).toISOString();
export const whenever = (milliseconds: number | undefined): string | null =>
  milliseconds === undefined ? null : when(milliseconds);

/** Of a query string: everything there is text. */
export const count = (least: number, most: number, usual: number) =>
  z.coerce.number().int().min(least).max(most).default(usual);
/** `?state=open&state=resolved`, or one alone. */
export const several = <T extends z.ZodType>(one: T, most: number) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(one).max(most).optional(),
  );
export const range = { from: timeIn.optional(), to: timeIn.optional() };

const finding = z.strictObject({
  class: z.enum(FINDING_CLASSES),
  rule: z.string(),
  location: z.string(),
  evidence: z.string(),
  decoded: z.string(),
  score: z.number(),
  reason: z.string(),
});
const entity = z.strictObject({ type: z.enum(ENTITY_TYPES), value: z.string() });
const members = { members: z.array(z.string()).readonly().optional(), member_count: z.number().optional() };
const seen = { first_seen: time, last_seen: time, detected_at: time, events: z.number() };

export const detection = z.strictObject({
  id: z.string(),
  detector: z.string(),
  category: z.enum(CATEGORIES),
  class: z.enum(FINDING_CLASSES).optional(),
  severity: z.enum(SEVERITIES),
  confidence: z.number(),
  outcome: z.enum(OUTCOMES),
  entity,
  ...members,
  target: z.strictObject({ service: z.string(), endpoint: z.string() }).optional(),
  ...seen,
  observed: z.number(),
  expected: z.number().nullable(),
  threshold: z.number(),
  threshold_name: z.string(),
  threshold_origin: z.enum(["floor", "learned", "set"]),
  unit: z.string(),
  exposure: z
    .strictObject({
      records: z.number(),
      owned: z.number(),
      owners: z.number(),
      sampled: z.array(z.string()).readonly(),
      bytes: z.number(),
      confidence: z.number(),
    })
    .optional()
    .describe("which records were given out, where that is known"),
  withdrawn: z.literal(true).optional(),
  exception: z.strictObject({ id: z.string(), reason: z.string() }).optional(),
  explanation: z.string(),
  samples: z
    .array(
      z.strictObject({
        id: z.string().optional(),
        file: z.string().optional(),
        line: z.number().optional(),
        timestamp: z.string(),
        request: z.string(),
        status: z.number().optional(),
        findings: z.array(finding).readonly().optional(),
      }),
    )
    .readonly(),
});

export const incident = z.strictObject({
  id: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  risk: z.number(),
  entity,
  ...members,
  stages: z.array(z.enum(STAGES)).readonly(),
  next: z.strictObject({ stage: z.enum(STAGES), probability: z.number(), basis: z.string() }).optional(),
  categories: z.array(z.enum(CATEGORIES)).readonly(),
  detections: z.array(z.string()).readonly(),
  outcome: z.enum(OUTCOMES),
  ...seen,
  summary: z.string(),
  recommendation: z.string(),
  /** What people made of it. */
  state: z.enum(INCIDENT_STATES),
  assignee: z.string().nullable(),
  /** Sample traffic brought it. */
  sample: z.boolean(),
  /** The incident that all it tells is a part of. */
  merged_into: z.string().nullable(),
  updated: time,
});

/** As the engine tells it, apart from what people made of it. */
export const toldIncident = incident.omit({
  state: true,
  assignee: true,
  sample: true,
  merged_into: true,
  updated: true,
});

export const comment = z.strictObject({ id: z.string(), author: z.string(), at: time, text: z.string() });

/** A row of a query's answer by column name. */
export const row = z.record(z.string(), z.unknown());
export const next = z.string().nullable();
