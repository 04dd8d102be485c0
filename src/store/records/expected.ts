/**
 * Incidents on record all of whose alarms people now expect, or their detectors took back: closed until something in
 * them is an alarm again.
 */
import { randomUUID } from "node:crypto";
import type { Kysely, Transaction } from "kysely";
import type { Detection } from "../../event.ts";
import { OWN_NAME } from "./merges.ts";
import { dropWaiting } from "./notices.ts";
import type { Tables } from "./tables.ts";

export interface Expected {
  /** Incidents that have some of them; each has a new version. */
  readonly incidents: readonly string[];
  /** Those that no incident has: they are not on record. */
  readonly loose: readonly Detection[];
}

/** Notes that these detections are no alarms any more, and closes the incidents that have no alarm left. */
export async function noteExpected(
  db: Kysely<Tables>,
  detections: readonly Detection[],
  at: number,
): Promise<Expected> {
  return db.transaction().execute(async (trx) => {
    const incidents = new Map<string, Detection>();
    const loose: Detection[] = [];
    for (const detection of detections) {
      const row = await trx
        .updateTable("detections")
        .set({ document: JSON.stringify(detection), severity: detection.severity })
        .where("id", "=", detection.id)
        .returning("incident_id")
        .executeTakeFirst();
      if (row === undefined) loose.push(detection);
      else incidents.set(row.incident_id, detection);
    }
    for (const [id, detection] of incidents) {
      await trx
        .updateTable("incidents")
        .set((incident) => ({ version: incident("version", "+", 1), updated: at }))
        .where("id", "=", id)
        .execute();
      if (!(await hasAlarm(trx, id))) await close(trx, id, detection, at);
    }
    return { incidents: [...incidents.keys()], loose };
  });
}

async function hasAlarm(trx: Transaction<Tables>, id: string): Promise<boolean> {
  const alarm = await trx
    .selectFrom("detections")
    .select("id")
    .where("incident_id", "=", id)
    .where("severity", "!=", "info")
    .executeTakeFirst();
  return alarm !== undefined;
}

async function close(
  trx: Transaction<Tables>,
  id: string,
  { exception, detector, explanation }: Detection,
  at: number,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable("incidents")
    .set({ state: "resolved", closed: at, expected_by: exception?.id ?? detector })
    .where("id", "=", id)
    .where("state", "in", ["open", "acknowledged"])
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  await dropWaiting(trx, id);
  const text =
    exception === undefined
      ? `Taken back by the detector ${detector}: ${explanation}`
      : `Expected, by exception ${exception.id}: ${exception.reason}`;
  await trx
    .insertInto("comments")
    .values({ id: randomUUID(), incident_id: id, author: OWN_NAME, at, text })
    .execute();
}
