/** The key for programs of the user who runs the server (store/folder-address.ts). It is kept nowhere but in its file. */
import type { Key } from "../store/records/access.ts";
import { KEY_SCOPES } from "./access/principal.ts";
import { hashOf, newSecret } from "./keys.ts";

export interface LocalKey {
  readonly secret: string;
  readonly key: Key;
}

export function createLocalKey(now: number): LocalKey {
  const secret = newSecret("api");
  const key: Key = {
    id: "local",
    kind: "api",
    name: "programs on this machine",
    secretHash: hashOf(secret),
    hint: secret.slice(-4),
    services: undefined,
    scopes: KEY_SCOPES,
    created: now,
    createdBy: "system",
    expires: undefined,
    revoked: undefined,
    used: undefined,
  };
  return { secret, key };
}
