/**
 * The patient campaign, a handful of tries an hour: too few for any count of a login, but its sources are alike. They do
 * nothing but log in, share a user agent, a kind of program or a network, and are refused nearly always, while
 * everybody else gets in. Sources that turn out to be people (they get in, they go on to other pages) are taken out.
 */
import { FIRST_HASHED_KEY } from "../../normalize/key.ts";
import type { Moment } from "../detector.ts";
import { createKeyed, entryOf, type Keyed } from "../state/keyed.ts";

const DAY_MS = 86_400_000;
const MAX_SOURCES = 20_000;
const MAX_GROUPS = 4_000;
/** With more tries than this a source is a brute force, told by its own address. */
export const MOST_TRIES = 8;
const FAILURE_SHARE = 0.85;
/** Traits that many share say less than one user agent does. */
const COMMON_TRAIT_FACTOR = 2;
/** Who goes on to this many requests besides the tries is a visitor. */
const VISITOR_REQUESTS = 3;
/** Of the sources that are alike, at least this share must have done nothing else. */
const COLD_SHARE = 0.8;
/** After a look that found nothing, the next comes when there is this much more to see. */
const NEXT_LOOK = 1.2;
/** Of accepted logins, the share of cold ones up to which a cold one is odd in itself. */
const RARE = 0.05;

interface ColdSource {
  readonly name: string;
  readonly groups: readonly number[];
  tries: number;
  /** Event time of the first try. */
  readonly since: number;
  at: number;
  /** Got in after all. */
  admitted: boolean;
}

interface Group {
  /** Of cold sources, fading over a day. */
  failures: number;
  successes: number;
  at: number;
  nextLook: number;
}

export interface LookAlikes {
  readonly sources: Keyed<ColdSource>;
  readonly groups: Keyed<Group>;
  /** Accepted logins, and those of cold sources, fading over a day. */
  accepted: number;
  acceptedCold: number;
  /** Of sources that do other things too. */
  warmFailures: number;
  at: number;
}

export interface Campaign {
  readonly failures: number;
  readonly threshold: number;
  readonly sources: readonly ColdSource[];
}

export interface Lines {
  /** Refusals in a day. */
  readonly day: number;
  readonly sources: number;
}

export function createLookAlikes(): LookAlikes {
  return {
    sources: createKeyed(MAX_SOURCES),
    groups: createKeyed(MAX_GROUPS),
    accepted: 0,
    acceptedCold: 0,
    warmFailures: 0,
    at: 0,
  };
}

/**
 * Counts a refusal.
 * @param requestsOf how many requests a source has made by now
 * @returns the campaign that it shows, if it does
 */
export function countRefusal(
  alikes: LookAlikes,
  moment: Moment,
  cold: boolean,
  name: () => string,
  lines: Lines,
  requestsOf: (key: number) => number,
): Campaign | undefined {
  fadeAll(alikes, moment.now);
  const key = moment.fact.clientKey;
  const known = alikes.sources.young.get(key) ?? alikes.sources.old.get(key);
  if (known === undefined && !cold) {
    alikes.warmFailures++;
    return undefined;
  }
  const source = entryOf(alikes.sources, key, () => ({
    name: name(),
    groups: groupsOf(moment),
    tries: 0,
    since: moment.fact.time,
    at: moment.now,
    admitted: false,
  }));
  source.at = moment.now;
  source.tries++;
  if (source.admitted || source.tries > MOST_TRIES) return undefined;
  let found: Campaign | undefined;
  for (const [index, id] of source.groups.entries()) {
    const group = groupOf(alikes, id, moment.now);
    group.failures++;
    const threshold = lines.day * (index === 0 ? 1 : COMMON_TRAIT_FACTOR);
    if (found !== undefined || group.failures < Math.max(threshold, group.nextLook)) continue;
    found = look(alikes, id, group, threshold, lines.sources, moment.now, requestsOf);
  }
  return found;
}

/** Counts an accepted login. @returns whether it belongs to a campaign when there is one */
export function countAccepted(alikes: LookAlikes, moment: Moment, cold: boolean): boolean {
  fadeAll(alikes, moment.now);
  const key = moment.fact.clientKey;
  const known = alikes.sources.young.get(key) ?? alikes.sources.old.get(key);
  const rare = alikes.acceptedCold <= RARE * alikes.accepted;
  const groups = groupsOf(moment).map((id) => groupOf(alikes, id, moment.now));
  const odd = cold && (rare || groups.some((group) => isRefused(group) && group.failures >= MOST_TRIES));
  alikes.accepted++;
  if (cold) {
    alikes.acceptedCold++;
    for (const group of groups) group.successes++;
  }
  if (known === undefined) return odd;
  if (!known.admitted) {
    known.admitted = true;
    for (const id of known.groups) {
      const group = groupOf(alikes, id, moment.now);
      group.failures = Math.max(0, group.failures - known.tries);
      group.successes++;
    }
  }
  return odd || ownRequests(moment) - known.tries <= VISITOR_REQUESTS;
}

function ownRequests({ client, clientRequests }: Moment): number {
  return clientRequests - (client?.assets ?? 0);
}

/** Whether a source of that kind is refused nearly always. */
function isRefused({ failures, successes }: Group): boolean {
  return failures >= FAILURE_SHARE * (failures + successes);
}

function look(
  alikes: LookAlikes,
  id: number,
  group: Group,
  threshold: number,
  fewest: number,
  now: number,
  requestsOf: (key: number) => number,
): Campaign | undefined {
  group.nextLook = group.failures * NEXT_LOOK;
  if (!isRefused(group) || alikes.warmFailures > Math.max(group.failures, alikes.accepted)) return undefined;
  const alike: ColdSource[] = [];
  let visitors = 0;
  for (const generation of [alikes.sources.old, alikes.sources.young]) {
    for (const [key, source] of generation) {
      if (source.admitted || source.tries > MOST_TRIES || !source.groups.includes(id)) continue;
      if (now - source.at > DAY_MS) continue;
      if (requestsOf(key) - source.tries >= VISITOR_REQUESTS) visitors++;
      else alike.push(source);
    }
  }
  if (alike.length < fewest || alike.length < COLD_SHARE * (alike.length + visitors)) return undefined;
  const failures = alike.reduce((sum, source) => sum + source.tries, 0);
  return failures < threshold ? undefined : { failures, threshold, sources: alike };
}

/** User agent, kind of program, network: ids that cannot meet, as the last two are negative and apart. */
function groupsOf({ fact }: Moment): readonly number[] {
  const agent = fact.agentKey;
  const kind = -1 - fact.agentClass;
  if (!(fact.clientKey > 0 && fact.clientKey < FIRST_HASHED_KEY)) return [agent, kind];
  return [agent, kind, -100 - Math.floor(fact.clientKey / 65_536)];
}

function groupOf(alikes: LookAlikes, id: number, now: number): Group {
  const group = entryOf(alikes.groups, id, () => ({ failures: 0, successes: 0, at: now, nextLook: 0 }));
  if (now > group.at) {
    const kept = Math.exp((group.at - now) / DAY_MS);
    group.failures *= kept;
    group.successes *= kept;
    group.nextLook *= kept;
    group.at = now;
  }
  return group;
}

function fadeAll(alikes: LookAlikes, now: number): void {
  if (now <= alikes.at) return;
  const kept = Math.exp((alikes.at - now) / DAY_MS);
  alikes.accepted *= kept;
  alikes.acceptedCold *= kept;
  alikes.warmFailures *= kept;
  alikes.at = now;
}
