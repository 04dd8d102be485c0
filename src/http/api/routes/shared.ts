/** Views of incidents that people keep, and links to pages that end by themselves. */
import { z } from "zod";
import { LINKED_PAGES, type SharedLink } from "../../../store/records/shares.ts";
import { id, name, text, time, when } from "../fields.ts";
import { route } from "../route.ts";

const DAY_MS = 86_400_000;
const MOST_DAYS = 90;
/** What stands in an address of the console. */
const search = z
  .record(z.string().regex(/^[a-z]{1,20}$/, "A name in an address is small letters"), text)
  .refine((given) => Object.keys(given).length <= 12, "At most 12 of them");
const view = z.strictObject({ id: z.string(), name: z.string(), search, updated: time });
const link = z.strictObject({
  id: z.string(),
  page: z.enum(LINKED_PAGES),
  search,
  owner: z.string(),
  created: time,
  expires: time,
});

export const sharedRoutes = [
  route({
    method: "GET",
    path: "/views",
    tag: "views and links",
    summary: "One's own views of incidents.",
    need: "queries:read",
    audit: null,
    answer: z.strictObject({ views: z.array(view) }),
    handle: async ({ view: own }) => ({
      views: (await own.incidentViews()).map(({ owner: _, updated, ...rest }) => ({
        ...rest,
        updated: when(updated),
      })),
    }),
  }),
  route({
    method: "PUT",
    path: "/views",
    tag: "views and links",
    summary: "Keep filters of incidents under a name, in the place of what was kept under it.",
    need: "queries:write",
    audit: "views.save",
    object: ({ body }) => body.name,
    problems: ["LIMIT_REACHED"],
    body: z.strictObject({ name, search }),
    async handle({ view: own, body }) {
      await own.saveIncidentView(body);
      return undefined;
    },
  }),
  route({
    method: "DELETE",
    path: "/views/{id}",
    tag: "views and links",
    summary: "Remove a view of one's own.",
    need: "queries:write",
    audit: "views.remove",
    problems: ["NOT_FOUND"],
    params: z.strictObject({ id }),
    async handle({ view: own, params }) {
      await own.removeIncidentView(params.id);
      return undefined;
    },
  }),
  route({
    method: "GET",
    path: "/links",
    tag: "views and links",
    summary: "One's own links that hold.",
    need: "queries:read",
    audit: null,
    answer: z.strictObject({ links: z.array(link) }),
    handle: async ({ view: own }) => ({ links: (await own.links()).map(shown) }),
  }),
  route({
    method: "POST",
    path: "/links",
    tag: "views and links",
    summary: `Make a link to a page of the console that ends after so many days: ${MOST_DAYS} at most.`,
    need: "queries:write",
    audit: "links.add",
    object: ({ body }) => body.page,
    problems: ["LIMIT_REACHED"],
    body: z.strictObject({
      page: z.enum(LINKED_PAGES),
      search,
      days: z.number().int().min(1).max(MOST_DAYS),
    }),
    status: 201,
    answer: link,
    handle: async ({ view: own, body: { days, ...rest }, now }) =>
      shown(await own.addLink({ ...rest, expires: now + days * DAY_MS })),
  }),
  route({
    method: "GET",
    path: "/links/{id}",
    tag: "views and links",
    summary: "Where a link leads: for who may see every service that its maker saw.",
    need: "queries:read",
    audit: "links.open",
    problems: ["NOT_FOUND"],
    params: z.strictObject({ id }),
    answer: link,
    handle: async ({ view: own, params }) => shown(await own.link(params.id)),
  }),
  route({
    method: "DELETE",
    path: "/links/{id}",
    tag: "views and links",
    summary: "End a link of one's own.",
    need: "queries:write",
    audit: "links.remove",
    problems: ["NOT_FOUND"],
    params: z.strictObject({ id }),
    async handle({ view: own, params }) {
      await own.removeLink(params.id);
      return undefined;
    },
  }),
];

function shown({ services: _, created, expires, ...rest }: SharedLink): z.input<typeof link> {
  return { ...rest, created: when(created), expires: when(expires) };
}
