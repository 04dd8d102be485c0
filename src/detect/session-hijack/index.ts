/**
 * One session in two hands. A session that wanders (Wi-Fi to mobile, a browser brought up to date) moves on; a copied
 * one is used here and there in turns.
 */
import type { Fact } from "../../fact.ts";
import { AGENT_CLASSES } from "../../normalize/agent.ts";
import { countryAt, countryKey, networkKey, systemAt } from "../../normalize/place.ts";
import { isShared, principalType } from "../culprit.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import { isRelay } from "../relays.ts";
import { createKeyed, entryOf } from "../state/keyed.ts";
import { addRow, createRows, findRow, ROW_LAST_SEEN } from "../state/rows.ts";
import { addMember, type Verdict } from "../verdict.ts";
import { sessionHijackDescriptor } from "./descriptor.ts";

const HOUR_MS = 3_600_000;
const MAX_SESSIONS = 100_000;
const MAX_OPEN = 5_000;
const BROWSER = AGENT_CLASSES.indexOf("browser");
const APP = AGENT_CLASSES.indexOf("app");
const FIRST_IPV6_KEY = 2 ** 32;
/** While so many sessions, and one in so many, go to another device in another network, that is how they are here. */
const MANY = 5;
const COMMON = 50;

/** Of a row: the device that began the session, another one, and how often they took turns. */
const OWNER_DEVICE = 2;
const OWNER_PLACE = 3;
const OWNER_CLIENT = 4;
const OWNER_LAST = 5;
const OTHER_LAST = 6;
const OTHER_EVENTS = 7;
const OTHER_FIRST = 8;
/** 0: the owner's. */
const SIDE = 9;
const CHANGES = 10;
const WIDTH = 11;

export const sessionHijack: Detector = {
  descriptor: sessionHijackDescriptor,
  stateVersion: 1,
  start(context) {
    const state = context.state(() => ({
      sessions: createRows(WIDTH, MAX_SESSIONS),
      open: createKeyed<{ verdict: Verdict | undefined }>(MAX_OPEN),
      began: 0,
      moved: 0,
    }));
    const { sessions } = state;
    return {
      event(moment) {
        const { fact, now } = moment;
        const key = fact.sessionKey || fact.credentialKey;
        if (key === 0 || fact.deviceKey === 0 || fact.status < 200 || fact.status >= 400) return;
        const at = findRow(sessions, key);
        const { values } = sessions;
        if (at === -1) {
          // A program's key is used from all its servers; it has no place.
          if (!isPersonal(fact)) return;
          state.began++;
          const row = addRow(sessions, key, now);
          sessions.values[row + OWNER_DEVICE] = fact.deviceKey;
          noteOwner(sessions.values, row, fact, now);
          return;
        }
        values[at + ROW_LAST_SEEN] = now;
        if (values[at + OWNER_DEVICE] === fact.deviceKey) {
          if (values[at + SIDE] !== 0) takeTurn(values, at, 0, now - values[at + OTHER_LAST]);
          noteOwner(values, at, fact, now);
          return;
        }
        if (isBeside(values, at, fact) || isServer(moment)) return;
        if (values[at + OTHER_EVENTS] === 0) {
          values[at + OTHER_FIRST] = fact.time;
          state.moved++;
        }
        values[at + OTHER_EVENTS]++;
        values[at + OTHER_LAST] = now;
        if (values[at + SIDE] === 0) {
          takeTurn(values, at, 1, now - values[at + OWNER_LAST]);
        }
        if (values[at + CHANGES] < context.floors.changes) return;
        if (state.moved > MANY && state.moved * COMMON > state.began) return;
        const entry = entryOf(state.open, key, () => ({ verdict: undefined }));
        if (entry.verdict === undefined || entry.verdict.closed) {
          entry.verdict = openHijack(context, moment, values, at);
          context.doubt();
        }
        const { verdict } = entry;
        context.add(verdict);
        addMember(verdict, context.clientName());
        verdict.observed = Math.max(verdict.observed, values[at + CHANGES]);
        verdict.notes.events = values[at + OTHER_EVENTS];
        verdict.confidence = Math.min(0.97, verdict.confidence + 0.01);
      },
      explain,
    };
  },
};

function isPersonal({ agentClass }: Fact): boolean {
  return agentClass === BROWSER || agentClass === APP;
}

function noteOwner(values: Float64Array, at: number, fact: Fact, now: number): void {
  values[at + OWNER_PLACE] = fact.placeKey;
  values[at + OWNER_CLIENT] = fact.clientKey;
  values[at + OWNER_LAST] = now;
}

function takeTurn(values: Float64Array, at: number, side: number, gapMs: number): void {
  values[at + SIDE] = side;
  if (gapMs <= HOUR_MS) values[at + CHANGES]++;
}

/** Behind the same address or in the same network: an app and the page in it, a phone that plays a desktop. */
function isBeside(values: Float64Array, at: number, fact: Fact): boolean {
  const owner = values[at + OWNER_CLIENT];
  const place = values[at + OWNER_PLACE];
  if (owner === fact.clientKey || networkKey(place) === networkKey(fact.placeKey)) return true;
  if (systemAt(place) !== undefined && systemAt(fact.placeKey) !== undefined) return false;
  // Of one line, IPv4 and IPv6 are two networks to who knows no autonomous systems.
  return owner < FIRST_IPV6_KEY !== fact.clientKey < FIRST_IPV6_KEY;
}

/** A server that renders pages or calls others in people's names, with their tokens. */
function isServer({ fact, client }: Moment): boolean {
  return !isPersonal(fact) && client !== undefined && isShared(client);
}

function openHijack(context: DetectContext, moment: Moment, values: Float64Array, at: number): Verdict {
  const { fact } = moment;
  const ownerPlace = values[at + OWNER_PLACE];
  const far = countryKey(ownerPlace) !== countryKey(fact.placeKey) || isRelay(fact.placeKey);
  const user = fact.userKey !== 0 || fact.sessionKey === 0;
  return context.open({
    severity: far ? "high" : "medium",
    confidence: far ? 0.85 : 0.75,
    outcome: "succeeded",
    entity: user
      ? { type: principalType(fact), value: context.userName() }
      : { type: "session.id", value: context.sessionName() },
    observed: values[at + CHANGES],
    expected: 1,
    threshold: context.floors.changes,
    line: "changes",
    unit: "changes between two devices in two networks",
    firstSeen: values[at + OTHER_FIRST],
    events: values[at + OTHER_EVENTS] - 1,
    notes: {
      owner: countryAt(ownerPlace) ?? "",
      other: countryAt(fact.placeKey) ?? "",
      events: values[at + OTHER_EVENTS],
    },
  });
}

function explain(verdict: Verdict): string {
  const { owner, other, events } = verdict.notes;
  const where =
    owner !== "" && other !== "" && owner !== other ? `, one in ${owner} and one in ${other},` : "";
  const from = [...(verdict.members?.keys() ?? [])].slice(0, 3).join(", ");
  return `Two devices in two networks${where} used one session in turns: it changed hands ${verdict.observed} times, each time within an hour, and ${events} requests of the second device (${from}) were served. The line is at ${verdict.threshold} changes; a session that only moved on (another network, a browser brought up to date), or two programs behind one address, would not have fired.`;
}
