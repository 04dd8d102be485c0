/** Queries that people keep, for themselves or for others. */
import { z } from "zod";
import type { SavedQuery } from "../../../store/records/preferences.ts";
import type { Principal } from "../../access/principal.ts";
import { id, name, text, time, when } from "../fields.ts";
import { route } from "../route.ts";

const given = z.strictObject({ name, query: text.min(1), shared: z.boolean().default(false) });
const saved = z.strictObject({
  id: z.string(),
  name: z.string(),
  query: z.string(),
  shared: z.boolean(),
  owner: z.string(),
  own: z.boolean(),
  updated: time,
});

export const savedQueryRoutes = [
  route({
    method: "GET",
    path: "/queries",
    tag: "saved queries",
    summary: "One's own saved queries, and those that others share.",
    need: "queries:read",
    audit: null,
    answer: z.strictObject({ queries: z.array(saved) }),
    handle: async ({ view, principal }) => ({
      queries: (await view.savedQueries()).map((query) => shown(query, principal)),
    }),
  }),
  route({
    method: "POST",
    path: "/queries",
    tag: "saved queries",
    summary: "Save a query.",
    need: "queries:write",
    audit: "queries.add",
    object: ({ body }) => body.name,
    problems: ["NAME_TAKEN", "LIMIT_REACHED"],
    body: given,
    status: 201,
    answer: saved,
    handle: async ({ view, body: { query, ...rest }, principal }) =>
      shown(await view.saveQuery(undefined, { ...rest, text: query }), principal),
  }),
  route({
    method: "PUT",
    path: "/queries/{id}",
    tag: "saved queries",
    summary: "Change a saved query of one's own.",
    need: "queries:write",
    audit: "queries.change",
    problems: ["NOT_FOUND", "NAME_TAKEN"],
    params: z.strictObject({ id }),
    body: given,
    answer: saved,
    handle: async ({ view, params, body: { query, ...rest }, principal }) =>
      shown(await view.saveQuery(params.id, { ...rest, text: query }), principal),
  }),
  route({
    method: "DELETE",
    path: "/queries/{id}",
    tag: "saved queries",
    summary: "Remove a saved query of one's own.",
    need: "queries:write",
    audit: "queries.remove",
    problems: ["NOT_FOUND"],
    params: z.strictObject({ id }),
    async handle({ view, params }) {
      await view.removeQuery(params.id);
      return undefined;
    },
  }),
];

function shown(
  { text: query, created: _, ...rest }: SavedQuery,
  { actor }: Principal,
): z.input<typeof saved> {
  return { ...rest, query, own: rest.owner === actor, updated: when(rest.updated) };
}
