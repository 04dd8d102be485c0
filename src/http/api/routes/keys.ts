/** Keys of machines: for sending events, and for the API. */
import { z } from "zod";
import { VedetteError } from "../../../errors.ts";
import type { Access, Key } from "../../../store/records/access.ts";
import { KEY_SCOPES, type Scope } from "../../access/principal.ts";
import { addKey, type KeyCheck, newSecret } from "../../keys.ts";
import { id, name, services, time, timeIn, when, whenever } from "../fields.ts";
import { route } from "../route.ts";

const scope = z.enum(KEY_SCOPES as [Scope, ...Scope[]]);
const kind = z.enum(["ingest", "api"]);
const MOST_KEYS = 1_000;
const shownKey = z.strictObject({
  id: z.string(),
  kind,
  name: z.string(),
  /** The last characters of the secret, to know it by. */
  hint: z.string(),
  services,
  scopes: z.array(z.string()),
  created: time,
  created_by: z.string(),
  expires: time.nullable(),
  revoked: time.nullable(),
  used: time.nullable(),
});

export function keyRoutes(access: Access, check: KeyCheck) {
  return [
    route({
      method: "GET",
      path: "/keys",
      tag: "keys",
      summary: "Every key, without its secret.",
      need: "access:write",
      whole: true,
      audit: "keys.read",
      answer: z.strictObject({ keys: z.array(shownKey) }),
      handle: async () => ({ keys: (await access.keys()).map(shown) }),
    }),
    route({
      method: "POST",
      path: "/keys",
      tag: "keys",
      summary: "Make a key. The answer shows its secret, this once.",
      need: "access:write",
      whole: true,
      audit: "keys.add",
      object: ({ body }) => JSON.stringify(body),
      problems: ["LIMIT_REACHED"],
      body: z.strictObject({
        kind,
        name,
        services: services.default(null),
        scopes: z.array(scope).max(KEY_SCOPES.length).default([]),
        expires: timeIn.optional(),
      }),
      status: 201,
      answer: z.strictObject({ id: z.string(), secret: z.string() }),
      async handle({ body, principal, now }) {
        if (body.kind === "ingest" && body.scopes.length > 0)
          throw new VedetteError("REQUEST_INVALID", "A key for sending events has no scopes", "body.scopes");
        if (body.kind === "api" && body.scopes.length === 0)
          throw new VedetteError("REQUEST_INVALID", "A key for the API needs scopes", "body.scopes");
        if ((await access.keys()).filter(({ revoked }) => revoked === undefined).length >= MOST_KEYS)
          throw new VedetteError("LIMIT_REACHED", `There are ${MOST_KEYS} keys already`);
        const secret = newSecret(body.kind);
        const given = { kind: body.kind, name: body.name, scopes: body.scopes, by: principal.actor };
        const made = await addKey(
          access,
          secret,
          {
            ...given,
            ...(body.services === null ? {} : { services: body.services }),
            ...(body.expires === undefined ? {} : { expires: body.expires }),
          },
          now,
        );
        return { id: made, secret };
      },
    }),
    route({
      method: "DELETE",
      path: "/keys/{id}",
      tag: "keys",
      summary: "Revoke a key: it is refused from now on.",
      need: "access:write",
      whole: true,
      audit: "keys.revoke",
      problems: ["NOT_FOUND"],
      params: z.strictObject({ id }),
      async handle({ params, now }) {
        if (!(await access.revokeKey(params.id, now)))
          throw new VedetteError("NOT_FOUND", "There is no such key, or it is revoked", params.id);
        check.forget();
        return undefined;
      },
    }),
  ];
}

function shown(key: Key): z.input<typeof shownKey> {
  return {
    id: key.id,
    kind: key.kind,
    name: key.name,
    hint: key.hint,
    services: key.services === undefined ? null : [...key.services],
    scopes: [...key.scopes],
    created: when(key.created),
    created_by: key.createdBy,
    expires: whenever(key.expires),
    revoked: whenever(key.revoked),
    used: whenever(key.used),
  };
}
