/** The full half of normalisation, for the few events that a person or a store will see. */
import bowser from "bowser";
import type { ApiEvent } from "../event.ts";
import { agentOf } from "./agent.ts";
import { deviceOf } from "./device.ts";
import { locate, type Networks } from "./networks.ts";
import { redact } from "./redact.ts";
import { unshared } from "./unshared.ts";

/** Fills the derived fields of a normalised event and takes its secrets out. */
export function describe(event: ApiEvent, networks: Networks | undefined): void {
  locate(event, networks);
  event["user_agent.name"] = agentName(event["user_agent.original"]);
  event["device.fingerprint"] ??= deviceOf(event);
  redact(event);
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
