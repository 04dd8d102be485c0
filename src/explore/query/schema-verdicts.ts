/** Columns of `detections` and `incidents`: the fields of Detection and Incident, nested ones with dots. */
import { CATEGORIES, ENTITY_TYPES, FINDING_CLASSES, OUTCOMES, SEVERITIES, STAGES } from "../../event.ts";
import type { Column } from "./schema.ts";

const ENTITY: readonly Column[] = [
  { name: "entity.type", type: "string", description: "What kind of entity did it.", values: ENTITY_TYPES },
  { name: "entity.value", type: "string", description: "Which one.", alias: "entity", searched: "part" },
  { name: "members", type: "list", description: "Further sources that acted as one." },
  { name: "member_count", type: "number", description: "How many sources acted as one." },
];

const SEVERITY: Column = {
  name: "severity",
  type: "string",
  description: "From info to critical.",
  values: SEVERITIES,
  ordered: true,
};

const OUTCOME: Column = {
  name: "outcome",
  type: "string",
  description: "Whether it worked, as far as the log tells.",
  values: OUTCOMES,
  ordered: true,
};

const TIMES: readonly Column[] = [
  { name: "first_seen", type: "datetime", description: "Its first event." },
  { name: "last_seen", type: "datetime", description: "Its last event." },
  { name: "detected_at", type: "datetime", description: "Event time at which it first fired." },
  { name: "events", type: "number", description: "How many events it is made of." },
];

export const DETECTION_COLUMNS: readonly Column[] = [
  { name: "id", type: "string", description: "The detection's id.", searched: "part" },
  { name: "detector", type: "string", description: "The detector that fired.", searched: "part" },
  { name: "category", type: "string", description: "What kind of attack or fault.", values: CATEGORIES },
  { name: "class", type: "string", description: "Class of an injection.", values: FINDING_CLASSES },
  SEVERITY,
  { name: "confidence", type: "number", description: "0 to 1." },
  OUTCOME,
  ...ENTITY,
  { name: "target.service", type: "string", description: "The service it was aimed at.", alias: "service" },
  {
    name: "target.endpoint",
    type: "string",
    description: "The endpoint it was aimed at.",
    alias: "endpoint",
    searched: "part",
  },
  ...TIMES,
  { name: "observed", type: "number", description: "What was measured, in `unit`." },
  { name: "expected", type: "number", description: "What is usual, in `unit`." },
  { name: "threshold", type: "number", description: "Where the line is, in `unit`." },
  { name: "unit", type: "string", description: "What the figures count." },
  { name: "explanation", type: "string", description: "What happened and why it counts.", searched: "part" },
  { name: "samples", type: "json", description: "Events that show it." },
];

export const INCIDENT_COLUMNS: readonly Column[] = [
  { name: "id", type: "string", description: "The incident's id.", searched: "part" },
  { name: "title", type: "string", description: "What happened, in one line.", searched: "part" },
  SEVERITY,
  { name: "risk", type: "number", description: "0 to 100." },
  OUTCOME,
  ...ENTITY,
  { name: "stages", type: "list", description: "Stages of an attack that were seen.", values: STAGES },
  { name: "categories", type: "list", description: "What kinds of attack or fault.", values: CATEGORIES },
  { name: "detections", type: "list", description: "Ids of its detections." },
  ...TIMES,
  { name: "summary", type: "string", description: "What happened, in a few sentences.", searched: "part" },
  { name: "recommendation", type: "string", description: "What to do.", searched: "part" },
];
