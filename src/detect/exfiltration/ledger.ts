/**
 * What one person took in a day and in a week, at endpoints that many use, held against what others take and what they
 * took before: a drip stays under every line that holds for all APIs, but not under what is usual at this one.
 */
import { FACT_FLAG, type Fact } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import type { Moment } from "../detector.ts";
import { growPeer, leavePeer, type Peers, peerHigh } from "../state/peers.ts";
import { SPELLS } from "./descriptor.ts";

const KILOBYTE = 1024;
/** So much more than the busiest hundredth of others; a page that is left open all day asks a dozen times as often. */
const FACTOR = 25;
const OWN_GROWTH = 10;
/** With a device and from a network that are both new to a known person, so much is enough. */
const STRANGE_FACTOR = 3;
const KNOWN_DAYS = 2;
/** Of fewer answers, one large file may be all. */
const ENOUGH_ANSWERS = 60;
/** What calls itself neither a library nor a bot. */
const PEOPLES: ReadonlySet<number> = new Set(
  (["browser", "app"] as const).map((kind) => AGENT_CLASSES.indexOf(kind)),
);

interface Page {
  since: number;
  firstTime: number;
  bytes: number;
  answers: number;
  /** Most in a spell before, kilobytes. */
  usual: number;
}

/** By spell. */
export type Ledger = readonly Page[];

export interface Taken {
  readonly kilobytes: number;
  readonly threshold: number;
  readonly expected: number;
  readonly answers: number;
  readonly firstTime: number;
  /** Index of the spell. */
  readonly spell: number;
}

export function createLedger(): Ledger {
  return SPELLS.map(() => ({ since: Number.NaN, firstTime: 0, bytes: 0, answers: 0, usual: 0 }));
}

/** Megabytes of the spell that is running. */
export function takenIn(ledger: Ledger, spell: number): number {
  return (ledger[spell]?.bytes ?? 0) / KILOBYTE ** 2;
}

/**
 * Enters an answer.
 * @param peers of the first spell, by which all are judged
 * @param floor kilobytes in the first spell
 * @returns what was taken, when it is over the line
 */
export function enter(
  ledger: Ledger,
  peers: Peers,
  moment: Moment,
  floor: number,
  convicted: boolean,
): Taken | undefined {
  const { fact, now } = moment;
  const strange = isStrange(moment);
  let taken: Taken | undefined;
  for (let index = 0; index < SPELLS.length; index++) {
    const page = ledger[index];
    if (page === undefined) continue;
    const { windowMs, allowance } = SPELLS[index];
    if (!(now - page.since <= windowMs)) turn(page, fact, now, convicted);
    const before = page.bytes / KILOBYTE;
    page.bytes += fact.bytesOut;
    page.answers++;
    const kilobytes = page.bytes / KILOBYTE;
    if (convicted) continue;
    if (index === 0) growPeer(peers, before, kilobytes);
    if (taken !== undefined || kilobytes < floor * allowance || page.answers < ENOUGH_ANSWERS) continue;
    const expected = peerHigh(peers);
    if (expected === undefined || (page.usual === 0 && !isPersons(fact))) continue;
    const others = expected * (strange ? STRANGE_FACTOR : FACTOR) * allowance;
    const own = page.usual * (strange ? STRANGE_FACTOR : OWN_GROWTH);
    const threshold = Math.max(floor * allowance, others, own);
    if (kilobytes < threshold) continue;
    const { answers, firstTime } = page;
    taken = { kilobytes, threshold, expected, answers, firstTime, spell: index };
  }
  if (taken !== undefined) leavePeer(peers, (ledger[0]?.bytes ?? 0) / KILOBYTE);
  return taken;
}

function isStrange({ person }: Moment): boolean {
  return person !== undefined && person.days >= KNOWN_DAYS && person.newDevice && person.newNetwork;
}

function turn(page: Page, fact: Fact, now: number, convicted: boolean): void {
  if (!convicted) page.usual = Math.max(page.usual, page.bytes / KILOBYTE);
  page.since = now;
  page.firstTime = fact.time;
  page.bytes = 0;
  page.answers = 0;
}

/** A program takes what it takes, and is judged by its own past alone. */
function isPersons({ flags, agentClass }: Fact): boolean {
  return (flags & FACT_FLAG.API_KEY) === 0 && PEOPLES.has(agentClass);
}
