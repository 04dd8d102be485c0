/**
 * Where from, with what and when each user usually comes: countries, networks, devices and hours, learned from what they
 * were served, a row of numbers each.
 *
 * Learning resists poisoning. A trait is usual once it was seen on two days, a day apart. One that came together with
 * another strange one (a new device in a new network) needs a week, and one that a verdict doubted a month. Strange
 * traits push out strange ones before usual ones, so nobody can flush what is known of a user.
 */
import type { Fact } from "../fact.ts";
import { FACT_FLAG } from "../fact.ts";
import { countryKey } from "../normalize/place.ts";
import type { AuthOutcome } from "./detector.ts";
import { addRow, findRow, ROW_LAST_SEEN, type Rows } from "./state/rows.ts";

/** What is known of who acts, before the current event taught anything. Reused for every event. */
export interface Encounter {
  /** Different days on which this user was served before today. */
  days: number;
  newDevice: boolean;
  newNetwork: boolean;
  /** Not even once before; what is new may only be too young to be usual. */
  firstDevice: boolean;
  firstNetwork: boolean;
  newCountry: boolean;
  /** An hour of the day, UTC, at which they were never served before. */
  oddHour: boolean;
  /** Different devices that are usual for them. */
  usualDevices: number;
  /** Place and stream time of the event before. */
  lastPlace: number;
  lastTime: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const USUAL_DAYS = 2;
const USUAL_AFTER_MS = 20 * HOUR_MS;
const STRANGE_AFTER_MS = 7 * DAY_MS;
const DOUBTED_AFTER_MS = 30 * DAY_MS;
/** From this many days on a user has habits, and two strange traits at once are strange. */
const KNOWN_DAYS = 2;

const DAYS = 2;
const LAST_DAY = 3;
const HOURS = 4;
const LAST_PLACE = 5;
const PLACES = 6;
const MOST = 6;
/** Of a trait. */
const KEY = 0;
/** Stream time from which it may be usual. */
const RIPE = 1;
const LAST = 2;
/** Different days; the last of them follows from LAST. */
const SEEN = 3;
const TRAIT = 4;
const DEVICES = PLACES + MOST * TRAIT;

export const HABITS_WIDTH = DEVICES + MOST * TRAIT;

/** Whose habits an event is about: its user, else its API key; sessions are too short to have any. 0 for nobody. */
export function personOf(fact: Fact): number {
  if (fact.userKey !== 0) return fact.userKey;
  return (fact.flags & FACT_FLAG.API_KEY) === 0 ? 0 : fact.credentialKey;
}

/** Whether the names in a request are more than what anybody may write into one. */
export function isServed(fact: Fact, auth: AuthOutcome): boolean {
  return fact.status >= 200 && fact.status < 400 && auth !== "failure" && auth !== "attempt";
}

/**
 * Compares an event with what is known of its user, then learns from it.
 * @returns whether it has a user, and was served: names and keys in refused requests are anybody's
 */
export function meet(rows: Rows, fact: Fact, auth: AuthOutcome, now: number, out: Encounter): boolean {
  if (!isServed(fact, auth)) return false;
  const person = personOf(fact);
  if (person === 0 || fact.deviceKey === 0) return false;
  let at = findRow(rows, person);
  if (at === -1) at = addRow(rows, person, now);
  const { values } = rows;
  const day = Math.floor(now / DAY_MS);
  const hour = 1 << (Math.floor(now / HOUR_MS) % 24);
  const days = values[at + DAYS];
  const today = values[at + LAST_DAY] === day && days > 0;
  out.days = today ? days - 1 : days;
  out.oddHour = (values[at + HOURS] & hour) === 0;
  out.lastPlace = values[at + LAST_PLACE];
  out.lastTime = values[at + ROW_LAST_SEEN];
  look(values, at, fact, now, out);

  const strange = out.newDevice && out.newNetwork && out.days >= KNOWN_DAYS;
  const ripe = now + (strange ? STRANGE_AFTER_MS : USUAL_AFTER_MS);
  out.firstNetwork = learnTrait(values, at + PLACES, fact.placeKey, now, ripe);
  out.firstDevice = learnTrait(values, at + DEVICES, fact.deviceKey, now, ripe);
  if (!today) {
    values[at + DAYS] = days + 1;
    values[at + LAST_DAY] = day;
  }
  // What an intruder does at night does not make night usual.
  if (!strange) values[at + HOURS] |= hour;
  values[at + LAST_PLACE] = fact.placeKey;
  if (now > values[at + ROW_LAST_SEEN]) values[at + ROW_LAST_SEEN] = now;
  return true;
}

/** A verdict was opened about this: neither the place nor the device of the event becomes usual for a month. */
export function doubt(rows: Rows, fact: Fact, now: number): void {
  const at = findRow(rows, personOf(fact));
  if (at === -1) return;
  const { values } = rows;
  for (const [list, key] of [
    [PLACES, fact.placeKey],
    [DEVICES, fact.deviceKey],
  ] as const) {
    const trait = traitOf(values, at + list, key);
    if (trait !== -1 && !isUsual(values, trait, now)) values[trait + RIPE] = now + DOUBTED_AFTER_MS;
  }
}

function look(values: Float64Array, at: number, fact: Fact, now: number, out: Encounter): void {
  out.newDevice = true;
  out.newNetwork = true;
  out.newCountry = true;
  out.usualDevices = 0;
  const country = countryKey(fact.placeKey);
  for (let i = 0; i < MOST; i++) {
    const place = at + PLACES + i * TRAIT;
    if (isUsual(values, place, now)) {
      if (values[place + KEY] === fact.placeKey) out.newNetwork = false;
      if (countryKey(values[place + KEY]) === country) out.newCountry = false;
    }
    const device = at + DEVICES + i * TRAIT;
    if (isUsual(values, device, now)) {
      out.usualDevices++;
      if (values[device + KEY] === fact.deviceKey) out.newDevice = false;
    }
  }
}

function isUsual(values: Float64Array, trait: number, now: number): boolean {
  return values[trait + SEEN] >= USUAL_DAYS && now >= values[trait + RIPE];
}

function traitOf(values: Float64Array, list: number, key: number): number {
  for (let at = list; at < list + MOST * TRAIT; at += TRAIT) {
    if (values[at + KEY] === key && values[at + SEEN] > 0) return at;
  }
  return -1;
}

/** @returns whether it was not known yet */
function learnTrait(values: Float64Array, list: number, key: number, now: number, ripe: number): boolean {
  let at = traitOf(values, list, key);
  const first = at === -1;
  if (first) {
    at = roomIn(values, list, now);
    values[at + KEY] = key;
    values[at + RIPE] = ripe;
    values[at + SEEN] = 1;
  } else if (Math.floor(now / DAY_MS) > Math.floor(values[at + LAST] / DAY_MS)) values[at + SEEN]++;
  values[at + LAST] = now;
  return first;
}

/** A free place in a list, else that of the trait unseen for longest: a strange one when there is one. */
function roomIn(values: Float64Array, list: number, now: number): number {
  let best = -1;
  let bestUsual = true;
  for (let at = list; at < list + MOST * TRAIT; at += TRAIT) {
    if (values[at + SEEN] === 0) return at;
    const usual = isUsual(values, at, now);
    if (
      best === -1 ||
      (bestUsual && !usual) ||
      (usual === bestUsual && values[at + LAST] < values[best + LAST])
    ) {
      best = at;
      bestUsual = usual;
    }
  }
  return best;
}
