/** Who did or saw what, when: rows are added and never changed. */
import type { Kysely } from "kysely";
import { readJson } from "./json.ts";
import type { Tables } from "./tables.ts";

export interface AuditEntry {
  readonly at: number;
  /** "user:anna", "key:k-1", "system". */
  readonly actor: string;
  /** "incident.close", "events.export". */
  readonly action: string;
  /** What it was done to: an id, a query, a path. */
  readonly object: string;
  readonly address: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface AuditLog {
  add(entry: AuditEntry): Promise<void>;
  /** Newest first, from before `before` (an id of a row) on. */
  read(options: {
    limit: number;
    before?: number;
    actor?: string;
  }): Promise<readonly (AuditEntry & { id: number })[]>;
}

export function auditLog(db: Kysely<Tables>): AuditLog {
  return {
    async add({ detail, ...entry }) {
      await db
        .insertInto("audit")
        .values({ ...entry, detail: JSON.stringify(detail) })
        .execute();
    },
    async read({ limit, before, actor }) {
      let query = db.selectFrom("audit").selectAll().orderBy("id", "desc").limit(limit);
      if (before !== undefined) query = query.where("id", "<", before);
      if (actor !== undefined) query = query.where("actor", "=", actor);
      return (await query.execute()).map((row) => ({ ...row, detail: readJson(row.detail) }));
    },
  };
}
