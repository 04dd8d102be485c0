/** Who asks, what they may do, and which services' data they may see: every route gets one. */
import { VedetteError } from "../../errors.ts";
import type { Role } from "../../store/records/access.ts";

/** Each is one thing to be allowed; roles and API keys are sets of them. */
export const SCOPES = [
  "events:read",
  "incidents:read",
  "incidents:write",
  "detectors:read",
  "detectors:write",
  "exceptions:read",
  "exceptions:write",
  "history:replay",
  "queries:read",
  "queries:write",
  "sources:read",
  "sources:write",
  "health:read",
  "audit:read",
  "access:write",
] as const;
export type Scope = (typeof SCOPES)[number];

const VIEWER: readonly Scope[] = [
  "events:read",
  "incidents:read",
  "detectors:read",
  "exceptions:read",
  "queries:read",
  "queries:write",
  "sources:read",
  "health:read",
];
const ANALYST: readonly Scope[] = [...VIEWER, "incidents:write", "exceptions:write", "history:replay"];
const ADMIN: readonly Scope[] = SCOPES;

export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  viewer: VIEWER,
  analyst: ANALYST,
  admin: ADMIN,
};

/** A key that leaks must not make more keys or users. */
export const KEY_SCOPES: readonly Scope[] = SCOPES.filter((scope) => scope !== "access:write");

export interface Principal {
  /** As the audit log names it: "user:anna", "key:edge export", "nobody". */
  readonly actor: string;
  /** Of a user; keys have scopes alone. */
  readonly role: Role | undefined;
  readonly services: "all" | readonly string[];
  readonly scopes: ReadonlySet<Scope>;
  readonly userId: string | undefined;
  /** Hash of the session's token, where a session asks. */
  readonly session: string | undefined;
}

export const NOBODY: Principal = {
  actor: "nobody",
  role: undefined,
  services: [],
  scopes: new Set(),
  userId: undefined,
  session: undefined,
};

/**
 * What a route asks for: "open" takes anybody, "known" any principal, "session" a person who is signed in.
 * A scope is asked of whoever comes.
 */
export type Need = "open" | "known" | "session" | Scope;

/** @throws VedetteError UNAUTHENTICATED, FORBIDDEN */
export function authorise(principal: Principal, need: Need, whole: boolean): void {
  if (need === "open") return;
  if (principal === NOBODY) throw new VedetteError("UNAUTHENTICATED", "No key and no session was sent");
  if (need === "session" && principal.session === undefined)
    throw new VedetteError("FORBIDDEN", "This is for people who are signed in, not for keys");
  if (need !== "known" && need !== "session" && !principal.scopes.has(need))
    throw new VedetteError("FORBIDDEN", `This needs ${need}`, need);
  if (whole && principal.services !== "all")
    throw new VedetteError("FORBIDDEN", "This is only for those who may see every service");
}

export function maySee(principal: Principal, service: string | undefined): boolean {
  return principal.services === "all" || (service !== undefined && principal.services.includes(service));
}
