/** People: who may come in, as what, and for which services. Nobody but themselves knows their passwords. */
import { z } from "zod";
import { VedetteError } from "../../../errors.ts";
import { type Access, ROLES, type User } from "../../../store/records/access.ts";
import type { Invitations } from "../../access/invitations.ts";
import { takeTurns } from "../../access/turns.ts";
import { id, services, time, userName, when } from "../fields.ts";
import { route } from "../route.ts";

const user = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  services,
  created: time,
  disabled: z.boolean(),
  locked: z.boolean(),
});
/** The token of a one-time link: /setup#TOKEN. Shown this once. */
const link = z.strictObject({ token: z.string(), expires: time });

export function userRoutes(access: Access, invitations: Invitations) {
  const inTurn = takeTurns();

  async function known(userId: string): Promise<User> {
    const found = await access.user(userId);
    if (found === undefined) throw new VedetteError("NOT_FOUND", "There is no such user", userId);
    return found;
  }
  async function keepAnAdmin(changed: User): Promise<void> {
    const others = (await access.users()).filter(
      ({ id: own, role, disabled }) => own !== changed.id && role === "admin" && disabled === undefined,
    );
    if (others.length === 0) throw new VedetteError("REQUEST_INVALID", "One administrator must stay");
  }

  return [
    route({
      method: "GET",
      path: "/users",
      tag: "users",
      summary: "Everybody who may sign in.",
      need: "access:write",
      whole: true,
      audit: "users.read",
      answer: z.strictObject({ users: z.array(user) }),
      handle: async ({ now }) => ({ users: (await access.users()).map((one) => shown(one, now)) }),
    }),
    route({
      method: "POST",
      path: "/users",
      tag: "users",
      summary: "Invite someone: the answer has the token of a one-time link for them.",
      need: "access:write",
      whole: true,
      audit: "users.invite",
      object: ({ body }) => JSON.stringify(body),
      problems: ["NAME_TAKEN"],
      body: z.strictObject({ name: userName, role: z.enum(ROLES), services: services.default(null) }),
      status: 201,
      answer: link,
      async handle({ body }) {
        checkServices(body.role, body.services);
        if ((await access.userNamed(body.name)) !== undefined)
          throw new VedetteError("NAME_TAKEN", "There is a user of that name", body.name);
        const { token, expires } = await invitations.invite({
          name: body.name,
          role: body.role,
          ...(body.services === null ? {} : { services: body.services }),
        });
        return { token, expires: when(expires) };
      },
    }),
    route({
      method: "PATCH",
      path: "/users/{id}",
      tag: "users",
      summary: "Change what someone may do and see, or keep them out. Their sessions end.",
      need: "access:write",
      whole: true,
      audit: "users.change",
      object: ({ params, body }) => `${params.id} ${JSON.stringify(body)}`,
      problems: ["NOT_FOUND"],
      params: z.strictObject({ id }),
      body: z.strictObject({
        role: z.enum(ROLES).optional(),
        services: services.optional(),
        disabled: z.boolean().optional(),
      }),
      answer: user,
      handle: ({ params, body, now }) =>
        // Two administrators who demote each other at once leave one.
        inTurn(async () => {
          const before = await known(params.id);
          const role = body.role ?? before.role;
          checkServices(role, body.services === undefined ? (before.services ?? null) : body.services);
          if (before.role === "admin" && (role !== "admin" || body.disabled === true))
            await keepAnAdmin(before);
          await access.changeUser(before.id, {
            role,
            ...(body.services === undefined ? {} : { services: body.services ?? undefined }),
            ...(body.disabled === undefined ? {} : { disabled: body.disabled ? now : undefined }),
          });
          await access.endSessionsOf(before.id);
          return shown(await known(before.id), now);
        }),
    }),
    route({
      method: "POST",
      path: "/users/{id}/link",
      tag: "users",
      summary: "Make a one-time link with which a user chooses a new password.",
      need: "access:write",
      whole: true,
      audit: "users.link",
      problems: ["NOT_FOUND"],
      params: z.strictObject({ id }),
      status: 201,
      answer: link,
      async handle({ params }) {
        const { id: userId, role } = await known(params.id);
        const { token, expires } = await invitations.invite({ userId, role });
        return { token, expires: when(expires) };
      },
    }),
  ];
}

/** @throws VedetteError REQUEST_INVALID: who manages users can give themselves any service */
function checkServices(role: User["role"], seen: readonly string[] | null): void {
  if (role === "admin" && seen !== null)
    throw new VedetteError("REQUEST_INVALID", "An administrator sees every service", "body.services");
}

function shown(one: User, now: number): z.input<typeof user> {
  return {
    id: one.id,
    name: one.name,
    role: one.role,
    services: one.services === undefined ? null : [...one.services],
    created: when(one.created),
    disabled: one.disabled !== undefined,
    locked: one.lockedUntil !== undefined && one.lockedUntil > now,
  };
}
