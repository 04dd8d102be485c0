/**
 * How notices come to be: in the transaction that changes an incident, the routes are asked what the change is
 * worth to them. A notice that nobody has begun to send takes up later changes, so that it tells the newest state.
 */
import { randomUUID } from "node:crypto";
import type { Insertable, Kysely, Transaction } from "kysely";
import {
  type Detection,
  type Incident,
  OUTCOMES,
  type Outcome,
  SEVERITIES,
  type Severity,
} from "../../event.ts";
import type { IncidentState } from "./incident-state.ts";
import { readJson } from "./json.ts";
import { parts } from "./parts.ts";
import type { Tables } from "./tables.ts";

/** Why a notice goes out, the weightiest first. */
export const NOTICE_REASONS = ["new", "reopened", "severity", "outcome", "merged", "reminder"] as const;
export type NoticeReason = (typeof NOTICE_REASONS)[number];

/** What a route has been told of an incident, or will be by a notice that waits. */
export interface Notified {
  /** The highest that was told. */
  readonly severity: Severity;
  readonly outcome: Outcome;
  /** When it was last told something, milliseconds since the epoch. */
  readonly at: number;
  /** Reminders since the last real change. */
  readonly reminders: number;
}

/** A notice that nobody has begun to send. */
export interface Waiting {
  readonly reason: NoticeReason;
  readonly due: number;
}

export interface IncidentChange {
  readonly incident: Incident;
  readonly detections: readonly Detection[];
  readonly version: number;
  readonly state: IncidentState;
  /** It had been resolved, and goes on. */
  readonly reopened: boolean;
  /** What went into it with this change, and which routes were told of it. */
  readonly absorbed: readonly { readonly id: string; readonly told: readonly string[] }[];
  readonly at: number;
}

/** What is known by the name of each route. */
export interface Told {
  readonly notified: ReadonlyMap<string, Notified>;
  readonly waiting: ReadonlyMap<string, Waiting>;
  /** Incidents that have gone into this one, now or before. */
  readonly merged: readonly string[];
}

export interface NoticeDraft extends Waiting {
  readonly route: string;
  readonly payload: string;
  readonly notified: Notified;
}

/** Which notices a change is worth: at most one a route. It must not wait for anything. */
export type Announce = (change: IncidentChange, told: Told) => readonly NoticeDraft[];

/** @param changes of as many incidents. @returns how many notices were written */
export async function writeNotices(
  trx: Transaction<Tables>,
  changes: readonly IncidentChange[],
  announce: Announce,
): Promise<number> {
  let written = 0;
  for (const some of parts(changes)) written += await writePart(trx, some, announce);
  return written;
}

