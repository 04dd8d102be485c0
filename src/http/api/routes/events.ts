/** One event, and what happened around it. */
import { z } from "zod";
import { VedetteError } from "../../../errors.ts";
import { formatString } from "../../../explore/query/format.ts";
import { count, id, row } from "../fields.ts";
import { route } from "../route.ts";

/** What events around another can have in common with it. */
const SHARED = [
  "client.address",
  "user.id",
  "session.id",
  "api_key.fingerprint",
  "device.fingerprint",
  "organization.id",
  "trace_id",
  "http.route",
  "service.name",
] as const;
const MINUTE_MS = 60_000;

export const eventRoutes = [
  route({
    method: "GET",
    path: "/events/{id}",
    tag: "events",
    summary: "One stored event.",
    need: "events:read",
    audit: "events.read",
    problems: ["NOT_FOUND"],
    params: z.strictObject({ id }),
    answer: row,
    handle: async ({ view, params }) => view.event(params.id),
  }),
  route({
    method: "GET",
    path: "/events/{id}/around",
    tag: "events",
    summary: "The events before and after one, of the same client, user or service.",
    need: "events:read",
    audit: "events.read",
    problems: ["NOT_FOUND"],
    params: z.strictObject({ id }),
    query: z.strictObject({
      by: z.enum(SHARED).default("client.address"),
      minutes: count(1, 1_440, 10),
      limit: count(1, 500, 50),
    }),
    answer: z.strictObject({ event: row, before: z.array(row).readonly(), after: z.array(row).readonly() }),
    async handle({ view, params, query }) {
      const event = await view.event(params.id);
      const value = event[query.by];
      if (typeof value !== "string" || value === "")
        throw new VedetteError("REQUEST_INVALID", `The event has no ${query.by}`, "by");
      const at = Date.parse(String(event.timestamp));
      const span = query.minutes * MINUTE_MS;
      const alike = `events | where ${query.by} == ${formatString(value)} and event.id != ${formatString(params.id)}`;
      const [before, after] = await Promise.all([
        view.rows(
          `${alike} | top ${query.limit} by timestamp desc`,
          { from: at - span, to: at },
          query.limit,
        ),
        view.rows(`${alike} | top ${query.limit} by timestamp asc`, { from: at, to: at + span }, query.limit),
      ]);
      return { event, before: before.toReversed(), after };
    },
  }),
];
