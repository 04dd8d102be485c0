/** What kind of program sent a request, from its own words. A claim, not a fact: detectors weigh it as such. */
import { isbot } from "isbot";
import { addText, type KeyState, startKey } from "./key.ts";
import { unshared } from "./unshared.ts";

/** The order is the wire code of a class in a fact: append only. */
export const AGENT_CLASSES = [
  "none",
  "browser",
  "app",
  "library",
  "search_crawler",
  "ai_crawler",
  "monitor",
  "bot",
] as const;
export type AgentClass = (typeof AGENT_CLASSES)[number];

export interface Agent {
  /** 32-bit key of the text. */
  readonly key: number;
  readonly class: AgentClass;
  /** Index of `class` in AGENT_CLASSES. */
  readonly code: number;
}

const MONITOR =
  /uptime|pingdom|statuscake|site24x7|kube-probe|elb-healthchecker|googlehc|consul health|prometheus|blackbox|datadog|newrelic|synthetics|nagios|zabbix|icinga|monit\/|healthcheck|health-check|betterstack|freshping|hetrixtools|checkly|catchpoint|gtmetrix/i;
const SEARCH =
  /googlebot|google-inspectiontool|storebot-google|adsbot-google|mediapartners-google|bingbot|msnbot|yandex(?:bot|images)|baiduspider|duckduckbot|applebot|slurp|seznambot|sogou|naverbot|yeti\/|petalbot|qwantify|exabot|mojeekbot/i;
const AI =
  /gptbot|oai-searchbot|chatgpt-user|claudebot|claude-web|anthropic-ai|perplexitybot|ccbot|bytespider|google-extended|amazonbot|meta-externalagent|cohere-ai|diffbot|youbot|timpibot|ai2bot/i;
const APP = /^(?:okhttp|dart|alamofire|.*cfnetwork\/|dalvik\/)|darwin\/\d/i;
const LIBRARY =
  /^(?:curl|wget|python|aiohttp|httpx|go-http-client|java|apache-httpclient|axios|node|undici|got|libwww-perl|lwp|ruby|faraday|php|guzzle|reqwest|hyper|restsharp|postman|insomnia|httpie|jakarta|okhttp-tls|winhttp|powershell|mozilla\/4\.0 \(compatible; win32; winhttp)/i;

const MAX_CACHED = 16_384;
const MAX_CACHED_CHARS = 512;
const cache = new Map<string, Agent>();
const NONE: Agent = { key: 0, class: "none", code: 0 };
const scratch: KeyState = { a: 0, b: 0 };

/** @param text the User-Agent header; the answer for a text is remembered in a bounded cache */
export function agentOf(text: string | undefined): Agent {
  if (text === undefined || text === "") return NONE;
  const known = cache.get(text);
  if (known !== undefined) return known;
  startKey(scratch, 0);
  addText(scratch, text);
  const kind = classify(text.slice(0, MAX_CACHED_CHARS));
  const agent: Agent = { key: scratch.a >>> 0 || 1, class: kind, code: AGENT_CLASSES.indexOf(kind) };
  if (text.length > MAX_CACHED_CHARS) return agent;
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(unshared(text), agent);
  return agent;
}

function classify(text: string): AgentClass {
  if (MONITOR.test(text)) return "monitor";
  if (AI.test(text)) return "ai_crawler";
  if (SEARCH.test(text)) return "search_crawler";
  if (APP.test(text)) return "app";
  if (LIBRARY.test(text)) return "library";
  if (isbot(text)) return "bot";
  return "browser";
}
