/**
 * Many addresses, one attacker: which verdicts of one kind on one service come from sources that act as one. To do
 * the same at the same time is not enough, as scanners that know nothing of each other meet on every public server:
 * they must share a trait besides, or be more than chance brings together.
 */
import { rank } from "../detect/severity.ts";
import type { Verdict } from "../detect/verdict.ts";
import type { Category } from "../event.ts";

/** A campaign's next source begins within this time of the one before, or of its end. */
const NEXT_MS = 1_800_000;
/** Sources that one hand starts begin within this time. */
const AT_ONCE_MS = 300_000;
/** So many with a trait in common are a campaign. */
const SWARM = 4;
/** So many without one: of a hundred unrelated sources a day, twelve meet in half an hour on one day in thousands. */
const CROWD = 12;

/** What comes to everybody unasked for: that two of them meet at one endpoint says nothing. */
const UNASKED: ReadonlySet<Category> = new Set(["probing", "scanner"]);

interface Trait {
  readonly key: string;
  readonly within: number;
}

/** @param join called for indexes into `verdicts`, which are alarms about addresses */
export function joinSwarms(verdicts: readonly Verdict[], join: (a: number, b: number) => void): void {
  const alike = new Map<string, { readonly within: number; readonly list: number[] }>();
  const kinds = new Map<string, number[]>();
  for (const [index, verdict] of verdicts.entries()) {
    if (verdict.entity.type !== "client.address" || rank(verdict.severity) < 1) continue;
    const kind = `${verdict.service} ${verdict.category} ${verdict.class ?? ""}`;
    push(kinds, kind, index);
    for (const { key, within } of traitsOf(verdict)) {
      const name = `${kind} ${key}`;
      const known = alike.get(name);
      if (known === undefined) alike.set(name, { within, list: [index] });
      else known.list.push(index);
    }
  }
  for (const { within, list } of alike.values()) {
    for (const chain of chainsOf(verdicts, list, within)) joinAll(verdicts, chain, SWARM, join);
  }
  for (const list of kinds.values()) joinCrowds(verdicts, list, join);
}

function traitsOf({ category, endpoint, entity, traits }: Verdict): Trait[] {
  const shared: Trait[] = [{ key: `network ${networkOf(entity.value)}`, within: NEXT_MS }];
  if (endpoint !== "" && !endpoint.startsWith("(") && !UNASKED.has(category))
    shared.push({ key: `endpoint ${endpoint}`, within: NEXT_MS });
  for (const payload of traits.payloads) shared.push({ key: `payload ${payload}`, within: NEXT_MS });
  const [a, b, c, d] = traits.paths;
  for (const agent of traits.agents) {
    shared.push({ key: `agent ${agent}`, within: AT_ONCE_MS });
    if (d === undefined) continue;
    // Two of four places: sets that agree in nine of ten paths nearly always do, in one of five hardly ever.
    shared.push({ key: `agent ${agent} paths ${a} ${b}`, within: NEXT_MS });
    shared.push({ key: `agent ${agent} and paths ${c} ${d}`, within: NEXT_MS });
  }
  return shared;
}

/** IPv4 by /24, IPv6 by /48: what one customer of a provider is given. */
function networkOf(address: string): string {
  if (address.includes(":")) return address.split(":").slice(0, 3).join(":");
  return address.slice(0, address.lastIndexOf("."));
}

/** Verdicts each of which begins soon after another began or ended. What lasts long holds nothing together by that. */
function chainsOf(verdicts: readonly Verdict[], list: readonly number[], within: number): number[][] {
  if (list.length < SWARM) return [];
  const starts = [...list].sort((a, b) => verdicts[a].firstSeen - verdicts[b].firstSeen);
  const ends = [...list].sort((a, b) => verdicts[a].lastSeen - verdicts[b].lastSeen);
  const chains = new Map<number, number[]>();
  let ended = 0;
  let before = -1;
  for (const index of starts) {
    const { firstSeen } = verdicts[index];
    while (ended < ends.length && verdicts[ends[ended]].lastSeen <= firstSeen) ended++;
    const last = ended > 0 ? ends[ended - 1] : -1;
    const near = [
      before !== -1 && firstSeen - verdicts[before].firstSeen <= within ? chains.get(before) : undefined,
      last !== -1 && firstSeen - verdicts[last].lastSeen <= within ? chains.get(last) : undefined,
    ];
    chains.set(index, extended(chains, index, near));
    before = index;
  }
  return [...new Set(chains.values())];
}

function extended(
  chains: Map<number, number[]>,
  index: number,
  [one, other]: readonly (number[] | undefined)[],
): number[] {
  const chain = one ?? other ?? [];
  if (one !== undefined && other !== undefined && one !== other) {
    for (const member of other) {
      one.push(member);
      chains.set(member, one);
    }
  }
  chain.push(index);
  return chain;
}

function joinAll(
  verdicts: readonly Verdict[],
  chain: readonly number[],
  least: number,
  join: (a: number, b: number) => void,
): void {
  const sources = new Set(chain.map((index) => verdicts[index].entity.value));
  if (sources.size < least) return;
  for (const index of chain) join(chain[0], index);
}

/** Wherever so many begin within half an hour. */
function joinCrowds(
  verdicts: readonly Verdict[],
  list: readonly number[],
  join: (a: number, b: number) => void,
): void {
  if (list.length < CROWD) return;
  const starts = [...list].sort((a, b) => verdicts[a].firstSeen - verdicts[b].firstSeen);
  const present = new Map<string, number>();
  const count = (index: number, change: number) => {
    const { value } = verdicts[index].entity;
    const times = (present.get(value) ?? 0) + change;
    if (times === 0) present.delete(value);
    else present.set(value, times);
  };
  let from = 0;
  let joined = 0;
  for (const [to, index] of starts.entries()) {
    count(index, 1);
    for (; verdicts[index].firstSeen - verdicts[starts[from]].firstSeen > NEXT_MS; from++)
      count(starts[from], -1);
    if (present.size < CROWD) continue;
    for (let each = Math.max(from, joined); each <= to; each++) join(starts[from], starts[each]);
    joined = to + 1;
  }
}

function push(lists: Map<string, number[]>, key: string, index: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [index]);
  else list.push(index);
}
