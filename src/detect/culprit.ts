/** Whom a verdict names: the most specific entity that explains the behaviour (the ladder of entities). */
import type { EntityType } from "../event.ts";
import { FACT_FLAG, type Fact } from "../fact.ts";
import type { Moment } from "./detector.ts";
import { bitCount } from "./state/bits.ts";
import type { Source } from "./state/sources.ts";

/** From this many users, keys or sessions on, an address is a place and not a person. */
const SHARED_PRINCIPALS = 3;
/** The same without users in the log: this many different user agents. */
const SHARED_AGENTS = 6;

/**
 * True when many people stand behind an address: carrier-grade NAT, an office, a proxy. Only what was served counts, and
 * only identities that came back: who tries many names, keys or user agents in vain stays one source.
 */
export function isShared(client: Source): boolean {
  return bitCount(client.principals) >= SHARED_PRINCIPALS || bitCount(client.agents) >= SHARED_AGENTS;
}

/** The client, unless it is shared and the log knows who behind it acted. */
export function culprit(moment: Moment): Source | undefined {
  const { client, actor } = moment;
  if (client === undefined || actor === undefined || actor === client) return client ?? actor;
  return isShared(client) ? actor : client;
}

/** How many people an address may stand for, at least; what one person may do is multiplied by it. */
export function crowd(source: Source): number {
  if (source.type !== "client.address") return 1;
  return Math.max(
    1,
    bitCount(source.principals),
    bitCount(source.agents) >= SHARED_AGENTS ? bitCount(source.agents) : 1,
  );
}

/** What the key of a request stands for, when it has one besides its address. */
export function principalType(fact: Fact): EntityType {
  if (fact.userKey !== 0) return "user.id";
  return (fact.flags & FACT_FLAG.API_KEY) === 0 ? "session.id" : "api_key.fingerprint";
}
