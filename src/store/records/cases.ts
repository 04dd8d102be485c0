/**
 * Incidents and what people make of them. The engine's half (document, detections) and the people's half (state,
 * assignee, comments) change apart from each other; every change of the engine's half gets a version.
 */
import type { Kysely, Selectable } from "kysely";
import { type Detection, type Incident, SEVERITIES, type Severity } from "../../event.ts";
import type { VerdictIds } from "../contract.ts";
import { type CaseCounts, caseCounts } from "./case-counts.ts";
import { type Expected, noteExpected } from "./expected.ts";
import { type IncidentState, stateOf } from "./incident-state.ts";
import { readJson } from "./json.ts";
import { type Announce, dropWaiting } from "./notices.ts";
import { putCases, type Verdict } from "./put.ts";
import type { Tables } from "./tables.ts";
import { within } from "./within.ts";

export interface Case {
  readonly incident: Incident;
  readonly version: number;
  readonly state: IncidentState;
  readonly assignee: string | undefined;
  /** Sample traffic brought it. */
  readonly sample: boolean;
  /** The incident that all it tells is a part of. */
  readonly mergedInto: string | undefined;
  /** When either half last changed, milliseconds since the epoch. */
  readonly updated: number;
}

export interface Comment {
  readonly id: string;
  readonly incidentId: string;
  readonly author: string;
  readonly at: number;
  readonly text: string;
}

export interface CaseFilter {
  readonly states?: readonly IncidentState[];
  readonly severity?: Severity;
  readonly assignee?: string;
  /** Only incidents every detection of which is aimed at one of these; undefined is all. */
  readonly services?: readonly string[] | undefined;
  readonly limit: number;
  /** The last case of the page before. */
  readonly after?: { readonly lastSeen: number; readonly id: string };
}

/** A place among incidents in the order of their last change. */
export interface ChangedSince {
  readonly at: number;
  readonly id: string;
}

export interface Cases {
  /**
   * Writes what the engine now says of an incident, with the notices it is worth, in one transaction. A resolved
   * incident that was seen again after it was closed is open again, and so is one that is an alarm again. An
   * incident whose detections all went into this one is closed, and says so.
   * @param sample sample traffic brought it
   * @returns the version; unchanged, and without notices, when nothing differs from what is stored
   */
  put(
    incident: Incident,
    detections: readonly Detection[],
    announce: Announce,
    at: number,
    sample?: boolean,
  ): Promise<number>;
  /** The same of several, in one transaction: the disk is waited for once. */
  putAll(verdicts: readonly Verdict[], announce: Announce, at: number, sample?: boolean): Promise<void>;
  /** Notes that these are no alarms any more, and closes incidents that have no alarm left. */
  expected(detections: readonly Detection[], at: number): Promise<Expected>;
  /** Of those that are open. @param services as in CaseFilter */
  counts(services?: readonly string[]): Promise<CaseCounts>;
  /** @param services as in CaseFilter */
  get(id: string, services?: readonly string[]): Promise<Case | undefined>;
  detections(incidentId: string): Promise<readonly Detection[]>;
  /** Incidents either half of which changed after `from`, in the order of their last change. */
  changedSince(from: ChangedSince, limit: number): Promise<readonly ChangedSince[]>;
  /** Latest first. */
  list(filter: CaseFilter): Promise<readonly Case[]>;
  /**
   * Closing it (resolved, false_positive) drops its notices that are still held back.
   * @param unless the case has changed since it was read as this one
   * @returns false when there is no such incident, or it has changed
   */
  change(
    id: string,
    change: { state?: IncidentState; assignee?: string | undefined },
    at: number,
    unless?: Pick<Case, "version" | "updated">,
  ): Promise<boolean>;
  addComment(comment: Comment): Promise<boolean>;
  comments(incidentId: string): Promise<readonly Comment[]>;
  /** Of incidents that sample traffic brought, and of their detections. */
  sampleVerdicts(): Promise<VerdictIds>;
  /** Removes them, with everything that was said of them. */
  removeSample(): Promise<void>;
}

