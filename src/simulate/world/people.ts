/** The shop's customers. Nothing is stored: a person's traits follow from their number. */
import { mix, mixUnit, type Rng } from "../random.ts";
import { COUNTRIES } from "./countries.ts";
import { hexId, uuid } from "./identifiers.ts";
import { FAMILY_NAMES, GIVEN_NAMES, MAIL_HOSTS } from "./words.ts";

export interface Person {
  readonly index: number;
  readonly hash: number;
  readonly country: number;
  /** As logs name the user. */
  readonly id: string;
  /** As paths name the customer. */
  readonly uuid: string;
}

export interface People {
  readonly count: number;
  person(index: number): Person;
  /** Someone of a country; a few come often, most rarely. */
  visitorFrom(country: number, rng: Rng): Person;
  /** How many live in a country. */
  countIn(country: number): number;
}

export function createPeople(seed: number, count: number): People {
  const firsts = COUNTRIES.map((_, c) => Math.floor(count * shareBefore(c)));
  firsts.push(count);
  const person = (index: number): Person => {
    const hash = mix(seed ^ 0x9e09, index);
    let country = 0;
    while (country < COUNTRIES.length - 1 && firsts[country + 1] <= index) country++;
    return { index, hash, country, id: `cus_${hexId(hash, 12)}`, uuid: uuid(hash) };
  };
  return {
    count,
    person,
    visitorFrom: (country, rng) => {
      const size = firsts[country + 1] - firsts[country];
      if (size === 0) return person(rng.below(count));
      return person(firsts[country] + Math.floor(size * rng.unit() ** 1.7));
    },
    countIn: (country) => firsts[country + 1] - firsts[country],
  };
}

/** "m.o'brien84@mail.example": as people type it. */
export function emailOf(person: Person): string {
  const given = GIVEN_NAMES[mix(person.hash, 31) % GIVEN_NAMES.length];
  const family = FAMILY_NAMES[mix(person.hash, 32) % FAMILY_NAMES.length];
  const host = MAIL_HOSTS[Math.floor(mixUnit(person.hash, 33) ** 2 * MAIL_HOSTS.length)];
  const style = mix(person.hash, 34) % 4;
  const name =
    style === 0 ? `${given}.${family}` : style === 1 ? `${given[0]}.${family}` : `${given}${family}`;
  return `${name}${style === 3 ? "" : mix(person.hash, 35) % 100}@${host}`;
}

function shareBefore(country: number): number {
  const total = COUNTRIES.reduce((sum, c) => sum + c.share, 0);
  return COUNTRIES.slice(0, country).reduce((sum, c) => sum + c.share, 0) / total;
}
