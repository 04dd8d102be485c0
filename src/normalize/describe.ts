/** The full half of normalisation, for the few events that a person or a store will see. */
import bowser from "bowser";
import type { ApiEvent } from "../event.ts";
import { agentOf } from "./agent.ts";
import { fingerprint } from "./identity.ts";
import type { Networks } from "./networks.ts";
import { redact } from "./redact.ts";
import { unshared } from "./unshared.ts";

/** Fills the derived fields of a normalised event and takes its secrets out. */
export function describe(event: ApiEvent, networks: Networks | undefined): void {
  const client = event["client.address"];
  if (client !== undefined && networks !== undefined) {
    const network = networks.lookUp(client);
    event["client.geo.country_iso_code"] = network.country;
    event["client.as.number"] = network.systemNumber;
    event["client.as.organization.name"] = network.systemName;
  }
  const agent = event["user_agent.original"];
  event["user_agent.name"] = agentName(agent);
  if (agent !== undefined) {
    event["device.fingerprint"] ??= deviceOf(agent, event["http.request.headers"]?.["accept-language"] ?? "");
  }
  redact(event);
}

/** By agent and language, so that no text is made to look them up. */
const devices = new Map<string, Map<string, string>>();
const MAX_AGENTS = 2_048;
const MAX_LANGUAGES = 64;

function deviceOf(agent: string, language: string): string {
  let byLanguage = devices.get(agent);
  const known = byLanguage?.get(language);
  if (known !== undefined) return known;
  const device = fingerprint("dev", `${agent}\n${language}`);
  if (agent.length + language.length > MAX_CACHED_CHARS) return device;
  if (byLanguage === undefined) {
    if (devices.size >= MAX_AGENTS) devices.clear();
    byLanguage = new Map();
    devices.set(unshared(agent), byLanguage);
  }
  if (byLanguage.size >= MAX_LANGUAGES) byLanguage.clear();
  byLanguage.set(unshared(language), device);
  return device;
}

const names = new Map<string, string | undefined>();
const MAX_NAMES = 4_096;
const MAX_CACHED_CHARS = 1_024;

/** "Chrome", "curl", "Googlebot": the browser's name, else the first product token (RFC 9110 section 10.1.5). */
export function agentName(text: string | undefined): string | undefined {
  if (text === undefined || text === "" || text === "-") return undefined;
  if (names.has(text)) return names.get(text);
  const name = readName(text);
  if (names.size >= MAX_NAMES) names.clear();
  if (text.length <= MAX_CACHED_CHARS) names.set(unshared(text), name);
  return name;
}

function readName(text: string): string | undefined {
  const kind = agentOf(text).class;
  if (kind === "browser") {
    const name = bowser.parse(text.slice(0, 512)).browser.name;
    if (name) return name;
  }
  const bot = /\b([\w-]*(?:bot|spider|crawler|monitor)[\w-]*)\b/i.exec(text.slice(0, 512));
  if (bot) return bot[1];
  return /^[^\s/(;]{1,64}/.exec(text)?.[0];
}
