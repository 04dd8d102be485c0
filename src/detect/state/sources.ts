/**
 * Who acts: every client and principal ever seen in a few numbers each (light), and a full record for those that
 * do something worth watching. A million quiet clients cost 76 MB; an attacker is never quiet.
 */
import type { EntityType } from "../../event.ts";
import { createKeyTable, type KeyTable, lookUp, put, remove } from "./key-table.ts";

/** The full record of one watched source. Detectors keep their own state for it in `states`, by their index. */
export interface Source {
  readonly key: number;
  readonly type: EntityType;
  /** How people call it; filled when first watched. */
  readonly name: string;
  readonly firstSeen: number;
  lastSeen: number;
  requests: number;
  /** Up to 32 user agents that were served, as bits of their keys. */
  agents: number;
  /** Users, keys and sessions that came back and were served behind this address, as bits; addresses of an actor. */
  principals: number;
  /** Requests for static assets, which pages cause and scripts seldom do. */
  assets: number;
  /** How many open verdicts name it; while there are any it is not evicted. */
  holds: number;
  /** Verdicts that ever named it: what is known of it is worth keeping. */
  named: number;
  states: unknown[];
}

export interface SourceLimits {
  readonly light: number;
  readonly watched: number;
}

/** A source is watched once it made this many requests within ten minutes, or this many at all: drips are slow. */
const BUSY = 20;
const REGULAR = 60;
const WINDOW_MS = 600_000;
const WEEK_MS = 604_800_000;

/** Of a light row in `wide`: what needs 53 bits. */
const KEY = 0;
const FIRST_SEEN = 1;
const LAST_SEEN = 2;
const WIDE = 3;
/** Of a light row in `rows`: what fits 32. */
const WINDOW = 0;
const WINDOW_REQUESTS = 1;
const REQUESTS = 2;
const AGENTS = 3;
const PRINCIPALS = 4;
const ASSETS = 5;
const WATCHED = 6;
const STRIDE = 7;
const FIRST_SLOTS = 1024;

export interface Sources {
  readonly table: KeyTable;
  limits: SourceLimits;
  wide: Float64Array;
  rows: Int32Array;
  used: number;
  hand: number;
  readonly watched: (Source | undefined)[];
  readonly freeWatched: number[];
  watchedHand: number;
  evictedLight: number;
  evictedWatched: number;
  /** Of the source touched last: when it was first seen, and its requests so far. */
  touchedFirstSeen: number;
  touchedRequests: number;
}

export function createSources(limits: SourceLimits): Sources {
  return {
    table: createKeyTable(FIRST_SLOTS),
    limits,
    wide: new Float64Array(FIRST_SLOTS * WIDE),
    rows: new Int32Array(FIRST_SLOTS * STRIDE),
    used: 0,
    hand: 0,
    watched: [],
    freeWatched: [],
    watchedHand: 0,
    evictedLight: 0,
    evictedWatched: 0,
    touchedFirstSeen: 0,
    touchedRequests: 0,
  };
}

/** The same sources without the room that their rows keep for growth. The rows are shared: for writing only. */
export function withoutRoom(sources: Sources): Sources {
  const { wide, rows, used } = sources;
  return { ...sources, wide: wide.subarray(0, used * WIDE), rows: rows.subarray(0, used * STRIDE) };
}

/**
 * Counts one event of a source.
 * @param noteworthy watch it from now on, however quiet it is
 * @param name asked for once, when it starts being watched
 * @returns the full record when the source is watched
 */
export function touch(
  sources: Sources,
  key: number,
  type: EntityType,
  time: number,
  agentKey: number,
  principalKey: number,
  asset: boolean,
  noteworthy: boolean,
  name: () => string,
): Source | undefined {
  let slot = lookUp(sources.table, key);
  if (slot === -1) slot = admit(sources, key, time);
  const { rows, wide } = sources;
  const at = slot * STRIDE;
  sources.touchedFirstSeen = wide[slot * WIDE + FIRST_SEEN];
  wide[slot * WIDE + LAST_SEEN] = time;
  sources.touchedRequests = ++rows[at + REQUESTS];
  if (agentKey !== 0) rows[at + AGENTS] |= 1 << (agentKey & 31);
  if (principalKey !== 0) rows[at + PRINCIPALS] |= 1 << (principalKey & 31);
  if (asset) rows[at + ASSETS]++;
  const watchedAt = rows[at + WATCHED];
  if (watchedAt >= 0) {
    const source = sources.watched[watchedAt];
    if (source !== undefined) {
      source.lastSeen = time;
      source.requests++;
      source.agents = rows[at + AGENTS];
      source.principals = rows[at + PRINCIPALS];
      if (asset) source.assets++;
      return source;
    }
  }
  const window = Math.floor(time / WINDOW_MS);
  if (rows[at + WINDOW] !== window) {
    rows[at + WINDOW] = window;
    rows[at + WINDOW_REQUESTS] = 0;
  }
  const inWindow = ++rows[at + WINDOW_REQUESTS];
  if (!noteworthy && inWindow < BUSY && rows[at + REQUESTS] < REGULAR) return undefined;
  return watch(sources, slot, type, name());
}

