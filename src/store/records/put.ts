/**
 * What the engine now says of incidents, onto the record. Several go together in a handful of statements, however many
 * they are, as each statement may be a way over a network; those that have to do with each other go one by one.
 */
import type { Transaction } from "kysely";
import { type Detection, type Incident, SEVERITIES } from "../../event.ts";
import { type IncidentState, stateOf } from "./incident-state.ts";
import { type Absorbed, absorb, holdersOf } from "./merges.ts";
import { type Announce, type IncidentChange, writeNotices } from "./notices.ts";
import { parts } from "./parts.ts";
import type { Tables } from "./tables.ts";

/** What the engine says of an incident. */
export interface Verdict {
  readonly incident: Incident;
  readonly detections: readonly Detection[];
}

export interface Said {
  readonly announce: Announce;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Sample traffic brought it. */
  readonly sample: boolean;
}

type Known = Pick<
  Tables["incidents"],
  "id" | "version" | "document" | "state" | "closed" | "expected_by" | "merged_into"
>;

/** @returns the version of each */
export async function putCases(
  trx: Transaction<Tables>,
  verdicts: readonly Verdict[],
  said: Said,
): Promise<readonly number[]> {
  const known = await knownOf(trx, verdicts);
  const changes = verdicts.flatMap((verdict) => changeOf(verdict, known.get(verdict.incident.id)) ?? []);
  const holders = await holdersOf(
    trx,
    changes.map(({ verdict }) => verdict.incident),
  );
  const merged = [...known.values()].some(({ merged_into }) => merged_into !== null);
  if (verdicts.length > 1 && (merged || holders.length > 0 || !areApart(verdicts))) {
    const versions: number[] = [];
    for (const verdict of verdicts) versions.push(...(await putCases(trx, [verdict], said)));
    return versions;
  }
  await putIncidents(trx, changes, said);
  await putDetections(trx, changes);
  const written: IncidentChange[] = [];
  for (const { verdict, version, reopened, state } of changes) {
    const absorbed = holders.length === 0 ? [] : await absorb(trx, verdict.incident, holders, said.at);
    const isNew = !known.has(verdict.incident.id);
    const now = isNew ? await takeOver(trx, verdict.incident.id, absorbed) : stateOf(state);
    written.push({ ...verdict, version, state: now, reopened, absorbed, at: said.at });
  }
  await writeNotices(trx, written, said.announce);
  const versions = new Map(changes.map(({ verdict, version }) => [verdict.incident.id, version]));
  return verdicts.map(({ incident: { id } }) => versions.get(id) ?? known.get(id)?.version ?? 0);
}

async function knownOf(
  trx: Transaction<Tables>,
  verdicts: readonly Verdict[],
): Promise<ReadonlyMap<string, Known>> {
  const known = new Map<string, Known>();
  for (const some of parts(verdicts)) {
    const ids = some.map(({ incident }) => incident.id);
    const rows = await trx
      .selectFrom("incidents")
      .select(["id", "version", "document", "state", "closed", "expected_by", "merged_into"])
      .where("id", "in", ids)
      .execute();
    for (const row of rows) known.set(row.id, row);
  }
  return known;
}

interface Change {
  readonly verdict: Verdict;
  readonly document: string;
  readonly version: number;
  readonly state: string;
  readonly closed: number | null;
  readonly reopened: boolean;
}

/** @returns undefined when nothing differs from what is stored */
function changeOf(verdict: Verdict, known: Known | undefined): Change | undefined {
  const document = JSON.stringify(verdict.incident);
  if (known === undefined)
    return { verdict, document, version: 1, state: "open", closed: null, reopened: false };
  const back = (known.expected_by ?? known.merged_into) !== null;
  if (known.document === document && !back) return undefined;
  const goesOn = Date.parse(verdict.incident.last_seen) > (known.closed ?? 0);
  const reopened = known.state === "resolved" && (back || goesOn);
  const { state, closed } = reopened ? { state: "open", closed: null } : known;
  return { verdict, document, version: known.version + 1, state, closed, reopened };
}

/** No incident stands twice, and no detection is claimed by two. */
function areApart(verdicts: readonly Verdict[]): boolean {
  const names = verdicts.flatMap(({ incident, detections }) => [
    `incident ${incident.id}`,
    ...new Set([...incident.detections, ...detections.map(({ id }) => id)]),
  ]);
  return new Set(names).size === names.length;
}

async function putIncidents(
  trx: Transaction<Tables>,
  changes: readonly Change[],
  { at, sample }: Said,
): Promise<void> {
  for (const some of parts(changes)) {
    const rows = some.map(({ verdict: { incident }, document, version, state, closed }) => ({
      id: incident.id,
      document,
      version,
      severity: SEVERITIES.indexOf(incident.severity),
      outcome: incident.outcome,
      risk: incident.risk,
      first_seen: Date.parse(incident.first_seen),
      last_seen: Date.parse(incident.last_seen),
      state,
      closed,
      assignee: null,
      updated: at,
      sample: sample ? 1 : 0,
      expected_by: null,
      merged_into: null,
    }));
    await trx
      .insertInto("incidents")
      .values(rows)
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((row) => ({
          document: row.ref("excluded.document"),
          version: row.ref("excluded.version"),
          severity: row.ref("excluded.severity"),
          outcome: row.ref("excluded.outcome"),
          risk: row.ref("excluded.risk"),
          first_seen: row.ref("excluded.first_seen"),
          last_seen: row.ref("excluded.last_seen"),
          state: row.ref("excluded.state"),
          closed: row.ref("excluded.closed"),
          updated: at,
          expected_by: null,
          merged_into: null,
        })),
      )
      .execute();
  }
}

async function putDetections(trx: Transaction<Tables>, changes: readonly Change[]): Promise<void> {
  // One statement changes a row once.
  const rows = new Map(
    changes.flatMap(({ verdict: { incident, detections } }) =>
      detections.map((detection) => [
        detection.id,
        {
          id: detection.id,
          incident_id: incident.id,
          detector: detection.detector,
          document: JSON.stringify(detection),
          severity: detection.severity,
          service: detection.target?.service ?? null,
        },
      ]),
    ),
  );
  for (const some of parts([...rows.values()])) {
    await trx
      .insertInto("detections")
      .values(some)
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((row) => ({
          incident_id: row.ref("excluded.incident_id"),
          detector: row.ref("excluded.detector"),
          document: row.ref("excluded.document"),
          severity: row.ref("excluded.severity"),
          service: row.ref("excluded.service"),
        })),
      )
      .execute();
  }
}

/** Who worked on what went into a new incident works on this one. */
async function takeOver(
  trx: Transaction<Tables>,
  id: string,
  absorbed: readonly Absorbed[],
): Promise<IncidentState> {
  const at = absorbed.find(({ state }) => state === "acknowledged");
  if (at === undefined) return "open";
  await trx
    .updateTable("incidents")
    .set({ state: "acknowledged", assignee: at.assignee })
    .where("id", "=", id)
    .execute();
  return "acknowledged";
}
