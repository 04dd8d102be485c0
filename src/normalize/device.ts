/**
 * The device behind a request, as far as it shows: its program and system without their versions, its languages, and
 * the order in which it sends the headers that every client sends. A browser that is brought up to date stays the
 * same device; a script that borrows a browser's name seldom has its order of headers too.
 */
import type { ApiEvent } from "../event.ts";
import { fingerprint } from "./identity.ts";
import { unshared } from "./unshared.ts";

const MAX_AGENTS = 2_048;
/** Languages, times orders of headers, that are remembered for an agent. */
const MAX_KINDS = 64;
const MAX_CACHED_CHARS = 1_024;

/** Headers whose order depends on the client and not on what it asks for, and their digits in an order. */
const ORDERED: ReadonlyMap<string, number> = new Map([
  ["user-agent", 1],
  ["accept", 2],
  ["accept-encoding", 3],
  ["accept-language", 4],
]);
const BASE = 5;

/** A map of languages for each order, so that no text is made to look a device up. */
const devices = new Map<string, Map<number, Map<string, string>>>();

/** @returns the fingerprint; undefined when the event names no user agent */
export function deviceOf(event: ApiEvent): string | undefined {
  const agent = event["user_agent.original"];
  if (agent === undefined || agent === "" || agent === "-") return undefined;
  const headers = event["http.request.headers"];
  const order = headers === undefined ? 0 : orderOf(headers);
  const language = headers?.["accept-language"] ?? "";
  const known = devices.get(agent)?.get(order)?.get(language);
  if (known !== undefined) return known;
  const device = fingerprint(
    "dev",
    `${withoutVersions(agent)}\n${language}${order === 0 ? "" : `\n${order}`}`,
  );
  if (agent.length + language.length <= MAX_CACHED_CHARS) remember(agent, order, language, device);
  return device;
}

function orderOf(headers: Readonly<Record<string, string>>): number {
  let order = 0;
  for (const name in headers) {
    const digit = ORDERED.get(name);
    if (digit !== undefined) order = order * BASE + digit;
  }
  return order;
}

/** "Chrome/145.0.0.0" → "Chrome/", "iPhone OS 18_5" → "iPhone OS "; model numbers stay, as they tell devices apart. */
function withoutVersions(agent: string): string {
  return agent.slice(0, MAX_CACHED_CHARS).replace(VERSION, "$1");
}

const VERSION = /(\/|\b(?:rv:|OS |OS X |Android |Windows NT |CrOS \w{1,16} ))\d[\d._]*/g;

function remember(agent: string, order: number, language: string, device: string): void {
  let orders = devices.get(agent);
  if (orders === undefined) {
    if (devices.size >= MAX_AGENTS) devices.clear();
    orders = new Map();
    devices.set(unshared(agent), orders);
  }
  let languages = orders.get(order);
  if (languages === undefined) {
    if (orders.size >= MAX_KINDS) orders.clear();
    languages = new Map();
    orders.set(order, languages);
  }
  if (languages.size >= MAX_KINDS) languages.clear();
  languages.set(unshared(language), device);
}
