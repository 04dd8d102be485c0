/**
 * What an exception would have hidden: exceptions are held against the incidents on record, whose detections say all
 * that an exception may name but the address behind a user. So it hides at least this much.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { createExceptions, type Exception, type Judged } from "../../correlate/exceptions.ts";
import { type Detection, type Incident, SEVERITIES } from "../../event.ts";
import type { CaseFilter, Cases } from "../../store/records/cases.ts";

/** An exception before it is made. */
export type Scope = Pick<Exception, "detector" | "category" | "entity" | "service" | "endpoint">;

export interface RecordedIncident {
  readonly incident: Incident;
  readonly detections: readonly Detection[];
}

export interface Recorded {
  /** The latest first. */
  readonly all: readonly RecordedIncident[];
  /** False when there are more. */
  readonly complete: boolean;
}

export interface Foreseen {
  readonly scope: Scope;
  /** Detections that would be facts, and incidents that would have none left that is an alarm. */
  readonly detections: number;
  readonly incidents: number;
  /** The latest. */
  readonly examples: readonly Incident[];
}

const EXAMPLES = 20;

const MOST_RECORDED = 2_000;
const PAGE = 100;

/** @param services whose incidents alone are looked at @param since milliseconds since the epoch */
export async function recordedSince(
  cases: Cases,
  services: readonly string[] | undefined,
  since: number,
): Promise<Recorded> {
  const all: RecordedIncident[] = [];
  let after: CaseFilter["after"];
  for (;;) {
    const page = await cases.list({ limit: PAGE, services, ...(after && { after }) });
    for (const { incident } of page) {
      const lastSeen = Date.parse(incident.last_seen);
      if (lastSeen < since) return { all, complete: true };
      if (all.length >= MOST_RECORDED) return { all, complete: false };
      all.push({ incident, detections: await cases.detections(incident.id) });
      after = { lastSeen, id: incident.id };
    }
    if (page.length < PAGE) return { all, complete: true };
    // The records answer within the turn.
    await nextTurn();
  }
}

export function foresee(
  scopes: readonly Scope[],
  recorded: readonly RecordedIncident[],
): readonly Foreseen[] {
  return scopes.map((scope) => {
    const find = createExceptions([{ ...scope, id: "foreseen", reason: "" }]);
    let detections = 0;
    const hidden = recorded.filter(({ detections: all }) => {
      const alarms = all.filter(({ severity }) => severity !== "info");
      const fitting = alarms.filter((alarm) => find(judgedOf(alarm)) !== undefined).length;
      detections += fitting;
      return alarms.length > 0 && fitting === alarms.length;
    });
    const examples = hidden.slice(0, EXAMPLES).map(({ incident }) => incident);
    return { scope, detections, incidents: hidden.length, examples };
  });
}

/** From the narrowest to the broadest, by the gravest of the incident's alarms; each wider than the one before. */
export function proposalsFor({ detections }: RecordedIncident): readonly Scope[] {
  const [lead] = detections
    .filter(({ severity }) => severity !== "info")
    .sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || b.events - a.events);
  if (lead === undefined) return [];
  const { detector, target } = lead;
  const place = target === undefined ? {} : target;
  // A campaign is called by what it does: the next one is not these.
  if (lead.entity.type === "campaign")
    return [
      { detector, ...place },
      { detector, ...serviceOf(place) },
    ].filter(isNew);
  const { entity } = lead;
  return [{ detector, entity, ...place }, { detector, entity, ...serviceOf(place) }, { entity }].filter(
    isNew,
  );
}

function serviceOf({ service }: { service?: string }): { service?: string } {
  return service === undefined ? {} : { service };
}

function isNew(scope: Scope, index: number, all: readonly Scope[]): boolean {
  return all.findIndex((each) => JSON.stringify(each) === JSON.stringify(scope)) === index;
}

function judgedOf({ detector, category, severity, entity, target, last_seen, ...rest }: Detection): Judged {
  const { members, member_count: count = 0 } = rest;
  return {
    detector,
    category,
    severity,
    entity,
    service: target?.service ?? "",
    endpoint: target?.endpoint ?? "",
    lastSeen: Date.parse(last_seen),
    members: members === undefined || members.length >= count ? members : UNKNOWN,
  };
}

const UNKNOWN: readonly string[] = [""];