async function writePart(
  trx: Transaction<Tables>,
  changes: readonly IncidentChange[],
  announce: Announce,
): Promise<number> {
  const ids = changes.map(({ incident }) => incident.id);
  const known = await trx.selectFrom("notified").selectAll().where("incident_id", "in", ids).execute();
  const waiting = await trx
    .selectFrom("outbox")
    .select(["id", "incident_id", "route", "reason", "next", "created"])
    .where("incident_id", "in", ids)
    .where("attempts", "=", 0)
    .where("next", "is not", null)
    .execute();
  const merged = await trx
    .selectFrom("incidents")
    .select(["id", "merged_into"])
    .where("merged_into", "in", ids)
    .orderBy("id")
    .execute();
  const notices: Insertable<Tables["outbox"]>[] = [];
  const told: Insertable<Tables["notified"]>[] = [];
  for (const change of changes) {
    const { id } = change.incident;
    const its = known.filter(({ incident_id }) => incident_id === id);
    const held = waiting.filter(({ incident_id }) => incident_id === id);
    const drafts = announce(change, {
      merged: merged.flatMap((row) => (row.merged_into === id ? row.id : [])),
      notified: new Map(its.map((row) => [row.route, toNotified(row)])),
      waiting: new Map(
        held.map(({ route, reason, next }) => [route, { reason: reasonOf(reason), due: next ?? 0 }]),
      ),
    });
    for (const { route, reason, due, payload, notified } of drafts) {
      const same = held.find((row) => row.route === route);
      const number = (its.find((row) => row.route === route)?.number ?? 0) + (same === undefined ? 1 : 0);
      const { id: noticeId, created } = same ?? { id: randomUUID(), created: change.at };
      const said = { version: change.version, reason, payload, next: due };
      notices.push({ id: noticeId, incident_id: id, route, number, created, ...said });
      told.push({ incident_id: id, route, number, ...notified });
    }
  }
  for (const some of parts(notices)) {
    await trx
      .insertInto("outbox")
      .values(some)
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((row) => ({
          version: row.ref("excluded.version"),
          reason: row.ref("excluded.reason"),
          payload: row.ref("excluded.payload"),
          next: row.ref("excluded.next"),
        })),
      )
      .execute();
  }
  for (const some of parts(told)) {
    await trx
      .insertInto("notified")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["incident_id", "route"]).doUpdateSet((row) => ({
          number: row.ref("excluded.number"),
          severity: row.ref("excluded.severity"),
          outcome: row.ref("excluded.outcome"),
          at: row.ref("excluded.at"),
          reminders: row.ref("excluded.reminders"),
        })),
      )
      .execute();
  }
  return notices.length;
}

/** Notices that nobody has begun to send are not needed any more. */
export async function dropWaiting(trx: Transaction<Tables>, incidentId: string): Promise<void> {
  await trx
    .deleteFrom("outbox")
    .where("incident_id", "=", incidentId)
    .where("attempts", "=", 0)
    .where("next", "is not", null)
    .execute();
}

export interface ReminderTime {
  readonly route: string;
  /** Incidents that were last told of at this time or before. */
  readonly toldBefore: number;
  readonly most: number;
}

/** Asks again about open incidents that a route was last told of long ago. @returns how many notices were written */
export async function writeReminders(
  db: Kysely<Tables>,
  { route, toldBefore, most }: ReminderTime,
  announce: Announce,
  at: number,
  limit: number,
): Promise<number> {
  const due = await db
    .selectFrom("notified")
    .innerJoin("incidents", "incidents.id", "notified.incident_id")
    .select("incident_id")
    .where("route", "=", route)
    .where("at", "<=", toldBefore)
    .where("reminders", "<", most)
    .where("state", "=", "open")
    .orderBy("at")
    .limit(limit)
    .execute();
  let written = 0;
  for (const { incident_id: id } of due) {
    written += await db.transaction().execute(async (trx) => {
      const row = await trx.selectFrom("incidents").selectAll().where("id", "=", id).executeTakeFirst();
      if (row === undefined || row.state !== "open") return 0;
      const documents = await trx
        .selectFrom("detections")
        .select("document")
        .where("incident_id", "=", id)
        .orderBy("id")
        .execute();
      const change: IncidentChange = {
        incident: readJson<Incident>(row.document),
        detections: documents.map(({ document }) => readJson<Detection>(document)),
        version: row.version,
        state: "open",
        reopened: false,
        absorbed: [],
        at,
      };
      const notices = await writeNotices(trx, [change], announce);
      // Nothing to remind of until there is news: it would only be asked again, before others.
      if (notices === 0) {
        await trx
          .updateTable("notified")
          .set({ reminders: most })
          .where("incident_id", "=", id)
          .where("route", "=", route)
          .execute();
      }
      return notices;
    });
  }
  return written;
}

function toNotified(row: Tables["notified"]): Notified {
  return {
    severity: SEVERITIES.find((severity) => severity === row.severity) ?? "info",
    outcome: OUTCOMES.find((outcome) => outcome === row.outcome) ?? "unknown",
    at: row.at,
    reminders: row.reminders,
  };
}

export function reasonOf(text: string): NoticeReason {
  return NOTICE_REASONS.find((reason) => reason === text) ?? "new";
}