/** The full record of a source, if it is watched; nothing is counted. */
export function watchedBy(sources: Sources, key: number): Source | undefined {
  const slot = lookUp(sources.table, key);
  if (slot === -1) return undefined;
  const index = sources.rows[slot * STRIDE + WATCHED];
  return index >= 0 ? sources.watched[index] : undefined;
}

/** How many requests a source made so far, static files left out; 0 when it is not known any more. */
export function requestsOf(sources: Sources, key: number): number {
  const slot = lookUp(sources.table, key);
  if (slot === -1) return 0;
  return sources.rows[slot * STRIDE + REQUESTS] - sources.rows[slot * STRIDE + ASSETS];
}

function admit(sources: Sources, key: number, time: number): number {
  let slot: number;
  if (sources.used < sources.limits.light) {
    slot = sources.used++;
    if (slot * STRIDE >= sources.rows.length) {
      const slots = Math.min(Math.max(slot * 2, FIRST_SLOTS), sources.limits.light);
      const { rows, wide } = sources;
      sources.rows = new Int32Array(slots * STRIDE);
      sources.rows.set(rows);
      sources.wide = new Float64Array(slots * WIDE);
      sources.wide.set(wide);
    }
  } else {
    slot = evictLight(sources, time);
  }
  const at = slot * STRIDE;
  sources.rows.fill(0, at, at + STRIDE);
  sources.rows[at + WATCHED] = -1;
  sources.wide[slot * WIDE + KEY] = key;
  sources.wide[slot * WIDE + FIRST_SEEN] = time;
  put(sources.table, key, slot);
  return slot;
}

/** Among the next unwatched few, the one unseen for longest leaves. */
function evictLight(sources: Sources, time: number): number {
  const { rows, wide, limits } = sources;
  let oldest = -1;
  let oldestSeen = Number.POSITIVE_INFINITY;
  for (let looked = 0, candidates = 0; looked < limits.light && candidates < 8; looked++) {
    const slot = sources.hand;
    sources.hand = (sources.hand + 1) % limits.light;
    if (rows[slot * STRIDE + WATCHED] >= 0) continue;
    candidates++;
    const seen = wide[slot * WIDE + LAST_SEEN];
    if (seen < oldestSeen) {
      oldestSeen = seen;
      oldest = slot;
    }
    if (time - seen > 86_400_000) break;
  }
  if (oldest === -1) oldest = sources.hand;
  unwatch(sources, rows[oldest * STRIDE + WATCHED]);
  remove(sources.table, wide[oldest * WIDE + KEY]);
  sources.evictedLight++;
  return oldest;
}

function watch(sources: Sources, slot: number, type: EntityType, name: string): Source {
  const { rows, wide } = sources;
  const at = slot * STRIDE;
  const source: Source = {
    key: wide[slot * WIDE + KEY],
    type,
    name,
    firstSeen: wide[slot * WIDE + FIRST_SEEN],
    lastSeen: wide[slot * WIDE + LAST_SEEN],
    requests: rows[at + REQUESTS],
    agents: rows[at + AGENTS],
    principals: rows[at + PRINCIPALS],
    assets: rows[at + ASSETS],
    holds: 0,
    named: 0,
    states: [],
  };
  let index = sources.freeWatched.pop();
  if (index === undefined) {
    index = sources.watched.length < sources.limits.watched ? sources.watched.length : evictWatched(sources);
  }
  sources.watched[index] = source;
  rows[at + WATCHED] = index;
  return source;
}

/**
 * Among the next few that no open verdict holds, the one unseen for longest goes back to light; one that a verdict
 * ever named counts as seen a week later than it was, since its past is what its future is judged by.
 */
function evictWatched(sources: Sources): number {
  const { watched, limits } = sources;
  let oldest = -1;
  let oldestSeen = Number.POSITIVE_INFINITY;
  for (let looked = 0, candidates = 0; looked < limits.watched && candidates < 16; looked++) {
    const index = sources.watchedHand;
    sources.watchedHand = (sources.watchedHand + 1) % limits.watched;
    const source = watched[index];
    if (source !== undefined && source.holds > 0) continue;
    candidates++;
    const seen = source === undefined ? 0 : source.lastSeen + (source.named > 0 ? WEEK_MS : 0);
    if (source !== undefined && seen < oldestSeen) {
      oldestSeen = seen;
      oldest = index;
    }
  }
  if (oldest === -1) oldest = sources.watchedHand;
  const leaving = watched[oldest];
  if (leaving !== undefined) {
    const slot = lookUp(sources.table, leaving.key);
    if (slot !== -1) sources.rows[slot * STRIDE + WATCHED] = -1;
  }
  sources.evictedWatched++;
  return oldest;
}

function unwatch(sources: Sources, index: number): void {
  if (!(index >= 0)) return;
  sources.watched[index] = undefined;
  sources.freeWatched.push(index);
}
