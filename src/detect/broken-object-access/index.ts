/** Using objects that belong to others: what owners use is learned, whoever uses what is another's stands out. */
import { FACT_FLAG, type Fact } from "../../fact.ts";
import { isPrivateKey } from "../../normalize/address.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { pairKey } from "../../normalize/key.ts";
import type { Detector, Moment } from "../detector.ts";
import { countDistinct } from "../state/distinct.ts";
import { createKeyed, entryOf, type Keyed, peek } from "../state/keyed.ts";
import {
  claimObject,
  createOwners,
  FIRST_FOREIGN,
  FIRST_RETURN,
  findObject,
  giveObject,
  markUse,
  type Owners,
  ownerAt,
  ownerOf,
  sinceClaim,
  wasGiven,
} from "../state/owners.ts";
import { growPeer, leavePeer } from "../state/peers.ts";
import { brokenObjectAccessDescriptor, DAY, HOUR, STRETCHES } from "./descriptor.ts";
import {
  createGrounds,
  type Ground,
  type Grounds,
  groundOf,
  hasUsers,
  isPublic,
  looksPrivate,
  noteForeigner,
  noteRegular,
  noteUser,
} from "./ground.ts";
import { explainTrespass, type Judge, judgeTrespass, noteGiven } from "./judge.ts";
import { createRoles, isStaff, noteOperation, type Roles } from "./role.ts";
import { countObject, createTally, createTrespass, isRefused, type Trespass } from "./trespass.ts";

const SEARCH_CRAWLER = AGENT_CLASSES.indexOf("search_crawler");
/** They read what is linked, and say who they are. */
const CRAWLERS: ReadonlySet<number> = new Set(
  (["search_crawler", "ai_crawler", "monitor"] as const).map((kind) => AGENT_CLASSES.indexOf(kind)),
);
const MAX_OBJECTS = 1 << 19;
const MAX_TRESPASSES = 16_384;
/** A page asks for one thing in several ways at once; coming back to it is later. */
const RETURN_MS = 60_000;
/**
 * Who uses more objects than this in a week tells nothing about whose they are: a mailer comes first to every order, and
 * so does who harvests them. What such a one came to first belongs to whoever comes next. A third one shows that it is
 * everybody's.
 */
const BROAD = 16;
const MAX_BROAD = 8192;
/** Who comes back to an object this much later is a customer. */
const CUSTOMER_MS = 20 * 3_600_000;
const MAX_CUSTOMERS = 32_768;
/** Nor does one who says over and over that they are everybody's. */
const MAX_VOTES = 3;

interface State {
  readonly owners: Owners;
  readonly grounds: Grounds;
  /** By principal and kind of object. */
  readonly trespasses: Keyed<Trespass>;
  /** By owner and kind of object. */
  readonly broad: Keyed<true>;
  /** Stream time from which an owner was one of them, of whatever kind of object. */
  readonly broadSince: Keyed<number>;
  /** Owners who came back to what they used on another day, of whatever kind. */
  readonly customers: Keyed<true>;
  readonly roles: Roles;
}

export const brokenObjectAccess: Detector = {
  descriptor: brokenObjectAccessDescriptor,
  stateVersion: 3,
  start(context) {
    const state = context.state<State>(() => ({
      owners: createOwners(MAX_OBJECTS),
      grounds: createGrounds(),
      trespasses: createKeyed(MAX_TRESPASSES),
      broad: createKeyed(MAX_BROAD),
      broadSince: createKeyed(MAX_BROAD),
      customers: createKeyed(MAX_CUSTOMERS),
      roles: createRoles(),
    }));
    const judge: Judge = { context, isStaff: (principal) => isStaff(state.roles, principal) };
    return {
      event(moment) {
        const { fact, now } = moment;
        if ((fact.flags & FACT_FLAG.ASSET) !== 0) return;
        const principal = fact.userKey || fact.credentialKey || fact.clientKey;
        if (principal === 0) return;
        noteOperation(state.roles, principal, moment);
        if (fact.objectKey === 0) return;
        const given = isGiven(fact);
        if (!given && (!isRefused(fact) || fact.status === 401)) return;
        const ground = groundOf(state.grounds, context.endpoints, moment.endpoint);
        noteUser(ground, principal);
        const everybodys = isPublic(ground);
        // One in eight is enough to see whether it stays so.
        if (everybodys && (fact.objectKey & 7) !== 0) return;
        if (fact.agentClass === SEARCH_CRAWLER) return noteEverybody(ground);
        const object = pairKey(fact.objectKey, ground.key);
        const at = findObject(state.owners, object);
        const me = ownerOf(principal);
        if (at !== -1 && ownerAt(state.owners, at) === me) {
          if (given) noteReturn(state, ground, at, now);
          return;
        }
        const orphan = at !== -1 && isOrphan(state, at, ground);
        const others = at !== -1 && given && !orphan;
        if (others) noteForeigner(ground, principal, object);
        if (everybodys) {
          if (others) noteForeign(ground, state.owners, at);
          return;
        }
        const key = pairKey(principal, ground.key);
        let trespass = peek(state.trespasses, key);
        if (trespass === undefined && !others && moment.actor === undefined) {
          if (given) claim(ground, state.owners, { object, at }, me, now);
          return;
        }
        trespass = entryOf(state.trespasses, key, newTrespass, moment);
        rollTallies(trespass, now, fact.time);
        const convicted = isConvicted(trespass);
        if (countDistinct(trespass.seen) > BROAD) noteBroad(state, me, ground, now);
        else if (given && !convicted) {
          if (!others) claim(ground, state.owners, { object, at }, me, now);
          else if (trespass.votes < MAX_VOTES) {
            noteForeign(ground, state.owners, at);
            trespass.votes++;
          }
        }
        const owner = others ? ownerAt(state.owners, at) : 0;
        if (!countObject(trespass, fact, others)) {
          if (trespass.verdict?.closed === false) context.add(trespass.verdict);
          return;
        }
        if (given) noteGiven(judge, trespass, moment, owner);
        const hour = trespass.tallies[HOUR];
        const day = trespass.tallies[DAY];
        const customer = isCustomer(state, trespass, me, now);
        const learns = !convicted && !isPrivateKey(fact.clientKey);
        if (learns && day !== undefined) {
          growPeer(ground.objects, day.objects - 1, day.objects);
          if (others) growPeer(ground.day.others, day.others - 1, day.others);
          if (others && customer) growPeer(ground.customers, day.others - 1, day.others);
          if (others && hour !== undefined) growPeer(ground.hour.others, hour.others - 1, hour.others);
        }
        if (others && day !== undefined && day.others >= FEW) {
          noteRegular(ground.day, principal, Math.max(day.others, trespass.usual[DAY] ?? 0));
        }
        if (others && hour !== undefined && hour.others >= FEW) {
          noteRegular(ground.hour, principal, Math.max(hour.others, trespass.usual[HOUR] ?? 0));
        }
        if (looksPrivate(ground) && hasUsers(ground) && !CRAWLERS.has(fact.agentClass)) {
          judgeTrespass(judge, moment, { principal, customer }, ground, trespass);
          if (learns && day !== undefined && isConvicted(trespass)) {
            leavePeer(ground.objects, day.objects);
            leavePeer(ground.day.others, day.others);
            leavePeer(ground.hour.others, hour?.others ?? 0);
            if (customer) leavePeer(ground.customers, day.others);
          }
        }
      },
      explain: explainTrespass,
    };
  },
};

