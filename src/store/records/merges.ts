/**
 * Attacks that turn out to be one: an incident that takes over all detections of an earlier record closes it, in the
 * same transaction. The earlier record stays, with a comment and a link to the one it went into.
 */
import { randomUUID } from "node:crypto";
import type { Transaction } from "kysely";
import type { Incident } from "../../event.ts";
import { dropWaiting } from "./notices.ts";
import { parts } from "./parts.ts";
import type { Tables } from "./tables.ts";

/** Who comments where no person does. */
export const OWN_NAME = "vedette";

/** Incidents on record that hold detections which are now another's. */
export async function holdersOf(
  trx: Transaction<Tables>,
  incidents: readonly Incident[],
): Promise<readonly string[]> {
  const owners = new Map(incidents.flatMap(({ id, detections }) => detections.map((each) => [each, id])));
  const holders = new Set<string>();
  for (const ids of parts([...owners.keys()])) {
    const rows = await trx
      .selectFrom("detections")
      .select(["id", "incident_id"])
      .where("id", "in", ids)
      .execute();
    for (const { id, incident_id } of rows) if (owners.get(id) !== incident_id) holders.add(incident_id);
  }
  return [...holders].sort();
}

export interface Absorbed {
  readonly id: string;
  readonly state: string;
  readonly assignee: string | null;
  /** Alert routes that were told of it. */
  readonly told: readonly string[];
}

/** Closes those of `holders` that have no detection left. @returns what went into the incident */
export async function absorb(
  trx: Transaction<Tables>,
  incident: Incident,
  holders: readonly string[],
  at: number,
): Promise<readonly Absorbed[]> {
  const absorbed: Absorbed[] = [];
  for (const id of holders) {
    const left = await trx
      .selectFrom("detections")
      .select("id")
      .where("incident_id", "=", id)
      .executeTakeFirst();
    const known = await trx
      .selectFrom("incidents")
      .select(["state", "assignee"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (left !== undefined || known === undefined) continue;
    absorbed.push({ id, ...known, told: await toldOf(trx, id) });
    await dropWaiting(trx, id);
    const closes = known.state === "open" || known.state === "acknowledged";
    await trx
      .updateTable("incidents")
      .set({ merged_into: incident.id, updated: at, ...(closes ? { state: "resolved", closed: at } : {}) })
      .where("id", "=", id)
      .execute();
    const text = `Merged into incident ${incident.id}: what it tells is a part of that attack.`;
    await trx
      .insertInto("comments")
      .values({ id: randomUUID(), incident_id: id, author: OWN_NAME, at, text })
      .execute();
  }
  return absorbed;
}

/** A route whose only notice nobody has begun to send knows nothing yet. */
async function toldOf(trx: Transaction<Tables>, id: string): Promise<readonly string[]> {
  const notified = await trx
    .selectFrom("notified")
    .select(["route", "number"])
    .where("incident_id", "=", id)
    .execute();
  const waiting = await trx
    .selectFrom("outbox")
    .select("route")
    .where("incident_id", "=", id)
    .where("attempts", "=", 0)
    .where("next", "is not", null)
    .execute();
  return notified
    .filter(({ route, number }) => number > (waiting.some((row) => row.route === route) ? 1 : 0))
    .map(({ route }) => route);
}
