/** Coming in and going out: one-time links, signing in, one's own sessions and password. */
import { z } from "zod";
import { VedetteError } from "../../../errors.ts";
import { type Access, ROLES } from "../../../store/records/access.ts";
import type { AuditLog } from "../../../store/records/audit.ts";
import { principalOf } from "../../access/identify.ts";
import type { Invitations } from "../../access/invitations.ts";
import { hashPassword, PASSWORD_CHARS } from "../../access/password.ts";
import { type Principal, SCOPES } from "../../access/principal.ts";
import type { OpenSession, Sessions } from "../../access/sessions.ts";
import type { SignIn } from "../../access/sign-in.ts";
import { id, name, services, time, userName, when } from "../fields.ts";
import { route } from "../route.ts";

export interface AccountContext {
  readonly access: Access;
  readonly audit: AuditLog;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly invitations: Invitations;
}

const newPassword = z.string().min(PASSWORD_CHARS.least).max(PASSWORD_CHARS.most);
const password = z.string().min(1).max(PASSWORD_CHARS.most);
const whoami = z.strictObject({
  actor: z.string(),
  role: z.enum(ROLES).nullable(),
  services,
  scopes: z.array(z.enum(SCOPES)),
  /** Goes into X-CSRF-Token with every change; null for keys. */
  csrf: z.string().nullable(),
});

export function accountRoutes({ access, audit, sessions, signIn, invitations }: AccountContext) {
  return [
    route({
      method: "POST",
      path: "/setup",
      tag: "account",
      summary: "Use a one-time link: choose a name (where it leaves that open) and a password.",
      need: "open",
      audit: "setup",
      object: ({ body }) => body.name ?? "",
      problems: ["INVITATION_OVER", "NAME_TAKEN"],
      body: z.strictObject({
        token: z.string().min(20).max(100),
        name: userName.optional(),
        password: newPassword,
      }),
      status: 201,
      answer: whoami,
      async handle({ body, request, reply, now }) {
        const user = await invitations.accept(body.token, body.name, body.password);
        const session = await sessions.start(request, reply, user);
        await audit.add({ ...entry(session, request.ip, now), action: "session.start" });
        return shown(principalOf(session), session.csrf);
      },
    }),
    route({
      method: "POST",
      path: "/session",
      tag: "account",
      summary: "Sign in. The session is in a cookie.",
      need: "open",
      audit: "session.try",
      object: ({ body }) => body.name,
      problems: ["SIGN_IN_FAILED", "ACCOUNT_LOCKED"],
      body: z.strictObject({ name, password }),
      status: 201,
      answer: whoami,
      async handle({ body, request, reply, now }) {
        const user = await signIn.check(body.name, body.password);
        const session = await sessions.start(request, reply, user);
        await audit.add({ ...entry(session, request.ip, now), action: "session.start" });
        return shown(principalOf(session), session.csrf);
      },
    }),
    route({
      method: "GET",
      path: "/session",
      tag: "account",
      summary: "Who one is here, and what one may do.",
      need: "known",
      audit: null,
      answer: whoami,
      async handle({ principal, request }) {
        const session = principal.session === undefined ? undefined : await sessions.find(request);
        return shown(principal, session?.csrf);
      },
    }),
    route({
      method: "DELETE",
      path: "/session",
      tag: "account",
      summary: "Sign out.",
      need: "session",
      audit: "session.end",
      async handle({ principal, request, reply }) {
        await access.endSession(principal.session ?? "");
        sessions.clear(request, reply);
        return undefined;
      },
    }),
    route({
      method: "PUT",
      path: "/password",
      tag: "account",
      summary: "Choose another password. All sessions end, and a new one begins.",
      need: "session",
      audit: "password.change",
      problems: ["SIGN_IN_FAILED", "ACCOUNT_LOCKED"],
      body: z.strictObject({ current: password, next: newPassword }),
      answer: whoami,
      async handle({ principal, body, request, reply }) {
        const user = await access.user(principal.userId ?? "");
        if (user === undefined) throw new VedetteError("UNAUTHENTICATED", "The user is no more");
        await signIn.check(user.name, body.current);
        await access.changeUser(user.id, { passwordHash: await hashPassword(body.next) });
        await access.endSessionsOf(user.id);
        const session = await sessions.start(request, reply, user);
        return shown(principalOf(session), session.csrf);
      },
    }),
    route({
      method: "GET",
      path: "/sessions",
      tag: "account",
      summary: "One's own sessions.",
      need: "session",
      audit: null,
      answer: z.strictObject({
        sessions: z.array(
          z.strictObject({
            id: z.string(),
            created: time,
            seen: time,
            expires: time,
            address: z.string(),
            agent: z.string(),
            current: z.boolean(),
          }),
        ),
      }),
      async handle({ principal }) {
        const own = await access.sessionsOf(principal.userId ?? "");
        return {
          sessions: own.map(({ tokenHash, created, seen, expires, address, agent }) => ({
            id: publicId(tokenHash),
            created: when(created),
            seen: when(seen),
            expires: when(expires),
            address,
            agent,
            current: tokenHash === principal.session,
          })),
        };
      },
    }),
    route({
      method: "DELETE",
      path: "/sessions/{id}",
      tag: "account",
      summary: "End one of one's own sessions.",
      need: "session",
      audit: "session.end",
      problems: ["NOT_FOUND"],
      params: z.strictObject({ id }),
      async handle({ principal, params }) {
        const own = await access.sessionsOf(principal.userId ?? "");
        const found = own.find(({ tokenHash }) => publicId(tokenHash) === params.id);
        if (found === undefined) throw new VedetteError("NOT_FOUND", "There is no such session", params.id);
        await access.endSession(found.tokenHash);
        return undefined;
      },
    }),
  ];
}

/** Half of a hash names a session and opens nothing. */
function publicId(tokenHash: string): string {
  return tokenHash.slice(0, 32);
}

function entry({ user }: OpenSession, address: string, at: number) {
  return { at, actor: `user:${user.name}`, object: user.id, address, detail: {} };
}

function shown(
  { actor, role, services: seen, scopes }: Principal,
  csrf: string | undefined,
): z.input<typeof whoami> {
  return {
    actor,
    role: role ?? null,
    services: seen === "all" ? null : [...seen],
    scopes: [...scopes],
    csrf: csrf ?? null,
  };
}
