/** Where events come from, and how far each has been read. */
import type { Kysely } from "kysely";
import { readJson } from "./json.ts";
import type { Tables } from "./tables.ts";

export interface Source {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Offsets and the like, as the source itself understands them. */
  readonly progress: Readonly<Record<string, unknown>>;
  readonly created: number;
  readonly updated: number;
}

export interface Sources {
  put(source: Source): Promise<void>;
  noteProgress(id: string, progress: Source["progress"], at: number): Promise<void>;
  get(id: string): Promise<Source | undefined>;
  list(): Promise<readonly Source[]>;
  remove(id: string): Promise<boolean>;
}

export function sourceRecords(db: Kysely<Tables>): Sources {
  const read = (row: Tables["sources"]): Source => ({
    ...row,
    settings: readJson(row.settings),
    progress: readJson(row.progress),
  });
  return {
    async put(source) {
      const row = {
        ...source,
        settings: JSON.stringify(source.settings),
        progress: JSON.stringify(source.progress),
      };
      const { id: _id, created: _created, ...rest } = row;
      await db
        .insertInto("sources")
        .values(row)
        .onConflict((conflict) => conflict.column("id").doUpdateSet(rest))
        .execute();
    },
    async noteProgress(id, progress, at) {
      await db
        .updateTable("sources")
        .set({ progress: JSON.stringify(progress), updated: at })
        .where("id", "=", id)
        .execute();
    },
    async get(id) {
      const row = await db.selectFrom("sources").selectAll().where("id", "=", id).executeTakeFirst();
      return row && read(row);
    },
    async list() {
      return (await db.selectFrom("sources").selectAll().orderBy("created").orderBy("id").execute()).map(
        read,
      );
    },
    async remove(id) {
      const { numDeletedRows } = await db.deleteFrom("sources").where("id", "=", id).executeTakeFirst();
      return numDeletedRows === 1n;
    },
  };
}
