/**
 * Notices on their way out. A notice is written in the transaction that changes its incident, marked as begun before
 * it is sent, and as sent when it has gone: a crash loses none, and repeats at most the one that was under way, with
 * the same id and the same words.
 */
import type { Kysely, Selectable } from "kysely";
import { type Announce, type NoticeReason, type ReminderTime, reasonOf, writeReminders } from "./notices.ts";
import type { Tables } from "./tables.ts";

export interface Notice {
  /** Goes out with it, so that a receiver can tell a repeated attempt. */
  readonly id: string;
  readonly incidentId: string;
  /** Name of the route it takes: a sink with its filters. */
  readonly route: string;
  /** Which notice of this incident on this route: 1, 2, … */
  readonly number: number;
  /** Version of the incident it tells of. */
  readonly version: number;
  readonly reason: NoticeReason;
  readonly payload: string;
  readonly created: number;
  readonly attempts: number;
  readonly error: string | undefined;
}

export interface OutboxCounts {
  readonly waiting: number;
  readonly sent: number;
  /** Given up. */
  readonly dead: number;
}

export interface Outbox {
  /** Notices of a route whose time has come, oldest first; of each incident only the earliest that is not done. */
  due(route: string, now: number, limit: number): Promise<readonly Notice[]>;
  /**
   * Counts an attempt, and keeps the notice as it is from now on.
   * @returns the notice as it is to be sent; undefined when it is not needed any more
   */
  begin(id: string): Promise<Notice | undefined>;
  sent(id: string, at: number): Promise<void>;
  /** When notices of a route went out, after `since`; in order, the newest `limit`. */
  sentTimes(route: string, since: number, limit: number): Promise<readonly number[]>;
  /** @param next when to try again; undefined gives up */
  failed(id: string, error: string, next: number | undefined): Promise<void>;
  /** Notices that were given up, newest first. */
  dead(limit: number): Promise<readonly Notice[]>;
  /** Tries a notice again that was given up, as it is. @returns false when it is not dead */
  revive(id: string, at: number): Promise<boolean>;
  /** Gives up what waits for routes that are not among these. @returns how many */
  abandon(routes: readonly string[]): Promise<number>;
  /** Writes reminders of open incidents. @returns how many notices */
  remind(time: ReminderTime, announce: Announce, at: number, limit: number): Promise<number>;
  /** Of one route, or of all. */
  counts(route?: string): Promise<OutboxCounts>;
  /** Forgets what was sent before `before`. @returns how many */
  forgetSent(before: number): Promise<number>;
}

const MAX_ERROR_CHARS = 500;

export function outboxRecords(db: Kysely<Tables>): Outbox {
  return {
    async due(route, now, limit) {
      const rows = await db
        .selectFrom("outbox")
        .selectAll()
        .where("route", "=", route)
        .where("next", "<=", now)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("outbox as earlier")
                .select("earlier.id")
                .whereRef("earlier.incident_id", "=", "outbox.incident_id")
                .whereRef("earlier.route", "=", "outbox.route")
                .whereRef("earlier.number", "<", "outbox.number")
                .where("earlier.next", "is not", null),
            ),
          ),
        )
        .orderBy("next")
        .orderBy("created")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(toNotice);
    },
    async begin(id) {
      const row = await db
        .updateTable("outbox")
        .set((outbox) => ({ attempts: outbox("attempts", "+", 1) }))
        .where("id", "=", id)
        .where("next", "is not", null)
        .returningAll()
        .executeTakeFirst();
      return row && toNotice(row);
    },
    async sent(id, at) {
      await db.updateTable("outbox").set({ sent: at, next: null }).where("id", "=", id).execute();
    },
    async sentTimes(route, since, limit) {
      const rows = await db
        .selectFrom("outbox")
        .select("sent")
        .where("route", "=", route)
        .where("sent", ">", since)
        .orderBy("sent", "desc")
        .limit(limit)
        .execute();
      return rows.flatMap(({ sent }) => sent ?? []).reverse();
    },
    async failed(id, error, next) {
      await db
        .updateTable("outbox")
        .set({ next: next ?? null, error: error.slice(0, MAX_ERROR_CHARS) })
        .where("id", "=", id)
        .where("sent", "is", null)
        .execute();
    },
    async dead(limit) {
      const rows = await db
        .selectFrom("outbox")
        .selectAll()
        .where("next", "is", null)
        .where("sent", "is", null)
        .orderBy("created", "desc")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(toNotice);
    },
    async revive(id, at) {
      const { numUpdatedRows } = await db
        .updateTable("outbox")
        .set({ next: at, attempts: 1 })
        .where("id", "=", id)
        .where("next", "is", null)
        .where("sent", "is", null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async abandon(routes) {
      let query = db
        .updateTable("outbox")
        .set({ next: null, error: "The settings have no route of this name." })
        .where("next", "is not", null);
      if (routes.length > 0) query = query.where("route", "not in", routes);
      const { numUpdatedRows } = await query.executeTakeFirst();
      return Number(numUpdatedRows);
    },
    remind: (time, announce, at, limit) => writeReminders(db, time, announce, at, limit),
    async counts(route) {
      const count = db.fn.countAll<number>();
      let query = db
        .selectFrom("outbox")
        .select([
          count.filterWhere("next", "is not", null).as("waiting"),
          count.filterWhere("sent", "is not", null).as("sent"),
          count.filterWhere("next", "is", null).filterWhere("sent", "is", null).as("dead"),
        ]);
      if (route !== undefined) query = query.where("route", "=", route);
      return query.executeTakeFirstOrThrow();
    },
    async forgetSent(before) {
      const { numDeletedRows } = await db.deleteFrom("outbox").where("sent", "<", before).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function toNotice(row: Selectable<Tables["outbox"]>): Notice {
  const { incident_id, next: _next, sent: _sent, error, reason, ...rest } = row;
  return { ...rest, incidentId: incident_id, reason: reasonOf(reason), error: error ?? undefined };
}
