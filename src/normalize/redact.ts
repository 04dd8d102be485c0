/**
 * Secrets out before anything is written or shown: by the name they stand under, and by the shape they have
 * (tokens, keys, card numbers) wherever they stand.
 */
import type { ApiEvent, Json } from "../event.ts";
import { mayHoldSecret } from "./secret-gate.ts";
import { isSecretHeader, isSecretName } from "./secret-names.ts";

export const REDACTED = "[redacted]";

/** Deeper JSON than this is replaced whole. */
const MAX_DEPTH = 32;

/**
 * Shapes that are secrets under any name: JSON Web Tokens, AWS and Google keys, GitHub, Slack and Stripe tokens,
 * private keys. Each alternative starts with fixed characters, so the scan stays linear.
 */
const SECRET_SHAPE =
  /eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?|\bA(?:KIA|SIA)[A-Z0-9]{16}\b|\bAIza[\w-]{35}|\bgh[pousr]_\w{36,}|\bxox[abprs]-[\w-]{10,}|\b[sr]k_(?:live|test)_\w{16,}|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*/g;
const CARD = /\b[3-6](?:[ -]?\d){12,18}\b/g;

/** Replaces secrets in an event in place. Idempotent. */
export function redact(event: ApiEvent): void {
  event["url.path"] = redactText(event["url.path"]);
  event["url.query"] = redactQuery(event["url.query"]);
  redactHeaders(event["http.request.headers"]);
  redactHeaders(event["http.response.headers"]);
  event["http.request.body"] = redactBody(event["http.request.body"]);
  event["http.response.body"] = redactBody(event["http.response.body"]);
}

/** `a=1&password=x` → `a=1&password=[redacted]`. */
export function redactQuery(query: string | undefined): string | undefined {
  if (query === undefined || query === "") return query;
  let changed = false;
  const parts = query.split("&").map((part) => {
    const equals = part.indexOf("=");
    const name = equals === -1 ? part : part.slice(0, equals);
    if (equals !== -1 && equals < part.length - 1 && isSecretName(safeDecode(name))) {
      changed = true;
      return `${name}=${REDACTED}`;
    }
    const clean = redactText(part) ?? "";
    if (clean !== part) changed = true;
    return clean;
  });
  return changed ? parts.join("&") : query;
}

/** Secrets by shape in free text; credentials in URLs; payment card numbers that pass the Luhn check. */
export function redactText(text: string | undefined): string | undefined {
  if (text === undefined || !mayHoldSecret(text)) return text;
  return text
    .replace(SECRET_SHAPE, REDACTED)
    .replace(/(:\/\/)[^/\s:@]{1,256}:[^/\s@]{1,256}@/g, `$1${REDACTED}@`)
    .replace(CARD, (digits) => (isCardNumber(digits) ? REDACTED : digits));
}

/** In place: most requests have no header to change but those that are secret by name. */
function redactHeaders(headers: Record<string, string> | undefined): void {
  if (headers === undefined) return;
  for (const name in headers) {
    const value = headers[name] ?? "";
    if (isSecretHeader(name)) headers[name] = REDACTED;
    else {
      const clean = name === "referer" ? redactUrl(value) : (redactText(value) ?? "");
      if (clean !== value) headers[name] = clean;
    }
  }
}

export function redactUrl(url: string): string {
  const mark = url.indexOf("?");
  if (mark === -1) return redactText(url) ?? "";
  return `${redactText(url.slice(0, mark)) ?? ""}?${redactQuery(url.slice(mark + 1)) ?? ""}`;
}

function redactBody(body: Json | undefined): Json | undefined {
  if (body === undefined || body === null || typeof body === "boolean" || typeof body === "number")
    return body;
  if (typeof body !== "string") return redactJson(body, 0);
  const first = body.trimStart().charAt(0);
  if (first === "{" || first === "[") {
    const parsed = parseJson(body);
    if (parsed !== undefined) return JSON.stringify(redactJson(parsed, 0));
  }
  return /^[^\s=&]{1,64}=/.test(body) ? redactQuery(body) : redactText(body);
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function redactJson(value: Json, depth: number): Json {
  if (typeof value === "string") return redactText(value) ?? "";
  if (value === null || typeof value !== "object") return value;
  if (depth >= MAX_DEPTH) return REDACTED;
  if (Array.isArray(value)) return value.map((item: Json) => redactJson(item, depth + 1));
  const clean: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value as { readonly [key: string]: Json })) {
    const secret = isSecretName(key) && item !== null && typeof item !== "boolean";
    Object.defineProperty(clean, key, {
      value: secret ? REDACTED : redactJson(item, depth + 1),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return clean;
}

/** ISO/IEC 7812-1 annex B. */
function isCardNumber(text: string): boolean {
  let sum = 0;
  let double = false;
  let count = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) continue;
    count++;
    const step = double ? digit * 2 : digit;
    sum += step > 9 ? step - 9 : step;
    double = !double;
  }
  return count >= 13 && count <= 19 && sum % 10 === 0;
}

function safeDecode(name: string): string {
  if (!name.includes("%")) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