function newTrespass({ now, fact }: Moment): Trespass {
  return createTrespass(now, fact.time, STRETCHES.length);
}

/** Whether who came first to an object comes first to many. */
function isOrphan({ owners, broad }: State, at: number, ground: Ground): boolean {
  return !wasGiven(owners, at) && peek(broad, pairKey(ownerAt(owners, at), ground.key)) !== undefined;
}

function noteReturn({ owners, customers }: State, ground: Ground, at: number, now: number): void {
  const since = sinceClaim(owners, at, now);
  if (since < RETURN_MS) return;
  if ((markUse(owners, at, false) & FIRST_RETURN) !== 0) ground.returned++;
  if (since >= CUSTOMER_MS) entryOf(customers, ownerAt(owners, at), () => true);
}

function noteBroad({ broad, broadSince }: State, owner: number, ground: Ground, now: number): void {
  entryOf(broad, pairKey(owner, ground.key), () => true);
  entryOf(broadSince, owner, () => now);
}

/** Whether it was seen with objects of its own before, on another day, and never with many until today. */
function isCustomer(
  { customers, broadSince }: State,
  { usualObjects }: Trespass,
  owner: number,
  now: number,
): boolean {
  if (usualObjects > BROAD || peek(customers, owner) === undefined) return false;
  return now - (peek(broadSince, owner) ?? now) < STRETCHES[DAY].windowMs;
}

function isConvicted({ verdict }: Trespass): boolean {
  return verdict !== undefined && verdict.severity !== "info";
}

/** Fewer objects of others are no habit. */
const FEW = 5;

function isGiven({ status }: Fact): boolean {
  return status >= 200 && status < 300;
}

/** An object, and where it stands among those that are known: -1 when it is not. */
interface Found {
  readonly object: number;
  readonly at: number;
}

function claim(ground: Ground, owners: Owners, { object, at }: Found, owner: number, now: number): void {
  if (at !== -1) {
    giveObject(owners, at, owner, now);
    return;
  }
  ground.claimed++;
  claimObject(owners, object, owner, now);
}

function noteForeign(ground: Ground, owners: Owners, at: number): void {
  const news = markUse(owners, at, true);
  if ((news & FIRST_RETURN) !== 0) ground.returned++;
  if ((news & FIRST_FOREIGN) !== 0) ground.foreign++;
}

/** What a search engine is served, everybody is served. */
function noteEverybody(ground: Ground): void {
  ground.returned++;
  ground.foreign++;
}

/** Stretches that are over teach what is usual for this principal, and begin anew. */
function rollTallies(trespass: Trespass, now: number, time: number): void {
  for (let index = 0; index < STRETCHES.length; index++) {
    const tally = trespass.tallies[index];
    if (tally === undefined || now - tally.since <= STRETCHES[index].windowMs) continue;
    if (trespass.verdict === undefined || trespass.verdict.severity === "info") {
      trespass.usual[index] = Math.max(trespass.usual[index] ?? 0, tally.others);
      if (index === DAY) trespass.usualObjects = Math.max(trespass.usualObjects, tally.objects);
    }
    trespass.tallies[index] = createTally(now, time);
    if (index === STRETCHES.length - 1) {
      const { seen, owners } = createTrespass(now, time, 0);
      trespass.seen = seen;
      trespass.owners = owners;
    }
  }
}
