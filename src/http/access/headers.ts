/** Headers of every answer: nothing of it may be run, framed, guessed at or kept by a browser. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** An answer of the API is data. A page sets a policy of its own, which stays. */
const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const UNIVERSAL_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": NOTHING,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "cache-control": "no-store",
};
/** Six months; only said over TLS, where it has a meaning (RFC 6797 section 7.2). */
const TRANSPORT = "max-age=15768000";

export function installHeaders(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply) => setHeaders(request, reply));
}

/** For answers that no hook sees: to a request that has no route. */
export function setHeaders(request: FastifyRequest, reply: FastifyReply): void {
  for (const [name, value] of Object.entries(UNIVERSAL_HEADERS))
    if (!reply.hasHeader(name)) void reply.header(name, value);
  if (request.protocol === "https") void reply.header("strict-transport-security", TRANSPORT);
}