export function caseRecords(db: Kysely<Tables>): Cases {
  return {
    async put(incident, detections, announce, at, sample = false) {
      const verdicts = [{ incident, detections }];
      const said = { announce, at, sample };
      const [version = 0] = await db.transaction().execute((trx) => putCases(trx, verdicts, said));
      return version;
    },
    async putAll(verdicts, announce, at, sample = false) {
      await db.transaction().execute((trx) => putCases(trx, verdicts, { announce, at, sample }));
    },
    expected: (detections, at) => noteExpected(db, detections, at),
    counts: (services) => caseCounts(db, services),
    async get(id, services) {
      let query = db.selectFrom("incidents").selectAll().where("id", "=", id);
      if (services !== undefined) query = query.where(within(services));
      const row = await query.executeTakeFirst();
      return row && toCase(row);
    },
    async detections(incidentId) {
      const query = db.selectFrom("detections").select("document").where("incident_id", "=", incidentId);
      return (await query.orderBy("id").execute()).map(({ document }) => readJson<Detection>(document));
    },
    changedSince({ at, id }, limit) {
      return db
        .selectFrom("incidents")
        .select(["id", "updated as at"])
        .where((where) =>
          where.or([where("updated", ">", at), where.and([where("updated", "=", at), where("id", ">", id)])]),
        )
        .orderBy("updated")
        .orderBy("id")
        .limit(limit)
        .execute();
    },
    async list({ states, severity, assignee, services, limit, after }) {
      let query = db
        .selectFrom("incidents")
        .selectAll()
        .orderBy("last_seen", "desc")
        .orderBy("id")
        .limit(limit);
      if (states !== undefined) query = query.where("state", "in", states);
      if (severity !== undefined) query = query.where("severity", ">=", SEVERITIES.indexOf(severity));
      if (assignee !== undefined) query = query.where("assignee", "=", assignee);
      if (services !== undefined) query = query.where(within(services));
      if (after !== undefined) {
        const { lastSeen, id } = after;
        query = query.where((where) =>
          where.or([
            where("last_seen", "<", lastSeen),
            where.and([where("last_seen", "=", lastSeen), where("id", ">", id)]),
          ]),
        );
      }
      return (await query.execute()).map(toCase);
    },
    change(id, change, at, unless) {
      const closes = change.state === "resolved" || change.state === "false_positive";
      const set = {
        updated: at,
        ...(change.state === undefined ? {} : { state: change.state, closed: closes ? at : null }),
        ...("assignee" in change ? { assignee: change.assignee ?? null } : {}),
      };
      return db.transaction().execute(async (trx) => {
        let query = trx.updateTable("incidents").set(set).where("id", "=", id);
        if (unless !== undefined)
          query = query.where("version", "=", unless.version).where("updated", "=", unless.updated);
        const { numUpdatedRows } = await query.executeTakeFirst();
        const changed = numUpdatedRows === 1n;
        if (changed && closes) await dropWaiting(trx, id);
        return changed;
      });
    },
    addComment({ incidentId, ...rest }) {
      return db.transaction().execute(async (trx) => {
        const found = await trx
          .selectFrom("incidents")
          .select("id")
          .where("id", "=", incidentId)
          .executeTakeFirst();
        if (found === undefined) return false;
        await trx
          .insertInto("comments")
          .values({ incident_id: incidentId, ...rest })
          .execute();
        return true;
      });
    },
    async comments(incidentId) {
      const query = db.selectFrom("comments").selectAll().where("incident_id", "=", incidentId);
      const rows = await query.orderBy("at").orderBy("id").execute();
      return rows.map(({ incident_id, ...rest }) => ({ incidentId: incident_id, ...rest }));
    },
    async sampleVerdicts() {
      const made = db.selectFrom("incidents").select("id").where("sample", "=", 1);
      const verdicts = db.selectFrom("detections").select("id").where("incident_id", "in", made);
      const [incidents, detections] = await Promise.all([made.execute(), verdicts.execute()]);
      return { incidents: incidents.map(({ id }) => id), detections: detections.map(({ id }) => id) };
    },
    async removeSample() {
      await db.transaction().execute(async (trx) => {
        const made = trx.selectFrom("incidents").select("id").where("sample", "=", 1);
        await trx.deleteFrom("outbox").where("incident_id", "in", made).execute();
        // Detections, comments and what routes were told go with their incident.
        await trx.deleteFrom("incidents").where("sample", "=", 1).execute();
      });
    },
  };
}

function toCase(row: Selectable<Tables["incidents"]>): Case {
  return {
    incident: readJson<Incident>(row.document),
    version: row.version,
    state: stateOf(row.state),
    assignee: row.assignee ?? undefined,
    sample: row.sample === 1,
    mergedInto: row.merged_into ?? undefined,
    updated: row.updated,
  };
}
