/** Alerts: a test of their way, and those that were given up with the way to have them tried again. */
import { z } from "zod";
import { VedetteError } from "../../../errors.ts";
import type { Alerts } from "../../../respond/alerts.ts";
import { NOTICE_REASONS } from "../../../store/records/notices.ts";
import type { Outbox } from "../../../store/records/outbox.ts";
import { count, id, name, time, when } from "../fields.ts";
import { route } from "../route.ts";

export function alertRoutes(outbox: Pick<Outbox, "dead" | "revive">, alerts: Pick<Alerts, "test">) {
  return [
    route({
      method: "POST",
      path: "/alerts/routes/{route}/test",
      tag: "alerts",
      summary:
        "Send a test, marked as one, the way that alerts of a route go; the answer says whether it was taken.",
      need: "incidents:write",
      whole: true,
      audit: "alerts.test",
      problems: ["NOT_FOUND"],
      params: z.strictObject({ route: name }),
      answer: z.strictObject({
        delivered: z.boolean(),
        /** What happened instead, without secrets. */
        error: z.string().nullable(),
      }),
      async handle({ params }) {
        const result = await alerts.test(params.route);
        if (result === undefined)
          throw new VedetteError("NOT_FOUND", "There is no alert route of this name", params.route);
        return { delivered: result.ok, error: result.ok ? null : result.error };
      },
    }),
    route({
      method: "GET",
      path: "/alerts/dead",
      tag: "alerts",
      summary: "Alerts that were given up, newest first.",
      need: "incidents:read",
      whole: true,
      audit: "alerts.read",
      query: z.strictObject({ limit: count(1, 500, 100) }),
      answer: z.strictObject({
        alerts: z.array(
          z.strictObject({
            id: z.string(),
            incident: z.string(),
            route: z.string(),
            reason: z.enum(NOTICE_REASONS),
            created: time,
            attempts: z.number(),
            error: z.string().nullable(),
          }),
        ),
      }),
      async handle({ query: { limit } }) {
        const dead = await outbox.dead(limit);
        return {
          alerts: dead.map(({ id: own, incidentId, route: way, reason, created, attempts, error }) => ({
            id: own,
            incident: incidentId,
            route: way,
            reason,
            created: when(created),
            attempts,
            error: error ?? null,
          })),
        };
      },
    }),
    route({
      method: "POST",
      path: "/alerts/dead/{id}/retry",
      tag: "alerts",
      summary: "Try an alert again that was given up: it goes out as it was, under the same id.",
      need: "incidents:write",
      whole: true,
      audit: "alerts.retry",
      problems: ["NOT_FOUND"],
      params: z.strictObject({ id }),
      async handle({ params, now }) {
        if (!(await outbox.revive(params.id, now)))
          throw new VedetteError("NOT_FOUND", "There is no such alert among those given up", params.id);
        return undefined;
      },
    }),
  ];
}
