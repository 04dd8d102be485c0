/** The slow drip: how many different private records one actor read within a day, over all endpoints. */
import { type Fact, METHOD } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import type { Moment } from "../detector.ts";
import { hasOrdinaryUsers } from "../endpoints.ts";
import { addDistinct, countDistinct, createDistinct, type Distinct } from "../state/distinct.ts";
import { createKeyedState } from "../state/keyed.ts";
import { createOwnership, notePublic, noteReader, ownershipKind } from "../state/ownership.ts";
import { createPeers, observePeer, peerHigh } from "../state/peers.ts";
import { RECORDS_FLOOR } from "./descriptor.ts";

const DAY_MS = 86_400_000;
const FACTOR = 6;
const OWN_GROWTH = 2;
const SEARCH_CRAWLER = AGENT_CLASSES.indexOf("search_crawler");

/** What one actor has read since `since`. */
export interface Shelf {
  since: number;
  firstTime: number;
  records: Distinct;
  /** Most it read in a day before. */
  usual: number;
}

export interface RecordsRead {
  readonly records: number;
  readonly threshold: number;
  readonly expected: number | undefined;
  readonly firstTime: number;
  /** Whether the endpoint has users whose ordinary use this can be held against. */
  readonly ordinary: boolean;
}

export interface RecordBook {
  /** @returns what was read, when it is over the line */
  note(moment: Moment, shelf: Shelf, convicted: boolean): RecordsRead | undefined;
}

export function createShelf(moment: Moment): Shelf {
  return { since: moment.now, firstTime: moment.fact.time, records: createDistinct(1024), usual: 0 };
}

export function createRecordBook(): RecordBook {
  const owners = createKeyedState<ReturnType<typeof createOwnership>>(4000);
  const peers = createPeers();
  return {
    note(moment, shelf, convicted) {
      const { fact, endpoint, now } = moment;
      if (fact.objectKey === 0 || fact.method !== METHOD.GET) return undefined;
      const ownership = owners.of(endpoint.id + 2, createOwnership);
      if (fact.agentClass === SEARCH_CRAWLER) notePublic(ownership);
      else noteReader(ownership, fact.objectKey, readerOf(fact));
      if (now - shelf.since > DAY_MS) {
        const read = countDistinct(shelf.records);
        if (!convicted) observePeer(peers, read);
        Object.assign(shelf, createShelf(moment), { usual: Math.max(shelf.usual, convicted ? 0 : read) });
      }
      const kind = ownershipKind(ownership);
      if (kind === "public") return undefined;
      // What is not yet known to be private counts towards what is usual for this actor, and convicts nobody.
      if (!addDistinct(shelf.records, fact.objectKey) || kind === "unknown") return undefined;
      const records = countDistinct(shelf.records);
      if (records < RECORDS_FLOOR) return undefined;
      const high = peerHigh(peers);
      const threshold = Math.max(RECORDS_FLOOR, (high ?? 0) * FACTOR, shelf.usual * OWN_GROWTH);
      if (records < threshold) return undefined;
      return {
        records,
        threshold,
        expected: high,
        firstTime: shelf.firstTime,
        ordinary: hasOrdinaryUsers(endpoint),
      };
    },
  };
}

function readerOf(fact: Fact): number {
  return fact.userKey || fact.credentialKey || fact.clientKey;
}
