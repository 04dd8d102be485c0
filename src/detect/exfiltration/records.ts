/** The slow drip: how many different private records one actor read at one endpoint within a day. */
import { type Fact, METHOD } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import type { Moment } from "../detector.ts";
import { hasOrdinaryUsers } from "../endpoints.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { isFamiliar, type Visits } from "../state/familiar.ts";
import { createKeyed, entryOf, type Keyed } from "../state/keyed.ts";
import {
  createOwnership,
  notePublic,
  noteReader,
  type Ownership,
  ownershipKind,
} from "../state/ownership.ts";
import { createPeers, growPeer, type Peers, peerHigh } from "../state/peers.ts";

const DAY_MS = 86_400_000;
/** Above the highest that a few others reach at the same endpoint. */
const FACTOR = 4;
const OWN_GROWTH = 2;
/** Endpoints that one actor is followed on at a time. */
const MAX_SHELVES = 8;
/** A back office has a dozen people. */
const ENOUGH_READERS = 8;
/** Requests for each record. */
const REPEATS = 4;
const SEARCH_CRAWLER = AGENT_CLASSES.indexOf("search_crawler");

/** What one actor has read at one endpoint since `since`. */
interface Shelf {
  readonly since: number;
  readonly firstTime: number;
  readonly records: Distinct;
  requests: number;
  /** Most it read in a day before. */
  readonly usual: number;
}

export interface Shelves {
  readonly visits: Visits;
  readonly shelves: Map<number, Shelf>;
}

export function createShelves(): Shelves {
  return { visits: new Map(), shelves: new Map() };
}

export interface RecordsRead {
  readonly records: number;
  readonly threshold: number;
  readonly expected: number | undefined;
  readonly firstTime: number;
  /** Most this actor read in a day before; 0 when nothing is known. */
  readonly usual: number;
  /** Whether it mostly asks for what it already has, as who waits for a change. */
  readonly repeats: boolean;
  /** Stream time of the first use of the endpoint. */
  readonly since: number;
  /** Whether the endpoint has users whose ordinary use this can be held against. */
  readonly ordinary: boolean;
}

interface Ground {
  readonly since: number;
  readonly ownership: Ownership;
  readonly peers: Peers;
}

/** Whose records each endpoint serves, and how many its readers read. */
export type RecordBook = Keyed<Ground>;

export function createRecordBook(): RecordBook {
  return createKeyed(4000);
}

/**
 * @param floor for as many people as stand behind the actor
 * @returns what was read, when it is over the line
 */
export function noteRecord(
  book: RecordBook,
  moment: Moment,
  shelves: Shelves,
  convicted: boolean,
  floor: number,
): RecordsRead | undefined {
  const { fact, endpoint } = moment;
  if (fact.objectKey === 0 || fact.method !== METHOD.GET) return undefined;
  const { since, ownership, peers } = entryOf(book, endpoint.id + 2, newGround, moment.now);
  if (fact.agentClass === SEARCH_CRAWLER) notePublic(ownership);
  else noteReader(ownership, fact.objectKey, readerOf(fact));
  const kind = ownershipKind(ownership);
  if (kind === "public" || !isFamiliar(shelves.visits, endpoint.id)) return undefined;
  const shelf = shelfOf(shelves.shelves, moment, convicted);
  shelf.requests++;
  // What is not yet known to be private counts towards what is usual, and convicts nobody.
  if (!addDistinct(shelf.records, fact.objectKey)) return undefined;
  const records = countDistinct(shelf.records);
  if (!convicted) growPeer(peers, records - 1, records);
  if (kind === "unknown" || records < floor) return undefined;
  const high = peerHigh(peers, ENOUGH_READERS);
  const threshold = Math.max(floor, (high ?? 0) * FACTOR, shelf.usual * OWN_GROWTH);
  if (records < threshold) return undefined;
  const { firstTime, usual } = shelf;
  return {
    records,
    threshold,
    expected: high,
    firstTime,
    usual,
    repeats: shelf.requests > records * REPEATS,
    since,
    ordinary: hasOrdinaryUsers(endpoint),
  };
}

function newGround(since: number): Ground {
  return { since, ownership: createOwnership(), peers: createPeers() };
}

function readerOf(fact: Fact): number {
  return fact.userKey || fact.credentialKey || fact.clientKey;
}

function shelfOf(shelves: Map<number, Shelf>, moment: Moment, convicted: boolean): Shelf {
  const { id } = moment.endpoint;
  const shelf = shelves.get(id);
  if (shelf !== undefined && moment.now - shelf.since <= DAY_MS) return shelf;
  if (shelf === undefined && shelves.size >= MAX_SHELVES) {
    const [oldest] = shelves.keys();
    if (oldest !== undefined) shelves.delete(oldest);
  }
  const before = shelf === undefined || convicted ? 0 : countDistinct(shelf.records);
  const fresh: Shelf = {
    since: moment.now,
    firstTime: moment.fact.time,
    records: createDistinct(64),
    requests: 0,
    usual: Math.max(shelf?.usual ?? 0, before),
  };
  shelves.set(id, fresh);
  return fresh;
}
