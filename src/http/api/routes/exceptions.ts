/** What is known and not to be reported. */
import { z } from "zod";
import { exceptionScope, NAMES_NOTHING, namesSomething } from "../../../correlate/settings.ts";
import { CATEGORIES, ENTITY_TYPES } from "../../../event.ts";
import { foresee, proposalsFor } from "../../access/foresee.ts";
import type { CountedException } from "../../access/view.ts";
import { id, time, timeIn, toldIncident, when, whenever } from "../fields.ts";
import { route } from "../route.ts";

const exception = z.strictObject({
  id: z.string(),
  detector: z.string().nullable(),
  category: z.enum(CATEGORIES).nullable(),
  entity: z.strictObject({ type: z.enum(ENTITY_TYPES), value: z.string() }).nullable(),
  service: z.string().nullable(),
  endpoint: z.string().nullable(),
  reason: z.string(),
  author: z.string(),
  created: time,
  expires: time.nullable(),
  /** Detections of late that it has made facts; they are found by their id in the query language. */
  hides: z.number().int(),
});
const MEANING = "What fits all that it names is told at severity info, and opens no incident.";

const DAY_MS = 86_400_000;
const days = z.number().int().min(1).max(90);
const scope = z.strictObject({
  detector: z.string().optional(),
  category: z.enum(CATEGORIES).optional(),
  entity: z.strictObject({ type: z.enum(ENTITY_TYPES), value: z.string() }).optional(),
  service: z.string().optional(),
  endpoint: z.string().optional(),
});
const foreseen = z.strictObject({
  scope,
  detections: z.number().int(),
  incidents: z.number().int(),
  examples: z.array(toldIncident).readonly(),
});
/** Of so many incidents; not complete when there were more. */
const looked = { of: z.number().int(), complete: z.boolean() };
const { reason: _reason, ...named } = exceptionScope;

export const exceptionRoutes = [
  route({
    method: "GET",
    path: "/exceptions",
    tag: "exceptions",
    summary: "The exceptions that hold.",
    need: "exceptions:read",
    audit: "exceptions.read",
    answer: z.strictObject({ exceptions: z.array(exception) }),
    handle: async ({ view }) => ({ exceptions: (await view.exceptions()).map(shown) }),
  }),
  route({
    method: "POST",
    path: "/exceptions",
    tag: "exceptions",
    summary: `Add an exception. ${MEANING}`,
    need: "exceptions:write",
    audit: "exceptions.add",
    object: ({ body }) => JSON.stringify(body),
    problems: ["LIMIT_REACHED"],
    body: z
      .strictObject({ ...exceptionScope, expires: timeIn.optional() })
      .refine(namesSomething, { message: NAMES_NOTHING }),
    status: 201,
    answer: exception,
    async handle({ view, body: { entity, ...rest } }) {
      const whose = entity === undefined ? {} : { entityType: entity.type, entityValue: entity.value };
      return shown({ ...(await view.addException({ ...rest, ...whose })), hides: 0 });
    },
  }),
  route({
    method: "POST",
    path: "/exceptions/preview",
    tag: "exceptions",
    summary: "Which incidents on record an exception would have hidden, had it held. It is not made.",
    need: "exceptions:read",
    audit: "incidents.read",
    object: ({ body }) => JSON.stringify(body),
    body: z
      .strictObject({ ...named, days: days.default(30) })
      .refine(namesSomething, { message: NAMES_NOTHING }),
    answer: z.strictObject({ ...looked, ...foreseen.shape }),
    async handle({ view, body: { days: span, ...asked }, now }) {
      const { all, complete } = await view.recorded(now - span * DAY_MS);
      const [found] = foresee([asked], all);
      if (found === undefined) throw new Error("one scope has one answer");
      return { of: all.length, complete, ...found };
    },
  }),
  route({
    method: "GET",
    path: "/incidents/{id}/proposals",
    tag: "exceptions",
    summary:
      "Exceptions that would make this incident expected, from the narrowest to the broadest, with what each would have hidden.",
    need: "incidents:read",
    audit: "incidents.read",
    problems: ["NOT_FOUND"],
    params: z.strictObject({ id }),
    query: z.strictObject({ days: z.coerce.number().pipe(days).default(30) }),
    answer: z.strictObject({ ...looked, proposals: z.array(foreseen).readonly() }),
    async handle({ view, params, query, now }) {
      const { incident } = await view.incident(params.id);
      const detections = await view.detections(params.id);
      const { all, complete } = await view.recorded(now - query.days * DAY_MS);
      return { of: all.length, complete, proposals: foresee(proposalsFor({ incident, detections }), all) };
    },
  }),
  route({
    method: "PUT",
    path: "/exceptions/{id}",
    tag: "exceptions",
    summary: "Change why and until when an exception holds.",
    need: "exceptions:write",
    audit: "exceptions.change",
    problems: ["NOT_FOUND"],
    params: z.strictObject({ id }),
    body: z.strictObject({ reason: exceptionScope.reason, expires: timeIn.nullable() }),
    answer: exception,
    async handle({ view, params, body }) {
      const change = { reason: body.reason, expires: body.expires ?? undefined };
      return shown(await view.changeException(params.id, change));
    },
  }),
  route({
    method: "DELETE",
    path: "/exceptions/{id}",
    tag: "exceptions",
    summary: "Remove an exception.",
    need: "exceptions:write",
    audit: "exceptions.remove",
    problems: ["NOT_FOUND"],
    params: z.strictObject({ id }),
    async handle({ view, params }) {
      await view.removeException(params.id);
      return undefined;
    },
  }),
];

function shown({ entityType, entityValue, ...given }: CountedException): z.input<typeof exception> {
  const type = ENTITY_TYPES.find((known) => known === entityType);
  return {
    ...given,
    detector: given.detector ?? null,
    category: CATEGORIES.find((known) => known === given.category) ?? null,
    entity: type === undefined || entityValue === undefined ? null : { type, value: entityValue },
    service: given.service ?? null,
    endpoint: given.endpoint ?? null,
    created: when(given.created),
    expires: whenever(given.expires),
  };
}
