/** Incidents on record all of whose alarms people now expect: closed until something in them is an alarm again. */
import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Detection } from "../../event.ts";
import { OWN_NAME } from "./merges.ts";
import { dropWaiting } from "./notices.ts";
import type { Tables } from "./tables.ts";

/**
 * Notes that these detections fit an exception. Those that no incident has are not on record and stay so.
 * @returns the incidents that were closed by it
 */
export async function noteExpected(
  db: Kysely<Tables>,
  detections: readonly Detection[],
  at: number,
): Promise<readonly string[]> {
  return db.transaction().execute(async (trx) => {
    const incidents = new Map<string, Detection>();
    for (const detection of detections) {
      const row = await trx
        .updateTable("detections")
        .set({ document: JSON.stringify(detection) })
        .where("id", "=", detection.id)
        .returning("incident_id")
        .executeTakeFirst();
      if (row !== undefined) incidents.set(row.incident_id, detection);
    }
    const closed: string[] = [];
    for (const [id, { exception }] of incidents) {
      const alarm = await trx
        .selectFrom("detections")
        .select("id")
        .where("incident_id", "=", id)
        .where(sql<string>`json_extract(document, '$.severity')`, "!=", "info")
        .executeTakeFirst();
      if (alarm !== undefined || exception === undefined) continue;
      const { numUpdatedRows } = await trx
        .updateTable("incidents")
        .set({ state: "resolved", closed: at, updated: at, expected_by: exception.id })
        .where("id", "=", id)
        .where("state", "in", ["open", "acknowledged"])
        .executeTakeFirst();
      if (numUpdatedRows === 0n) continue;
      await dropWaiting(trx, id);
      const text = `Expected, by exception ${exception.id}: ${exception.reason}`;
      await trx
        .insertInto("comments")
        .values({ id: randomUUID(), incident_id: id, author: OWN_NAME, at, text })
        .execute();
      closed.push(id);
    }
    return closed;
  });
}
