/** Headers a log mentions, under lower-case names. */
import type { ApiEvent } from "../../../event.ts";

/** Headers kept from one record; real requests carry under a hundred. */
const MOST_HEADERS = 128;

export function setRequestHeader(event: ApiEvent, name: string, value: string): void {
  const headers = event["http.request.headers"];
  if (headers === undefined) event["http.request.headers"] = { [name]: value };
  else headers[name] = value;
}

export function setResponseHeader(event: ApiEvent, name: string, value: string): void {
  const headers = event["http.response.headers"];
  if (headers === undefined) event["http.response.headers"] = { [name]: value };
  else headers[name] = value;
}

/**
 * Headers out of JSON: an object of strings or lists of strings, or a list of `{name, value}` as HAR and AWS WAF
 * write them. Undefined when it is neither.
 */
export function headersFromJson(value: unknown): Record<string, string> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isPlain(value)) return value;
  const headers: Record<string, string> = {};
  let count = 0;
  for (const [name, content] of Array.isArray(value) ? namedPairs(value) : Object.entries(value)) {
    const text = headerText(content);
    if (text === undefined || name === "" || name === "__proto__") continue;
    if (++count > MOST_HEADERS) break;
    const key = name.toLowerCase();
    const before = headers[key];
    headers[key] = typeof before === "string" ? `${before}, ${text}` : text;
  }
  return count > 0 ? headers : undefined;
}

/** What most senders write is taken as it is: texts under lower-case names, not too many. */
function isPlain(value: object): value is Record<string, string> {
  let count = 0;
  for (const name in value) {
    if (typeof (value as Record<string, unknown>)[name] !== "string") return false;
    if (++count > MOST_HEADERS || !isLowerName(name)) return false;
  }
  return count > 0 && !Array.isArray(value);
}

/** Names that came before, which are few; a sender who makes up thousands starts it anew. */
const lowerNames = new Set<string>();
const MAX_LOWER_NAMES = 1_024;

function isLowerName(name: string): boolean {
  if (lowerNames.has(name)) return true;
  if (!/^[a-z\d][a-z\d_-]{0,63}$/.test(name)) return false;
  if (lowerNames.size >= MAX_LOWER_NAMES) lowerNames.clear();
  lowerNames.add(name);
  return true;
}

function* namedPairs(list: readonly unknown[]): Generator<[string, unknown]> {
  for (const item of list) {
    if (typeof item !== "object" || item === null) continue;
    const { name, key, value } = item as { name?: unknown; key?: unknown; value?: unknown };
    const label = name ?? key;
    if (typeof label === "string") yield [label, value];
  }
}

function headerText(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (typeof content === "number" || typeof content === "boolean") return String(content);
  if (!Array.isArray(content)) return undefined;
  const texts = content.filter((part): part is string => typeof part === "string");
  return texts.length > 0 ? texts.join(", ") : undefined;
}
