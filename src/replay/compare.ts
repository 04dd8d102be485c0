/**
 * What other settings would have told: not by the ids of verdicts, which begin when a line is crossed, but
 * by what they are about.
 */
import type { Correlation } from "../correlate/incidents.ts";
import type { Detection, Incident } from "../event.ts";

export interface Told {
  /** Alarms: detections that are no mere facts. */
  readonly detections: number;
  readonly incidents: number;
  /** By the day (UTC) on which each began to be told, in order; only days that have any. */
  readonly days: readonly { readonly day: string; readonly detections: number; readonly incidents: number }[];
}

export interface Difference {
  readonly detections: number;
  readonly incidents: number;
  /** The gravest incidents and the first detections of them all. */
  readonly examples: { readonly incidents: readonly Incident[]; readonly detections: readonly Detection[] };
}

export interface Comparison {
  readonly present: Told;
  readonly proposed: Told;
  /** Only the proposed settings tell it. */
  readonly appeared: Difference;
  /** Only the present settings tell it. */
  readonly vanished: Difference;
}

const EXAMPLES = 20;
/** Two runs speak of the same thing when their verdicts on it lie no further apart. */
const APART_MS = 3_600_000;

export function compare(present: Correlation, proposed: Correlation): Comparison {
  return {
    present: toldOf(present),
    proposed: toldOf(proposed),
    appeared: beyond(proposed, present),
    vanished: beyond(present, proposed),
  };
}

/** What one detector tells at each value of one threshold. */
export interface SweptValue {
  readonly value: number;
  /** Alarms, and how many different entities they are about. */
  readonly detections: number;
  readonly entities: number;
  readonly days: Told["days"];
}

export function sweptValue(value: number, told: Correlation): SweptValue {
  const entities = new Set(
    told.detections.filter(isAlarm).map(({ entity }) => `${entity.type} ${entity.value}`),
  );
  const { detections, days } = toldOf(told);
  return { value, detections, entities: entities.size, days };
}

const isAlarm = ({ severity }: Detection) => severity !== "info";

function toldOf({ incidents, detections }: Correlation): Told {
  const alarms = detections.filter(isAlarm);
  const days = new Map<string, { detections: number; incidents: number }>();
  const count = (what: "detections" | "incidents", time: string) => {
    const day = time.slice(0, 10);
    const counts = days.get(day) ?? { detections: 0, incidents: 0 };
    counts[what]++;
    days.set(day, counts);
  };
  for (const { detected_at } of alarms) count("detections", detected_at);
  for (const { detected_at } of incidents) count("incidents", detected_at);
  return {
    detections: alarms.length,
    incidents: incidents.length,
    days: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, counts]) => ({ day, ...counts })),
  };
}

/** What `one` tells and `other` does not; an incident is new when none of its alarms is told by the other. */
function beyond(one: Correlation, other: Correlation): Difference {
  const spans = new Map<string, Detection[]>();
  for (const detection of other.detections.filter(isAlarm)) {
    const key = subjectOf(detection);
    const list = spans.get(key);
    if (list === undefined) spans.set(key, [detection]);
    else list.push(detection);
  }
  const isTold = (detection: Detection) =>
    (spans.get(subjectOf(detection)) ?? []).some((each) => apart(each, detection) <= APART_MS);
  const detections = one.detections.filter((detection) => isAlarm(detection) && !isTold(detection));
  const ids = new Set(detections.map(({ id }) => id));
  const alarms = new Set(one.detections.filter(isAlarm).map(({ id }) => id));
  const incidents = one.incidents.filter((incident) =>
    incident.detections.every((id) => ids.has(id) || !alarms.has(id)),
  );
  return {
    detections: detections.length,
    incidents: incidents.length,
    examples: { incidents: incidents.slice(0, EXAMPLES), detections: detections.slice(0, EXAMPLES) },
  };
}

function subjectOf({ detector, class: kind, entity, target }: Detection): string {
  // What a campaign is called has its size in it.
  const who = entity.type === "campaign" ? (target?.endpoint ?? "") : entity.value;
  return JSON.stringify([detector, kind, entity.type, who, target?.service]);
}

function apart(a: Detection, b: Detection): number {
  const begin = Math.max(Date.parse(a.first_seen), Date.parse(b.first_seen));
  return begin - Math.min(Date.parse(a.last_seen), Date.parse(b.last_seen));
}
