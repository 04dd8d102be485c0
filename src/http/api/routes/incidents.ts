/** Incidents as people meet and work on them. */
import { z } from "zod";
import { VedetteError } from "../../../errors.ts";
import { SEVERITIES } from "../../../event.ts";
import type { Access } from "../../../store/records/access.ts";
import type { Case, Comment } from "../../../store/records/cases.ts";
import { INCIDENT_STATES } from "../../../store/records/incident-state.ts";
import { pageOf, readCursor } from "../cursor.ts";
import { comment, count, detection, id, incident, name, next, several, when } from "../fields.ts";
import { route } from "../route.ts";

const state = z.enum(INCIDENT_STATES);
const position = z.tuple([z.number(), z.string().max(300)]);
const whole = z.strictObject({
  incident,
  detections: z.array(detection).readonly(),
  comments: z.array(comment).readonly(),
});

export function incidentRoutes(access: Access) {
  return [
    route({
      method: "GET",
      path: "/incidents",
      tag: "incidents",
      summary: "Incidents, latest first.",
      need: "incidents:read",
      audit: "incidents.read",
      object: () => "",
      query: z.strictObject({
        state: several(state, INCIDENT_STATES.length),
        /** This grave or graver. */
        severity: z.enum(SEVERITIES).optional(),
        assignee: name.optional(),
        limit: count(1, 200, 50),
        cursor: z.string().max(1_000).optional(),
      }),
      answer: z.strictObject({ incidents: z.array(incident), next }),
      async handle({ view, query }) {
        const { state: states, severity, assignee, limit, cursor } = query;
        const [lastSeen, last] = cursor === undefined ? [] : readCursor(cursor, position);
        const found = await view.incidents({
          limit: limit + 1,
          ...(states === undefined ? {} : { states }),
          ...(severity === undefined ? {} : { severity }),
          ...(assignee === undefined ? {} : { assignee }),
          ...(lastSeen === undefined || last === undefined ? {} : { after: { lastSeen, id: last } }),
        });
        const { page, next: following } = pageOf(found, limit, ({ incident: end }) => [
          Date.parse(end.last_seen),
          end.id,
        ]);
        return { incidents: page.map(shown), next: following };
      },
    }),
    route({
      method: "GET",
      path: "/incidents/counts",
      tag: "incidents",
      summary: "How many incidents are open, by severity, and how many of those from medium up succeeded.",
      need: "incidents:read",
      audit: null,
      answer: z.strictObject({
        open: z.record(z.enum(SEVERITIES), z.number()),
        succeeded: z.number(),
        probably_succeeded: z.number(),
        /** Of those that are open. */
        sample: z.number(),
      }),
      async handle({ view }) {
        const { bySeverity, succeeded, probablySucceeded, sample } = await view.incidentCounts();
        return { open: bySeverity, succeeded, probably_succeeded: probablySucceeded, sample };
      },
    }),
    route({
      method: "GET",
      path: "/incidents/{id}",
      tag: "incidents",
      summary: "One incident with its detections and comments. Its ETag goes into the If-Match of a change.",
      need: "incidents:read",
      audit: "incidents.read",
      problems: ["NOT_FOUND"],
      params: z.strictObject({ id }),
      answer: whole,
      async handle({ view, params, reply }) {
        const known = await view.incident(params.id);
        const [detections, comments] = await Promise.all([
          view.detections(params.id),
          view.comments(params.id),
        ]);
        void reply.header("etag", etag(known));
        return { incident: shown(known), detections, comments: comments.map(shownComment) };
      },
    }),
    route({
      method: "PATCH",
      path: "/incidents/{id}",
      tag: "incidents",
      summary:
        "Change an incident's state or who works on it. If-Match keeps it from undoing another's change.",
      need: "incidents:write",
      audit: "incidents.change",
      object: ({ params, body }) => `${params.id} ${JSON.stringify(body)}`,
      problems: ["NOT_FOUND", "CHANGED_MEANWHILE"],
      params: z.strictObject({ id }),
      body: z.strictObject({ state: state.optional(), assignee: name.nullable().optional() }),
      answer: incident,
      async handle({ view, params, body, request, reply }) {
        const known = await view.incident(params.id);
        const wanted = request.headers["if-match"];
        if (wanted !== undefined && wanted !== "*" && wanted !== etag(known))
          throw new VedetteError(
            "CHANGED_MEANWHILE",
            "The incident has changed since it was read",
            params.id,
          );
        const { assignee } = body;
        if (typeof assignee === "string" && (await access.userNamed(assignee)) === undefined)
          throw new VedetteError("REQUEST_INVALID", "There is no user of that name", "body.assignee");
        const changed = await view.changeIncident(known, {
          ...(body.state === undefined ? {} : { state: body.state }),
          ...(assignee === undefined ? {} : { assignee: assignee ?? undefined }),
        });
        void reply.header("etag", etag(changed));
        return shown(changed);
      },
    }),
    route({
      method: "POST",
      path: "/incidents/{id}/comments",
      tag: "incidents",
      summary: "Add a comment.",
      need: "incidents:write",
      audit: "incidents.comment",
      problems: ["NOT_FOUND"],
      params: z.strictObject({ id }),
      body: z.strictObject({ text: z.string().trim().min(1).max(10_000) }),
      status: 201,
      answer: comment,
      handle: async ({ view, params, body }) => shownComment(await view.comment(params.id, body.text)),
    }),
  ];
}

function etag({ version, updated }: Case): string {
  return `"${version}.${updated}"`;
}

function shown({
  incident: document,
  state: now,
  assignee,
  sample,
  mergedInto,
  updated,
}: Case): z.input<typeof incident> {
  return {
    ...document,
    state: now,
    assignee: assignee ?? null,
    sample,
    merged_into: mergedInto ?? null,
    updated: when(updated),
  };
}

function shownComment({ id: own, author, at, text }: Comment): z.input<typeof comment> {
  return { id: own, author, at: when(at), text };
}
