/**
 * What is known of one kind of object, whatever is done to it: `/orders/{id}` read, changed or deleted. Objects are
 * private when those who come back to them are nearly always the ones who used them first.
 */

import { KEY_SEED, keyOf } from "../../normalize/key.ts";
import { type Endpoint, type Endpoints, templateOf } from "../endpoints.ts";
import { createKeyed, entryOf, type Keyed, used } from "../state/keyed.ts";
import { createPeers, type Peers } from "../state/peers.ts";

export interface Ground {
  readonly key: number;
  /** Different objects. */
  claimed: number;
  /** Objects that were used again, and those of them that somebody else used. */
  returned: number;
  foreign: number;
  /** Different principals. */
  readonly users: Circle;
  /** Those of them who were given what another used first, by halves of the objects: one in both was given several. */
  readonly strayed: readonly [Circle, Circle];
  /** How many are in both. */
  foreigners: number;
  /** Any objects that principals used within a day. */
  readonly objects: Peers;
  /** Those who use objects of others, by what they use within an hour, and within a day. */
  readonly hour: Company;
  readonly day: Company;
  /** Objects of others that customers used within a day: those who were only seen with a few of their own before. */
  readonly customers: Peers;
}

/** Different principals: up to a few hundred about their number, then ever less. */
export interface Circle {
  readonly bits: Uint32Array;
  /** Bits that are set. */
  count: number;
}

export interface Company {
  readonly others: Peers;
  /** Those who use most of them: principal → how many, newest last. */
  readonly regulars: Map<number, number>;
}

export interface Grounds {
  /** By endpoint id; endpoints of the same objects share theirs. */
  readonly byEndpoint: Keyed<Ground>;
  readonly byKey: Keyed<Ground>;
}

/** Fewer objects that were used again tell nothing. */
const ENOUGH = 30;
/** Families and teams share some; what belongs to nobody is used by everybody. */
const PRIVATE_SHARE = 0.25;
/** So many objects that next to nobody shares are hardly everybody's, even when few were used again. */
const ENOUGH_CLAIMED = 50;
const SHARED_SHARE = 0.1;
const ORDINARY_USERS = 8;
const CIRCLE_BITS = 1024;
/** Fewer users than this tell nothing of their shares, and more than this are not told apart. */
const ENOUGH_USERS = 60;
const MOST_USERS = 1000;
const FEW_SHARE = 0.1;
/** Of fewer objects nobody's job is known yet. */
const ENOUGH_TO_BE_ALONE = 100;
const MAX_REGULARS = 12;
/** So many others who do the same make it a job. */
const FELLOWS = 3;

export function createGrounds(): Grounds {
  return { byEndpoint: createKeyed(16_384), byKey: createKeyed(4096) };
}

export function groundOf(grounds: Grounds, endpoints: Endpoints, endpoint: Endpoint): Ground {
  return used(grounds.byEndpoint, endpoint.id + 2) ?? newGroundOf(grounds, endpoints, endpoint);
}

function newGroundOf(grounds: Grounds, endpoints: Endpoints, endpoint: Endpoint): Ground {
  const key = kindKey(templateOf(endpoints, endpoint), endpoint);
  const ground = entryOf(grounds.byKey, key, createGround, key);
  return entryOf(grounds.byEndpoint, endpoint.id + 2, () => ground);
}

function createGround(key: number): Ground {
  return {
    key,
    claimed: 0,
    returned: 0,
    foreign: 0,
    users: createCircle(),
    strayed: [createCircle(), createCircle()],
    foreigners: 0,
    objects: createPeers(),
    hour: createCompany(),
    day: createCompany(),
    customers: createPeers(),
  };
}

function createCircle(): Circle {
  return { bits: new Uint32Array(CIRCLE_BITS / 32), count: 0 };
}

function createCompany(): Company {
  return { others: createPeers(), regulars: new Map() };
}

/** Of "GET /orders/{id}/lines" everything up to the last identifier, without the method. */
function kindKey(template: string, { service }: Endpoint): number {
  const path = template.slice(template.indexOf(" ") + 1);
  const end = path.lastIndexOf("}");
  return keyOf(KEY_SEED.route, `${service.name} ${end === -1 ? path : path.slice(0, end + 1)}`);
}

export function isPrivate(ground: Ground): boolean {
  const { returned, foreign } = ground;
  return returned >= ENOUGH && (foreign <= returned * PRIVATE_SHARE || isForAFew(ground));
}

/** As far as it shows: where things are used once, nobody comes back to anything. */
export function looksPrivate(ground: Ground): boolean {
  if (isPrivate(ground)) return true;
  return (
    ground.claimed >= ENOUGH_CLAIMED && !isPublic(ground) && ground.foreign <= ground.claimed * SHARED_SHARE
  );
}

export function isPublic(ground: Ground): boolean {
  const { returned, foreign } = ground;
  return returned >= ENOUGH && foreign > returned * PRIVATE_SHARE && !isForAFew(ground);
}

/** Whether only a few of all who come use what is another's: a team that looks after customers sees much of it. */
function isForAFew({ users, foreigners }: Ground): boolean {
  return users.count >= ENOUGH_USERS && users.count <= MOST_USERS && foreigners <= users.count * FEW_SHARE;
}

/** Used by enough different principals for one of them to stand out. */
export function hasUsers({ users }: Ground): boolean {
  return users.count >= ORDINARY_USERS;
}

/** One object is chance: what is one's own was looked at by a team before. */
export function noteForeigner(ground: Ground, principal: number, object: number): void {
  const [even, odd] = ground.strayed;
  const [half, other] = object % 2 === 0 ? [even, odd] : [odd, even];
  if (enter(half, principal) && isIn(other, principal)) ground.foreigners++;
}

export function noteUser({ users }: Ground, principal: number): void {
  enter(users, principal);
}

function placeOf(principal: number): number {
  return Math.imul((principal | 0) ^ ((principal / 0x100000000) | 0), 0x9e3779b1) >>> 22;
}

function isIn({ bits }: Circle, principal: number): boolean {
  const place = placeOf(principal);
  return (bits[place >>> 5] & (1 << (place & 31))) !== 0;
}

/** @returns whether it is new */
function enter(circle: Circle, principal: number): boolean {
  const place = placeOf(principal);
  const word = circle.bits[place >>> 5];
  const bit = 1 << (place & 31);
  if ((word & bit) !== 0) return false;
  circle.bits[place >>> 5] = word | bit;
  circle.count++;
  return true;
}

/** Remembers how many objects of others a principal uses, among the highest. */
export function noteRegular({ regulars }: Company, principal: number, others: number): void {
  if (!regulars.has(principal) && regulars.size >= MAX_REGULARS) {
    let lowest = Number.POSITIVE_INFINITY;
    let leaving = 0;
    for (const [key, value] of regulars) {
      if (value >= lowest) continue;
      lowest = value;
      leaving = key;
    }
    if (lowest >= others) return;
    regulars.delete(leaving);
  }
  regulars.set(principal, others);
}

/** Whether nobody else uses more than one or two objects of others here: then it is nobody's job. */
export function isAlone({ day: { regulars }, claimed }: Ground, principal: number): boolean {
  return claimed >= ENOUGH_TO_BE_ALONE && regulars.size <= (regulars.has(principal) ? 1 : 0);
}

/** What the third highest of the others reaches: a team that looks after customers has no fewer. 0 without a team. */
export function fellowsReach({ regulars }: Company, principal: number): number {
  const values = [...regulars].filter(([key]) => key !== principal).map(([, value]) => value);
  return values.sort((a, b) => b - a)[FELLOWS - 1] ?? 0;
}
