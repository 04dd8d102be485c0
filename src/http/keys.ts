/** Keys of machines: only their hashes are kept, and looked up, so that the time it takes tells nothing of a key. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { VedetteError } from "../errors.ts";
import type { Access, Key } from "../store/records/access.ts";

const PREFIX = "vdt_";
const MAX_CACHED = 10_000;
/** A key that was revoked is refused after so long at most, in milliseconds. */
const CACHE_MS = 5_000;
/** The last use of a key is noted this often. */
const NOTE_MS = 60_000;

export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** @returns a secret of 192 random bits; it is shown once and not kept */
export function newSecret(kind: Key["kind"]): string {
  return `${PREFIX}${kind}_${randomBytes(24).toString("base64url")}`;
}

export async function addKey(
  access: Access,
  secret: string,
  key: {
    kind: Key["kind"];
    name: string;
    services?: readonly string[];
    scopes?: readonly string[];
    expires?: number;
    by: string;
  },
  now: number,
): Promise<string> {
  const id = randomUUID();
  await access.addKey({
    id,
    kind: key.kind,
    name: key.name,
    secretHash: hashOf(secret),
    hint: secret.slice(-4),
    services: key.services,
    scopes: key.scopes ?? [],
    created: now,
    createdBy: key.by,
    expires: key.expires,
  });
  return id;
}

export interface KeyCheck {
  /** @throws VedetteError UNAUTHENTICATED, FORBIDDEN */
  require(request: FastifyRequest, kind: Key["kind"]): Promise<Key>;
  /** A key was revoked: it is looked up again. */
  forget(): void;
  /** Requests that were turned away. */
  readonly refused: number;
}

/** @param own a key that is in no records */
export function createKeyCheck(access: Access, now: () => number, own?: Key): KeyCheck {
  const cache = new Map<string, { readonly key: Key | undefined; readonly until: number }>();
  const noted = new Map<string, number>();
  let refused = 0;

  async function keyOf(hash: string): Promise<Key | undefined> {
    if (hash === own?.secretHash) return own;
    const at = now();
    const known = cache.get(hash);
    if (known !== undefined && known.until > at) return known.key;
    const key = await access.keyByHash(hash, at).catch((cause: unknown) => {
      // Nothing is revoked behind our back, as no other server may write: who was known still is.
      const { expires } = known?.key ?? {};
      if (known?.key === undefined || (expires !== undefined && expires <= at)) throw cause;
      return known.key;
    });
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(hash, { key, until: Math.min(at + CACHE_MS, key?.expires ?? Infinity) });
    return key;
  }

  return {
    async require(request, kind) {
      const secret = secretOf(request);
      const key = secret === undefined ? undefined : await keyOf(hashOf(secret));
      if (key === undefined) {
        refused++;
        throw new VedetteError(
          "UNAUTHENTICATED",
          secret === undefined ? "No key was sent" : "The key is not known",
        );
      }
      if (key.kind !== kind) {
        refused++;
        throw new VedetteError("FORBIDDEN", `This is a key for ${key.kind}, not for ${kind}`);
      }
      const at = now();
      if (at - (noted.get(key.id) ?? 0) > NOTE_MS) {
        noted.set(key.id, at);
        // For people to look at: records that take nothing must not turn senders away for it, nor hold them up.
        void access.noteKeyUse(key.id, at).catch(() => undefined);
      }
      return key;
    },
    forget: () => cache.clear(),
    get refused() {
      return refused;
    },
  };
}

/** `Authorization: Bearer KEY`, or `X-Api-Key: KEY` for senders that cannot set the other. */
function secretOf(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S{1,500})$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return bearer;
  const header = request.headers["x-api-key"];
  return typeof header === "string" && header.length <= 500 ? header : undefined;
}
