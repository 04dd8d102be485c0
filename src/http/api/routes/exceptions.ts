/** What is known and not to be reported. */
import { z } from "zod";
import { exceptionScope, NAMES_NOTHING, namesSomething } from "../../../correlate/settings.ts";
import { CATEGORIES, ENTITY_TYPES } from "../../../event.ts";
import type { CountedException } from "../../access/view.ts";
import { id, time, timeIn, when, whenever } from "../fields.ts";
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
