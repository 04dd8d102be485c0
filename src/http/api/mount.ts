/** The table of routes on the server. Every request goes the same way: who, may they, what, note it, answer. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import { VedetteError } from "../../errors.ts";
import type { AuditLog } from "../../store/records/audit.ts";
import type { Identify } from "../access/identify.ts";
import { authorise, type Principal } from "../access/principal.ts";
import type { Refusals } from "../access/refusals.ts";
import type { View } from "../access/view.ts";
import { limitOutgoing } from "./outgoing.ts";
import type { Route } from "./route.ts";

export const API_PREFIX = "/api/v1";

export interface MountOptions {
  readonly routes: readonly Route[];
  readonly identify: Identify;
  readonly viewOf: (principal: Principal) => View;
  readonly audit: AuditLog;
  readonly now: () => number;
  /** Ends answers that go on: the server closes. */
  readonly close: () => void;
}

const MOST_OBJECT_CHARS = 2_000;

export function mountRoutes(
  app: FastifyInstance,
  options: MountOptions & { readonly refusals: Refusals },
): void {
  const { viewOf, now } = options;
  // Bodies are JSON and say so: a form of another site cannot.
  app.removeContentTypeParser("text/plain");
  limitOutgoing(app);
  app.addHook("preClose", async () => options.close());
  for (const route of options.routes) {
    app.route({
      method: route.method,
      // A question about a stream would be a stream.
      exposeHeadRoute: false,
      url: API_PREFIX + route.path.replace(/\{(\w+)\}/g, ":$1"),
      async handler(request, reply) {
        const principal = await admit(options, request, route);
        const params = checked(route.params, request.params, "");
        const query = checked(route.query, request.query, "");
        const body = route.body === undefined ? undefined : checked(route.body, request.body, "body");
        const note = noteOf(options, route, principal, request, { params, query, body });
        await note?.("");
        try {
          const stillAllowed = async () => {
            try {
              await admit(options, request, route);
              return true;
            } catch {
              return false;
            }
          };
          const view = viewOf(principal);
          const asked = { params, query, body, request, reply };
          const answer = await route.handle({ ...asked, principal, view, now: now(), stillAllowed });
          if (reply.sent || route.streams !== undefined) return reply;
          return await reply.code(route.status ?? (answer === undefined ? 204 : 200)).send(answer);
        } catch (error) {
          // The attempt is on record already; so is that it came to nothing.
          await note?.(error instanceof VedetteError ? error.code : "INTERNAL");
          throw error;
        }
      },
    });
  }
}

/** Who asks, when they may. @throws VedetteError UNAUTHENTICATED, FORBIDDEN, TOO_MANY_REQUESTS */
async function admit(
  { identify, refusals }: MountOptions & { readonly refusals: Refusals },
  request: FastifyRequest,
  { need, whole }: Route,
): Promise<Principal> {
  let principal: Principal | undefined;
  try {
    principal = await identify(request, need);
    authorise(principal, need, whole === true);
    return principal;
  } catch (error) {
    refusals.note(request, error, principal?.actor);
    throw error;
  }
}

/** What a route may be asked with. @throws VedetteError REQUEST_INVALID naming the first thing that is wrong */
function checked(schema: z.ZodType, value: unknown, where: string): unknown {
  const read = schema.safeParse(value ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = [where, ...(issue?.path ?? [])].filter((part) => part !== "").join(".");
  throw new VedetteError(
    "REQUEST_INVALID",
    issue?.message ?? "The request is not of the form it takes",
    path,
  );
}

/** Written before anything is done: what cannot be noted does not happen. */
function noteOf(
  { audit, now }: MountOptions,
  route: Route,
  principal: Principal,
  request: FastifyRequest,
  asked: { params: unknown; query: unknown; body: unknown },
): ((failure: string) => Promise<void>) | undefined {
  const action = route.audit;
  if (action === null) return undefined;
  const object = route.object?.(asked) ?? Object.values(asked.params as Record<string, unknown>).join("/");
  return (failure) =>
    audit.add({
      at: now(),
      actor: principal.actor,
      action: failure === "" ? action : `${action}.failed`,
      object: object.slice(0, MOST_OBJECT_CHARS),
      address: request.ip,
      detail: failure === "" ? {} : { code: failure },
    });
}
