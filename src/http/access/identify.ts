/** A request → the principal that sent it, by key or by session; and how often an address may ask. */
import type { FastifyRequest } from "fastify";
import { VedetteError } from "../../errors.ts";
import { addressEntity } from "../../normalize/address.ts";
import type { KeyCheck } from "../keys.ts";
import type { RateLimiter } from "./limits.ts";
import { type Need, NOBODY, type Principal, ROLE_SCOPES, SCOPES } from "./principal.ts";
import { checkCsrf, type OpenSession, type Sessions } from "./sessions.ts";

/** @throws VedetteError UNAUTHENTICATED, FORBIDDEN, TOO_MANY_REQUESTS */
export type Identify = (request: FastifyRequest, need: Need) => Promise<Principal>;

export interface IdentifyOptions {
  readonly keys: KeyCheck;
  readonly sessions: Sessions;
  /** Of everything, and of what fails or asks for passwords. */
  readonly limits: { readonly all: RateLimiter; readonly guesses: RateLimiter };
}

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD"]);

export function createIdentify({ keys, sessions, limits }: IdentifyOptions): Identify {
  return async (request, need) => {
    const address = addressEntity(request.ip);
    limits.all.take(address);
    if (sendsKey(request)) {
      try {
        const key = await keys.require(request, "api");
        const scopes = new Set(SCOPES.filter((scope) => key.scopes.includes(scope)));
        return {
          actor: `key:${key.id}`,
          role: undefined,
          services: key.services ?? "all",
          scopes,
          userId: undefined,
          session: undefined,
        };
      } catch (error) {
        if (error instanceof VedetteError) limits.guesses.take(address);
        throw error;
      }
    }
    const isSafe = SAFE.has(request.method);
    if (need === "open") {
      if (!isSafe) {
        sessions.checkSite(request);
        limits.guesses.take(address);
      }
      return NOBODY;
    }
    const session = await sessions.find(request);
    if (session === undefined) return NOBODY;
    sessions.checkSite(request);
    if (!isSafe) checkCsrf(request, session);
    return principalOf(session);
  };
}

export function principalOf({ user, tokenHash }: OpenSession): Principal {
  return {
    actor: `user:${user.name}`,
    role: user.role,
    services: user.services ?? "all",
    scopes: new Set(ROLE_SCOPES[user.role]),
    userId: user.id,
    session: tokenHash,
  };
}

function sendsKey({ headers }: FastifyRequest): boolean {
  return headers.authorization !== undefined || headers["x-api-key"] !== undefined;
}
