/**
 * Country and autonomous system of an address, offline, from the database that `scripts/build-geo.mjs` makes, or
 * from the user's own MMDB files. Loaded on first use: most logs of anonymous traffic never ask. Hints for people,
 * and for judging whether somebody is where they usually are; never the sole ground of a verdict.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type AsnResponse, type CountryResponse, Reader } from "maxmind";
import type { ApiEvent } from "../event.ts";
import { isPrivateAddress, parseIpv4, parseIpv6, unmapIpv4 } from "./address.ts";
import { unshared } from "./unshared.ts";

export interface Network {
  /** ISO 3166-1 alpha-2. */
  readonly country: string | undefined;
  readonly systemNumber: number | undefined;
  readonly systemName: string | undefined;
}

export interface Networks {
  lookUp(address: string): Network;
}

export interface NetworkFiles {
  /** Folder with country.mmdb, systems.bin and systems.txt. */
  readonly folder: string;
  readonly countryFile?: string;
  readonly systemFile?: string;
}

const UNKNOWN: Network = { country: undefined, systemNumber: undefined, systemName: undefined };
const MAX_CACHED = 65_536;

/** Missing files are no error: their answers are undefined. */
export function openNetworks(files: NetworkFiles): Networks {
  let loaded: Networks | undefined;
  return {
    lookUp(address) {
      loaded ??= loadNetworks(files);
      return loaded.lookUp(address);
    },
  };
}

/**
 * Fills what the event's client address tells. Where the database knows nothing, what the sender said stays.
 * @param networks without them the event stays as it is
 */
export function locate(event: ApiEvent, networks: Networks | undefined): void {
  const client = event["client.address"];
  if (client === undefined || networks === undefined) return;
  const network = networks.lookUp(client);
  if (network.country !== undefined) event["client.geo.country_iso_code"] = network.country;
  if (network.systemNumber === undefined) return;
  event["client.as.number"] = network.systemNumber;
  event["client.as.organization.name"] = network.systemName;
}

function loadNetworks(files: NetworkFiles): Networks {
  const countryFile = files.countryFile ?? join(files.folder, "country.mmdb");
  const countries = existsSync(countryFile)
    ? new Reader<CountryResponse>(readFileSync(countryFile))
    : undefined;
  const findSystem = files.systemFile ? systemsFromMmdb(files.systemFile) : systemsFromFolder(files.folder);
  const cache = new Map<string, Network>();
  return {
    lookUp(address) {
      const known = cache.get(address);
      if (known) return known;
      const groups = parseIpv6(address);
      if ((groups === undefined && parseIpv4(address) === -1) || isPrivateAddress(address)) return UNKNOWN;
      const record: unknown = countries?.get(address);
      const system = findSystem(address, groups);
      const network = {
        country: countryOf(record),
        systemNumber: system?.number,
        systemName: system?.name,
      };
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(unshared(address), network);
      return network;
    },
  };
}

/** MMDB country databases come in two forms: MaxMind's nested one and a flat `country_code`. */
function countryOf(record: unknown): string | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  if ("country_code" in record && typeof record.country_code === "string") return record.country_code;
  const country = "country" in record ? record.country : undefined;
  if (typeof country !== "object" || country === null || !("iso_code" in country)) return undefined;
  return typeof country.iso_code === "string" ? country.iso_code : undefined;
}

interface System {
  readonly number: number;
  readonly name: string;
}
type FindSystem = (address: string, groups: readonly number[] | undefined) => System | undefined;

function systemsFromMmdb(file: string): FindSystem {
  const reader = new Reader<AsnResponse>(readFileSync(file));
  return (address) => {
    const record = reader.get(address);
    if (!record?.autonomous_system_number) return undefined;
    return { number: record.autonomous_system_number, name: record.autonomous_system_organization ?? "" };
  };
}

const NO_SYSTEM = 0xffffffff;

function systemsFromFolder(folder: string): FindSystem {
  const file = join(folder, "systems.bin");
  if (!existsSync(file)) return () => undefined;
  const bytes = readFileSync(file);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2);
  const v4Count = words[0];
  const v6Count = words[1];
  let at = 2;
  const column = (count: number) => {
    at += count;
    return words.subarray(at - count, at);
  };
  const v4Starts = column(v4Count);
  const v4Systems = column(v4Count);
  const v6High = column(v6Count);
  const v6Low = column(v6Count);
  const v6EndHigh = column(v6Count);
  const v6EndLow = column(v6Count);
  const v6Systems = column(v6Count);
  const names = readFileSync(join(folder, "systems.txt"), "utf8").split("\n");
  const system = (index: number): System | undefined => {
    const name = index === NO_SYSTEM ? undefined : names[index];
    if (name === undefined) return undefined;
    const tab = name.indexOf("\t");
    return { number: Number(name.slice(0, tab)), name: name.slice(tab + 1) };
  };

  return (address, groups) => {
    const v4 = groups === undefined ? parseIpv4(address) : unmapIpv4(groups);
    if (v4 !== -1) return system(v4Systems[lastAtMost(v4Count, (i) => v4Starts[i] <= v4)] ?? NO_SYSTEM);
    if (groups === undefined) return undefined;
    const high = (groups[0] ?? 0) * 65536 + (groups[1] ?? 0);
    const low = (groups[2] ?? 0) * 65536 + (groups[3] ?? 0);
    const i = lastAtMost(v6Count, (j) => v6High[j] < high || (v6High[j] === high && v6Low[j] <= low));
    if (i === -1) return undefined;
    const inside = high < v6EndHigh[i] || (high === v6EndHigh[i] && low <= v6EndLow[i]);
    return inside ? system(v6Systems[i]) : undefined;
  };
}

/** The last index for which the predicate holds, given that it holds for a prefix; -1 when for none. */
function lastAtMost(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
