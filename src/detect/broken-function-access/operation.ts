/** Whom each operation is given to: most to everybody, some to a few who use them all the time. */
import type { Endpoint, Endpoints } from "../endpoints.ts";
import { templateOf } from "../endpoints.ts";
import { bitCount } from "../state/bits.ts";

export interface Operation {
  /** Principal → how often it was given; undefined once they are too many to be a few. */
  members: Map<number, number> | undefined;
  given: number;
  /** Stream time when it was given first. */
  since: number;
  /** Principals that were refused, as bits of their keys. */
  refusedBits: number;
  /** Its name says that it is for staff. */
  readonly worded: boolean;
}

const MAX_MEMBERS = 12;
/** Whoever was given it so often is one of them. */
export const MEMBER_USES = 5;
/** Of all principals, a few are at most this share, or this number. */
const FEW_SHARE = 0.02;
const FEW = 4;
const ENOUGH_GIVEN = 20;
const ESTABLISHED_MS = 1_800_000;
/** A page that offers what it then refuses has many who are refused. */
const OFFERED = 6;
const STAFF_WORD =
  /(?:^|[\s/._-])(?:admin|admins|administrator|administration|back-?office|staff|superusers?|internal|management|manage|actuator|sudo|operators?|moderation)(?:$|[\s/._-])/i;

export function createOperation(endpoints: Endpoints, endpoint: Endpoint, now: number): Operation {
  const name = `${endpoint.service.name} ${templateOf(endpoints, endpoint)}`;
  return { members: new Map(), given: 0, since: now, refusedBits: 0, worded: STAFF_WORD.test(name) };
}

export function noteGiven(operation: Operation, principal: number): void {
  const { members } = operation;
  operation.given++;
  if (members === undefined) return;
  members.set(principal, (members.get(principal) ?? 0) + 1);
  if (members.size > MAX_MEMBERS) operation.members = undefined;
}

export function noteRefused(operation: Operation, principal: number): void {
  const hash = Math.imul((principal | 0) ^ ((principal / 0x100000000) | 0), 0x9e3779b1);
  operation.refusedBits |= 1 << (hash >>> 27);
}

/** For a few: they are given it often, and have been for a while. @param everybody how many principals there are */
export function isForFew({ members, given, since }: Operation, everybody: number, now: number): boolean {
  if (members === undefined || given < ENOUGH_GIVEN || now - since < ESTABLISHED_MS) return false;
  if (members.size > Math.max(FEW, everybody * FEW_SHARE)) return false;
  let byMembers = 0;
  for (const uses of members.values()) if (uses >= MEMBER_USES) byMembers += uses;
  return byMembers >= given * 0.8;
}

export function isOffered({ refusedBits }: Operation): boolean {
  return bitCount(refusedBits) >= OFFERED;
}
