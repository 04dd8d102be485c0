/**
 * Who a request speaks for: the user it names, the key it carries, the session it belongs to. Tokens are read
 * without trust (nobody checks a signature here): they say who is claimed, and give verdicts something to name.
 */
import { createHash } from "node:crypto";
import type { ApiEvent } from "../event.ts";
import { KEY_SEED, keyOf } from "./key.ts";
import { unshared } from "./unshared.ts";

export interface Identity {
  /** 0 when unknown. */
  userKey: number;
  /** API key, else session; 0 when neither is there. */
  credentialKey: number;
  /** 0 when unknown. */
  sessionKey: number;
}

const MAX_TOKEN_CHARS = 8192;
const KEY_HEADERS = [
  "x-api-key",
  "api-key",
  "apikey",
  "x-apikey",
  "x-auth-token",
  "x-access-token",
  "ocp-apim-subscription-key",
] as const;
const KEY_PARAMETER =
  /(?:^|&)(?:api[-_]?key|apikey|access_token|auth_token|app_?key|subscription-key)=([^&]{8,512})/i;
const SESSION_COOKIE =
  /(?:^|;\s*)(?:session|sessionid|session_id|sid|phpsessid|jsessionid|asp\.net_sessionid|connect\.sid|_session|__session|laravel_session|auth_session|__host-session|__secure-session)=([^;]{8,4096})/i;

/** Fills `user.id`, `session.id` and `api_key.fingerprint` where the event names them only indirectly. */
export function resolveIdentity(event: ApiEvent): void {
  const headers = event["http.request.headers"];
  if (headers !== undefined) {
    if (headers.authorization !== undefined) readAuthorization(event, headers.authorization);
    if (event["api_key.fingerprint"] === undefined) {
      for (const name of KEY_HEADERS) {
        const value = headers[name];
        if (value !== undefined && value !== "") {
          event["api_key.fingerprint"] = fingerprint("key", value);
          break;
        }
      }
    }
    if (event["session.id"] === undefined && headers.cookie !== undefined) {
      const session = SESSION_COOKIE.exec(headers.cookie.slice(0, MAX_TOKEN_CHARS))?.[1];
      if (session !== undefined) event["session.id"] = fingerprint("ses", session);
    }
  }
  const query = event["url.query"];
  if (query !== undefined && event["api_key.fingerprint"] === undefined && query.length > 12) {
    const value = KEY_PARAMETER.exec(query)?.[1];
    if (value !== undefined) event["api_key.fingerprint"] = fingerprint("key", value);
  }
}

/** The keys of those that the event names. */
export function identityKeys(event: ApiEvent, out: Identity): void {
  const user = event["user.id"];
  out.userKey = user === undefined || user === "" ? 0 : keyOf(KEY_SEED.user, user);
  const apiKey = event["api_key.fingerprint"];
  const session = event["session.id"];
  out.sessionKey = session === undefined ? 0 : keyOf(KEY_SEED.session, session);
  out.credentialKey = apiKey === undefined ? out.sessionKey : keyOf(KEY_SEED.apiKey, apiKey);
}

function readAuthorization(event: ApiEvent, header: string): void {
  const space = header.indexOf(" ");
  if (space === -1) return;
  const scheme = header.slice(0, space).toLowerCase();
  const credentials = header.slice(space + 1, MAX_TOKEN_CHARS).trim();
  if (scheme === "basic") {
    const user = Buffer.from(credentials, "base64").toString("utf8").split(":", 1)[0];
    if (user) event["user.id"] ??= user;
    return;
  }
  if (scheme !== "bearer" && scheme !== "token" && scheme !== "apikey") return;
  const claims = jwtClaims(credentials);
  if (claims === undefined) {
    event["api_key.fingerprint"] ??= fingerprint("key", credentials);
    return;
  }
  const subject = claims.sub ?? claims.user_id ?? claims.uid ?? claims.username ?? claims.email;
  if (typeof subject === "string" || typeof subject === "number") event["user.id"] ??= String(subject);
  if (typeof claims.org_id === "string") event["organization.id"] ??= claims.org_id;
  event["session.id"] ??= fingerprint("ses", typeof claims.jti === "string" ? claims.jti : credentials);
}

/** The payload of a JSON Web Token (RFC 7519), unverified; undefined when the text is none. */
function jwtClaims(token: string): Record<string, unknown> | undefined {
  if (!token.startsWith("eyJ")) return undefined;
  const [, payload] = token.split(".", 2);
  if (!payload) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The same few devices, keys and sessions come again and again, and a hash costs as much as parsing a line. */
const fingerprints = {
  key: new Map<string, string>(),
  ses: new Map<string, string>(),
  dev: new Map<string, string>(),
};
const MAX_FINGERPRINTS = 16_384;
const MAX_CACHED_CHARS = 1_024;

/** A short name for a secret that does not give the secret away: 48 bits of SHA-256. */
export function fingerprint(kind: "key" | "ses" | "dev", secret: string): string {
  const prints = fingerprints[kind];
  const known = prints.get(secret);
  if (known !== undefined) return known;
  const hash = createHash("sha256").update(`vedette ${kind} ${secret}`).digest("hex");
  const print = `${kind}_${hash.slice(0, 12)}`;
  if (prints.size >= MAX_FINGERPRINTS) prints.clear();
  if (secret.length <= MAX_CACHED_CHARS) prints.set(unshared(secret), print);
  return print;
}
