/** Who works here: those who are given operations that hardly anyone else is, often. */
import type { Moment } from "../detector.ts";
import { hasOrdinaryUsers } from "../endpoints.ts";
import { createKeyed, entryOf, type Keyed, peek } from "../state/keyed.ts";

/** Principal → answers 2xx of operations with few users, though often used. */
export type Roles = Keyed<{ special: number }>;

const MAX_PEOPLE = 4096;
const OFTEN = 30;
const ENOUGH = 5;

export function createRoles(): Roles {
  return createKeyed(MAX_PEOPLE);
}

export function noteOperation(roles: Roles, principal: number, { fact, endpoint }: Moment): void {
  if (hasOrdinaryUsers(endpoint) || endpoint.requests < OFTEN) return;
  if (fact.status < 200 || fact.status >= 300) return;
  entryOf(roles, principal, () => ({ special: 0 })).special++;
}

export function isStaff(roles: Roles, principal: number): boolean {
  return (peek(roles, principal)?.special ?? 0) >= ENOUGH;
}
