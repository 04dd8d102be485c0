/** Views that one principal keeps, and links that lead others to a page as this one sees it. */
import { randomUUID } from "node:crypto";
import { VedetteError } from "../../errors.ts";
import type { IncidentView, SharedLink, Shares } from "../../store/records/shares.ts";
import { maySee, type Principal } from "./principal.ts";

export interface Shared {
  incidentViews(): Promise<readonly IncidentView[]>;
  /** Takes the place of the one of that name. @throws VedetteError LIMIT_REACHED */
  saveIncidentView(view: Pick<IncidentView, "name" | "search">): Promise<void>;
  /** @throws VedetteError NOT_FOUND */
  removeIncidentView(id: string): Promise<void>;
  /** One's own. */
  links(): Promise<readonly SharedLink[]>;
  /** @throws VedetteError LIMIT_REACHED */
  addLink(link: Pick<SharedLink, "page" | "search" | "expires">): Promise<SharedLink>;
  /** @throws VedetteError NOT_FOUND, also when it is over, and for who sees less than its maker saw */
  link(id: string): Promise<SharedLink>;
  /** @throws VedetteError NOT_FOUND */
  removeLink(id: string): Promise<void>;
}

const MOST_VIEWS = 100;
const MOST_LINKS = 200;

export function sharedOf(principal: Principal, shares: Shares, now: () => number): Shared {
  const { actor, services } = principal;
  /** What somebody asked may name all that they saw. */
  const seesAllOf = ({ services: seen }: SharedLink) =>
    seen === "all" ? services === "all" : seen.every((service) => maySee(principal, service));
  return {
    incidentViews: () => shares.views(actor),
    async saveIncidentView(given) {
      const own = await shares.views(actor);
      if (own.length >= MOST_VIEWS && !own.some(({ name }) => name === given.name))
        throw new VedetteError("LIMIT_REACHED", `There are ${MOST_VIEWS} views already`);
      await shares.putView({ ...given, id: randomUUID(), owner: actor, updated: now() });
    },
    async removeIncidentView(id) {
      if (!(await shares.removeView(id, actor))) missing("view", id);
    },
    links: () => shares.links(actor, now()),
    async addLink(given) {
      await shares.removeExpired(now());
      if ((await shares.links(actor, now())).length >= MOST_LINKS)
        throw new VedetteError("LIMIT_REACHED", `There are ${MOST_LINKS} links already`);
      const made = { ...given, id: randomUUID(), owner: actor, services, created: now() };
      await shares.addLink(made);
      return made;
    },
    async link(id) {
      const found = await shares.link(id, now());
      return found !== undefined && seesAllOf(found) ? found : missing("link", id);
    },
    async removeLink(id) {
      if (!(await shares.removeLink(id, actor))) missing("link", id);
    },
  };
}

function missing(what: string, id: string): never {
  throw new VedetteError("NOT_FOUND", `There is no such ${what}`, id.slice(0, 200));
}
