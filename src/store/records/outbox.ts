/**
 * Notices on their way out. A notice is written in the transaction that changes its incident, once for each
 * version and route, and marked when it has gone: a crash repeats no change and loses no notice.
 */
import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

export interface Notice {
  /** Goes out with it, so that a receiver can tell a repeated attempt. */
  readonly id: string;
  readonly incidentId: string;
  readonly version: number;
  /** Name of the route it takes: a sink with its filters. */
  readonly route: string;
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
  /** Notices whose time has come, oldest first. */
  due(now: number, limit: number): Promise<readonly Notice[]>;
  sent(id: string, at: number): Promise<void>;
  /** @param next when to try again; undefined gives up */
  failed(id: string, error: string, next: number | undefined): Promise<void>;
  counts(): Promise<OutboxCounts>;
  /** Forgets what was sent before `before`. @returns how many */
  forgetSent(before: number): Promise<number>;
}

const MAX_ERROR_CHARS = 500;

export function outboxRecords(db: Kysely<Tables>): Outbox {
  return {
    async due(now, limit) {
      const rows = await db
        .selectFrom("outbox")
        .selectAll()
        .where("next", "<=", now)
        .orderBy("next")
        .orderBy("created")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(({ incident_id, next: _next, sent: _sent, error, ...rest }) => ({
        ...rest,
        incidentId: incident_id,
        error: error ?? undefined,
      }));
    },
    async sent(id, at) {
      await db
        .updateTable("outbox")
        .set((row) => ({ sent: at, next: null, attempts: row("attempts", "+", 1) }))
        .where("id", "=", id)
        .execute();
    },
    async failed(id, error, next) {
      await db
        .updateTable("outbox")
        .set((row) => ({
          next: next ?? null,
          error: error.slice(0, MAX_ERROR_CHARS),
          attempts: row("attempts", "+", 1),
        }))
        .where("id", "=", id)
        .where("sent", "is", null)
        .execute();
    },
    async counts() {
      const count = db.fn.countAll<number>();
      const of = async (next: "is" | "is not", sent: "is" | "is not") => {
        const query = db
          .selectFrom("outbox")
          .select(count.as("n"))
          .where("next", next, null)
          .where("sent", sent, null);
        return (await query.executeTakeFirstOrThrow()).n;
      };
      return {
        waiting: await of("is not", "is"),
        sent: await of("is", "is not"),
        dead: await of("is", "is"),
      };
    },
    async forgetSent(before) {
      const { numDeletedRows } = await db.deleteFrom("outbox").where("sent", "<", before).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
