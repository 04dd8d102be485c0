/**
 * Where a person connects from at a time, and with what: office desktop by day, home and phone otherwise; carriers
 * put dozens of people behind one address, offices hundreds.
 */
import { mix, mixUnit, type Rng } from "../random.ts";
import { ipv4In, ipv6In, subnet64 } from "./addresses.ts";
import { COUNTRIES } from "./countries.ts";
import type { People, Person } from "./people.ts";
import { type Provider, type ProviderKind, providersOf } from "./providers.ts";
import { localHour } from "./season.ts";
import { type Platform, userAgentOf } from "./user-agents.ts";

const DAY = 86_400_000;
const CARRIER_SHIFT = DAY / 4;
/** Customers a carrier puts behind one address. */
const PER_CARRIER_ADDRESS = 150;
const PER_OFFICE = 110;
const OFFICE_WORKERS = 0.3;

export interface Connection {
  readonly address: string;
  readonly platform: Platform;
  readonly userAgent: string;
}

export interface Networks {
  connect(person: Person, time: number, rng: Rng): Connection;
  home(person: Person, time: number): string;
  mobile(person: Person, time: number, country?: number): string;
  office(country: number, office: number): string;
  /** Which office a person works in; undefined for those who do not work in one. */
  officeOf(person: Person): number | undefined;
}

export function createNetworks(seed: number, people: People): Networks {
  const homes = COUNTRIES.map((c) => weighted(providersOf("home", c.code)));
  const orHomes = (kind: ProviderKind) =>
    COUNTRIES.map((c, i) => {
      const providers = weighted(providersOf(kind, c.code));
      return providers.length > 0 ? providers : homes[i];
    });
  const carriers = orHomes("mobile");
  const businesses = orHomes("business");
  const tunnels = weighted(providersOf("vpn"));

  const officeOf = (person: Person) => {
    const draw = mixUnit(person.hash, 51);
    if (draw >= OFFICE_WORKERS) return undefined;
    const offices = Math.max(2, Math.ceil((people.countIn(person.country) * OFFICE_WORKERS) / PER_OFFICE));
    return Math.floor(offices * (draw / OFFICE_WORKERS) ** 2.2);
  };
  const office = (country: number, number: number) => {
    return hostIn(businesses[country], mix(seed ^ 0x0ff1, country * 65_536 + number));
  };
  const home = (person: Person, time: number) => {
    const shared = mix(person.hash, 52) % 3 === 0 ? person.index & ~1 : person.index;
    const house = mix(seed ^ 0x4043, shared);
    const provider = choose(homes[person.country], mixUnit(house, 53));
    if (mixUnit(house, 54) < provider.v6Share) {
      const device = mix(person.hash, Math.floor(time / DAY));
      return ipv6In(subnet64(provider.v6, mix(house, 55)), device);
    }
    return hostIn([provider], house);
  };
  const mobile = (person: Person, time: number, country = person.country) => {
    const provider = choose(carriers[country], mixUnit(person.hash, 56));
    const shift = mix(person.hash, 57 + Math.floor(time / CARRIER_SHIFT));
    if (mixUnit(person.hash, 58) < provider.v6Share) {
      return ipv6In(subnet64(provider.v6, mix(person.hash, Math.floor(time / DAY))), shift);
    }
    const pool = Math.max(
      3,
      Math.ceil(people.countIn(country) / carriers[country].length / PER_CARRIER_ADDRESS),
    );
    return hostIn([provider], mix(seed ^ 0xca44, shift % pool));
  };

  return {
    home,
    mobile,
    office,
    officeOf,
    connect: (person, time, rng) => {
      const workplace = officeOf(person);
      if (workplace !== undefined && isWorkTime(time, person.country) && rng.chance(0.6)) {
        return at(office(person.country, workplace), "desktop", mix(person.hash, 61));
      }
      const draw = rng.unit();
      const usesApp = mixUnit(person.hash, 59) < 0.5;
      const platform: Platform = draw < 0.38 ? "desktop" : usesApp ? "app" : "phone";
      const device = mix(person.hash, platform === "desktop" ? 62 : 63);
      const habit = mixUnit(person.hash, 60);
      if (habit < 0.02) return at(hostIn(tunnels, mix(seed ^ 0x7f9, rng.below(60))), platform, device);
      if (habit > 0.994) return at(mobile(person, time, rng.below(COUNTRIES.length)), platform, device);
      if (platform === "desktop" || rng.chance(0.55)) return at(home(person, time), platform, device);
      return at(mobile(person, time), platform, device);
    },
  };
}

function at(address: string, platform: Platform, device: number): Connection {
  return { address, platform, userAgent: userAgentOf(platform, device) };
}

function isWorkTime(time: number, country: number): boolean {
  const { utcOffset } = COUNTRIES[country];
  const hour = localHour(time, utcOffset);
  const day = new Date(time + utcOffset * 3_600_000).getUTCDay();
  return day > 0 && day < 6 && hour >= 8.5 && hour < 17.5;
}

/** An IPv4 host of one of the providers, chosen by their weight. */
export function hostIn(providers: readonly Provider[], hash: number): string {
  const provider = choose(providers, mixUnit(hash, 64));
  return ipv4In(provider.v4[mix(hash, 65) % provider.v4.length], mix(hash, 66));
}

export function choose(providers: readonly Provider[], draw: number): Provider {
  return providers[Math.floor(draw * providers.length)];
}

/** Each provider as often as its weight says, so that a choice is one look-up. */
export function weighted(providers: readonly Provider[]): readonly Provider[] {
  return providers.flatMap((provider) => Array.from({ length: provider.weight }, () => provider));
}
