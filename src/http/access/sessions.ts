/** Sessions of people: a random token in a cookie, of which only the hash is kept; they end by time and when told to. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { VedetteError } from "../../errors.ts";
import type { Access, User } from "../../store/records/access.ts";
import { hashOf } from "../keys.ts";

/** Without a request a session ends after so long; and in any case after so long. */
export const SESSION_IDLE_MS = 8 * 3_600_000;
export const SESSION_MOST_MS = 7 * 86_400_000;
const NOTE_MS = 60_000;
const TOKEN = /^[\w-]{43}$/;

export interface OpenSession {
  readonly user: User;
  readonly tokenHash: string;
  /** What a change must carry in X-CSRF-Token. */
  readonly csrf: string;
}

export interface SessionOptions {
  readonly access: Access;
  readonly now: () => number;
  /** The address that people use, where it is known: "https://vedette.example.org". */
  readonly publicUrl: string | undefined;
}

export interface Sessions {
  /** Signs a user in: sets the cookie. */
  start(request: FastifyRequest, reply: FastifyReply, user: User): Promise<OpenSession>;
  find(request: FastifyRequest): Promise<OpenSession | undefined>;
  /** Takes the cookie back. */
  clear(request: FastifyRequest, reply: FastifyReply): void;
  /** @throws VedetteError FORBIDDEN when another site sent this */
  checkSite(request: FastifyRequest): void;
}

export function createSessions({ access, now, publicUrl }: SessionOptions): Sessions {
  const secureUrl = publicUrl?.startsWith("https:") === true;
  const isSecure = (request: FastifyRequest) => secureUrl || request.protocol === "https";
  // A __Host- cookie can be set only over TLS and only by this very host (RFC 6265bis section 4.1.3.2).
  const nameFor = (request: FastifyRequest) => (isSecure(request) ? "__Host-vedette" : "vedette");
  const cookie = (request: FastifyRequest, value: string, seconds: number) =>
    `${nameFor(request)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${isSecure(request) ? "; Secure" : ""}`;

  return {
    async start(request, reply, user) {
      const token = randomBytes(32).toString("base64url");
      const tokenHash = hashOf(token);
      const at = now();
      await access.endExpiredSessions(at);
      await access.addSession({
        tokenHash,
        userId: user.id,
        created: at,
        seen: at,
        expires: at + SESSION_MOST_MS,
        address: request.ip,
        agent: (request.headers["user-agent"] ?? "").slice(0, 300),
      });
      void reply.header("set-cookie", cookie(request, token, SESSION_MOST_MS / 1000));
      return { user, tokenHash, csrf: csrfOf(token) };
    },
    async find(request) {
      const token = readCookie(request.headers.cookie, nameFor(request));
      if (token === undefined || !TOKEN.test(token)) return undefined;
      const tokenHash = hashOf(token);
      const at = now();
      const found = await access.session(tokenHash, at);
      if (found === undefined) return undefined;
      if (at - found.session.seen > SESSION_IDLE_MS) {
        await access.endSession(tokenHash);
        return undefined;
      }
      if (at - found.session.seen > NOTE_MS) await access.touchSession(tokenHash, at);
      return { user: found.user, tokenHash, csrf: csrfOf(token) };
    },
    clear(request, reply) {
      void reply.header("set-cookie", cookie(request, "", 0));
    },
    checkSite(request) {
      const site = request.headers["sec-fetch-site"];
      if (site !== undefined && site !== "same-origin" && site !== "none") refuse();
      const { origin } = request.headers;
      if (origin === undefined) return;
      const own = `${request.protocol}://${request.host}`;
      if (origin !== own && origin !== publicUrl) refuse();
    },
  };
}

/** @throws VedetteError FORBIDDEN */
export function checkCsrf(request: FastifyRequest, session: OpenSession): void {
  const sent = Buffer.from(String(request.headers["x-csrf-token"] ?? ""));
  const right = Buffer.from(session.csrf);
  if (sent.length !== right.length || !timingSafeEqual(sent, right))
    throw new VedetteError(
      "FORBIDDEN",
      "The X-CSRF-Token of this session is missing or wrong",
      "X-CSRF-Token",
    );
}

/** From the token that scripts cannot read; it needs no place of its own. */
function csrfOf(token: string): string {
  return createHmac("sha256", token).update("vedette csrf").digest("base64url");
}

function refuse(): never {
  throw new VedetteError("FORBIDDEN", "The request comes from another site");
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? "").slice(0, 8192).split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name) return value;
  }
  return undefined;
}
