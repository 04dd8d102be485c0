/** What people have set: detectors and thresholds, exceptions, saved queries, and single settings by name. */
import type { Kysely } from "kysely";
import { readJson } from "./json.ts";
import type { Tables } from "./tables.ts";

export interface DetectorSetting {
  readonly detector: string;
  readonly enabled: boolean;
  readonly thresholds: Readonly<Record<string, number>>;
  readonly updated: number;
  readonly updatedBy: string;
}

/** What fits all that is given here is not reported. */
export interface Exception {
  readonly id: string;
  readonly detector?: string | undefined;
  readonly category?: string | undefined;
  readonly entityType?: string | undefined;
  readonly entityValue?: string | undefined;
  readonly service?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly reason: string;
  readonly author: string;
  readonly created: number;
  readonly expires?: number | undefined;
}

export interface SavedQuery {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly text: string;
  readonly shared: boolean;
  readonly created: number;
  readonly updated: number;
}

export interface Preferences {
  putDetector(setting: DetectorSetting): Promise<void>;
  detectors(): Promise<readonly DetectorSetting[]>;
  /** @returns false when nothing was set of it */
  removeDetector(detector: string): Promise<boolean>;
  addException(exception: Exception): Promise<void>;
  /** @returns false when there is no such exception */
  changeException(id: string, change: Pick<Exception, "reason" | "expires">): Promise<boolean>;
  removeException(id: string): Promise<boolean>;
  /** Those that hold at `now`. */
  exceptions(now: number): Promise<readonly Exception[]>;
  /** @returns false when the owner has another of that name */
  putQuery(query: SavedQuery): Promise<boolean>;
  removeQuery(id: string, owner: string): Promise<boolean>;
  /** Their own, and what others share. */
  queries(owner: string): Promise<readonly SavedQuery[]>;
  setting(name: string): Promise<unknown>;
  putSetting(name: string, value: unknown): Promise<void>;
}

export function preferenceRecords(db: Kysely<Tables>): Preferences {
  return {
    async putDetector(setting) {
      const row = {
        enabled: setting.enabled ? 1 : 0,
        thresholds: JSON.stringify(setting.thresholds),
        updated: setting.updated,
        updated_by: setting.updatedBy,
      };
      await db
        .insertInto("detector_settings")
        .values({ detector: setting.detector, ...row })
        .onConflict((conflict) => conflict.column("detector").doUpdateSet(row))
        .execute();
    },
    async detectors() {
      const rows = await db.selectFrom("detector_settings").selectAll().orderBy("detector").execute();
      return rows.map(({ updated_by, enabled, thresholds, ...rest }) => ({
        ...rest,
        enabled: enabled === 1,
        thresholds: readJson<Record<string, number>>(thresholds),
        updatedBy: updated_by,
      }));
    },
    async removeDetector(detector) {
      const { numDeletedRows } = await db
        .deleteFrom("detector_settings")
        .where("detector", "=", detector)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async addException({ detector, category, entityType, entityValue, service, endpoint, expires, ...rest }) {
      await db
        .insertInto("exceptions")
        .values({
          ...rest,
          detector: detector ?? "",
          category: category ?? null,
          entity_type: entityType ?? null,
          entity_value: entityValue ?? null,
          service: service ?? null,
          endpoint: endpoint ?? null,
          expires: expires ?? null,
        })
        .execute();
    },
    async changeException(id, { reason, expires }) {
      const { numUpdatedRows } = await db
        .updateTable("exceptions")
        .set({ reason, expires: expires ?? null })
        .where("id", "=", id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async removeException(id) {
      const { numDeletedRows } = await db.deleteFrom("exceptions").where("id", "=", id).executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async exceptions(now) {
      const rows = await db
        .selectFrom("exceptions")
        .selectAll()
        .where((where) => where.or([where("expires", "is", null), where("expires", ">", now)]))
        .orderBy("created")
        .orderBy("id")
        .execute();
      return rows.map(
        ({ detector, category, entity_type, entity_value, service, endpoint, expires, ...rest }) => ({
          ...rest,
          detector: detector === "" ? undefined : detector,
          category: category ?? undefined,
          entityType: entity_type ?? undefined,
          entityValue: entity_value ?? undefined,
          service: service ?? undefined,
          endpoint: endpoint ?? undefined,
          expires: expires ?? undefined,
        }),
      );
    },
    async putQuery(query) {
      const {
        id: _id,
        owner: _owner,
        created: _created,
        ...change
      } = { ...query, shared: query.shared ? 1 : 0 };
      return db.transaction().execute(async (trx) => {
        const same = await trx
          .selectFrom("saved_queries")
          .select("id")
          .where("owner", "=", query.owner)
          .where("name", "=", query.name)
          .executeTakeFirst();
        if (same !== undefined && same.id !== query.id) return false;
        await trx
          .insertInto("saved_queries")
          .values({ ...query, shared: query.shared ? 1 : 0 })
          .onConflict((conflict) =>
            conflict.column("id").doUpdateSet(change).where("saved_queries.owner", "=", query.owner),
          )
          .execute();
        return true;
      });
    },
    async removeQuery(id, owner) {
      const { numDeletedRows } = await db
        .deleteFrom("saved_queries")
        .where("id", "=", id)
        .where("owner", "=", owner)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async queries(owner) {
      const rows = await db
        .selectFrom("saved_queries")
        .selectAll()
        .where((where) => where.or([where("owner", "=", owner), where("shared", "=", 1)]))
        .orderBy("name")
        .orderBy("id")
        .execute();
      return rows.map((row) => ({ ...row, shared: row.shared === 1 }));
    },
    async setting(name) {
      const row = await db.selectFrom("settings").select("value").where("name", "=", name).executeTakeFirst();
      return row === undefined ? undefined : readJson<unknown>(row.value);
    },
    async putSetting(name, value) {
      const text = JSON.stringify(value);
      await db
        .insertInto("settings")
        .values({ name, value: text })
        .onConflict((conflict) => conflict.column("name").doUpdateSet({ value: text }))
        .execute();
    },
  };
}
