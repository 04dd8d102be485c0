/** The kinds of entity that have a profile. */
import type { RolledUp } from "../../../src/store/sql/entity.ts";

export const ROLLED_UP: readonly RolledUp[] = ["client.address", "user.id", "api_key.fingerprint"];
