/**
 * A user in a country they never came from. People travel: alone it is a fact. A journey that nobody can have made,
 * with a device they never had, is not theirs; VPNs and clouds tell no place, and a known phone roams.
 */
import { countryAt, countryKey } from "../../normalize/place.ts";
import type { DetectContext, Detector, Moment } from "../detector.ts";
import type { Encounter } from "../habits.ts";
import { personOf } from "../habits.ts";
import { isRelay } from "../relays.ts";
import { createKeyed, entryOf } from "../state/keyed.ts";
import type { Verdict } from "../verdict.ts";
import { distanceBetween } from "./countries.ts";
import { unfamiliarLocationDescriptor } from "./descriptor.ts";

const HOUR_MS = 3_600_000;
const MAX_USERS = 10_000;

interface State {
  verdict: Verdict | undefined;
  country: number;
}

export const unfamiliarLocation: Detector = {
  descriptor: unfamiliarLocationDescriptor,
  stateVersion: 1,
  start(context) {
    const users = context.state(() => createKeyed<State>(MAX_USERS));
    return {
      event(moment) {
        const { fact, person } = moment;
        if (person === undefined || !person.newCountry || person.days < context.floors.days) return;
        const country = countryKey(fact.placeKey);
        if (country === 0 || isRelay(fact.placeKey)) return;
        const state = entryOf(users, personOf(fact), () => ({ verdict: undefined, country: 0 }));
        if (state.verdict === undefined || state.verdict.closed || state.country !== country) {
          // The same country again after a quiet hour is nothing new.
          if (state.country === country) return;
          state.country = country;
          state.verdict = openLocation(context, moment, person);
        }
        context.add(state.verdict);
      },
      explain,
    };
  },
};

function openLocation(context: DetectContext, { fact, now, actor }: Moment, person: Encounter): Verdict {
  const { floors } = context;
  const from = countryAt(person.lastPlace) ?? "";
  const to = countryAt(fact.placeKey) ?? "";
  const kilometres = distanceBetween(from, to) ?? 0;
  const hours = Math.max(now - person.lastTime, 1000) / HOUR_MS;
  const speed = kilometres / hours;
  const impossible = speed > floors.speed && person.newDevice && !isRelay(person.lastPlace);
  if (impossible) context.doubt();
  return context.open({
    severity: impossible ? "low" : "info",
    confidence: impossible ? 0.7 : 0.5,
    outcome: "unknown",
    entity: { type: actor?.type ?? "user.id", value: context.userName() },
    observed: impossible ? speed : person.days,
    threshold: impossible ? floors.speed : floors.days,
    line: impossible ? "speed" : "days",
    unit: impossible ? "km/h" : "days on which they came from elsewhere",
    notes: { from, to, kilometres, hours, newDevice: person.newDevice ? 1 : 0 },
  });
}

function explain(verdict: Verdict): string {
  const { from, to, kilometres, hours, newDevice } = verdict.notes;
  if (verdict.line === "speed") {
    return `The user was in ${from} ${spell(Number(hours))} before and now comes from ${to}, with a device they never used: at least ${Math.round(Number(kilometres))} km, ${Math.round(verdict.observed)} km/h. The line is at ${verdict.threshold} km/h, as airliners cruise at 900; a device that is known, or a network of a VPN or a cloud, would not have fired.`;
  }
  const device = newDevice === 1 ? "a device they never used" : "a device that is usual for them";
  const before = from === "" ? "" : `, last from ${from} ${spell(Number(hours))} before`;
  return `The user came from ${to} for the first time, with ${device}; they are known for ${verdict.observed} days${before}. People travel: this is a fact and no alarm. Fewer than ${verdict.threshold} days of history would tell nothing.`;
}

function spell(hours: number): string {
  return hours < 1 ? `${Math.max(1, Math.round(hours * 60))} min` : `${Math.round(hours)} h`;
}
