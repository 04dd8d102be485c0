/** What people keep of the console for themselves, and hand to others for a while. */
import type { Kysely } from "kysely";
import { readJson } from "./json.ts";
import type { Tables } from "./tables.ts";

/** What stands in an address of the console, by name. */
export type Search = Readonly<Record<string, string>>;

/** Incidents filtered so and so. */
export interface IncidentView {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly search: Search;
  readonly updated: number;
}

export const LINKED_PAGES = ["explore", "incidents"] as const;

/** A page as its maker saw it, until a day. */
export interface SharedLink {
  readonly id: string;
  readonly owner: string;
  /** That the maker saw when it was made. */
  readonly services: "all" | readonly string[];
  readonly page: (typeof LINKED_PAGES)[number];
  readonly search: Search;
  readonly created: number;
  readonly expires: number;
}

export interface Shares {
  /** Takes the place of the owner's view of that name. */
  putView(view: IncidentView): Promise<void>;
  /** @returns false when the owner has no such view */
  removeView(id: string, owner: string): Promise<boolean>;
  views(owner: string): Promise<readonly IncidentView[]>;
  addLink(link: SharedLink): Promise<void>;
  /** Those that hold at `now`, as in the rest. */
  link(id: string, now: number): Promise<SharedLink | undefined>;
  links(owner: string, now: number): Promise<readonly SharedLink[]>;
  /** @returns false when the owner has no such link */
  removeLink(id: string, owner: string): Promise<boolean>;
  /** Forgets those that no longer hold. */
  removeExpired(now: number): Promise<void>;
}

export function shareRecords(db: Kysely<Tables>): Shares {
  return {
    async putView({ search, ...view }) {
      const text = JSON.stringify(search);
      await db
        .insertInto("incident_views")
        .values({ ...view, search: text })
        .onConflict((conflict) =>
          conflict.columns(["owner", "name"]).doUpdateSet({ search: text, updated: view.updated }),
        )
        .execute();
    },
    async removeView(id, owner) {
      const { numDeletedRows } = await db
        .deleteFrom("incident_views")
        .where("id", "=", id)
        .where("owner", "=", owner)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async views(owner) {
      const rows = await db
        .selectFrom("incident_views")
        .selectAll()
        .where("owner", "=", owner)
        .orderBy("name")
        .execute();
      return rows.map(({ search, ...row }) => ({ ...row, search: readJson<Search>(search) }));
    },
    async addLink({ services, search, ...link }) {
      await db
        .insertInto("shared_links")
        .values({
          ...link,
          services: services === "all" ? null : JSON.stringify(services),
          search: JSON.stringify(search),
        })
        .execute();
    },
    async link(id, now) {
      const row = await db
        .selectFrom("shared_links")
        .selectAll()
        .where("id", "=", id)
        .where("expires", ">", now)
        .executeTakeFirst();
      return row === undefined ? undefined : linkOf(row);
    },
    async links(owner, now) {
      const rows = await db
        .selectFrom("shared_links")
        .selectAll()
        .where("owner", "=", owner)
        .where("expires", ">", now)
        .orderBy("expires")
        .orderBy("id")
        .execute();
      return rows.map(linkOf);
    },
    async removeLink(id, owner) {
      const { numDeletedRows } = await db
        .deleteFrom("shared_links")
        .where("id", "=", id)
        .where("owner", "=", owner)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    async removeExpired(now) {
      await db.deleteFrom("shared_links").where("expires", "<=", now).execute();
    },
  };
}

function linkOf({ services, search, page, ...row }: Tables["shared_links"]): SharedLink {
  return {
    ...row,
    page: LINKED_PAGES.find((each) => each === page) ?? "explore",
    services: services === null ? "all" : readJson<readonly string[]>(services),
    search: readJson<Search>(search),
  };
}
