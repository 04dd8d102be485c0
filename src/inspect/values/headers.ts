/** Request headers: each value, odd names, cookies by name, the referer's own query, the user agent. */
import { createTextCache } from "../cache.ts";
import { drawsAttention, nameDrawsAttention } from "../gate/gate.ts";
import { wordList } from "../lexicon.ts";
import { readCookies } from "./cookies.ts";
import { type PairPlaces, readPairs } from "./query.ts";
import type { Sink } from "./value.ts";

/** Names that need no look. The first three are read elsewhere. */
const APART = new Set(["cookie", "referer", "user-agent"]);
const KNOWN = new Set(
  wordList(`host accept accept-encoding accept-language accept-charset connection content-length content-type
    content-encoding cache-control pragma origin upgrade-insecure-requests if-none-match if-modified-since range te dnt
    authorization x-requested-with x-forwarded-for x-forwarded-proto x-forwarded-host x-forwarded-port x-real-ip
    forwarded via traceparent tracestate x-request-id x-correlation-id x-api-key sec-fetch-site sec-fetch-mode
    sec-fetch-dest sec-fetch-user sec-gpc priority expect date transfer-encoding keep-alive x-csrf-token idempotency-key`),
);

/** Names of uploaded files travel in headers of several spellings: X-File-Name, X_Filename. */
const FILE_NAME = /^x[-_.]?(?:upload[-_.]?)?file[-_.]?name$/;

export function readHeaders(headers: Readonly<Record<string, string>>, sink: Sink): void {
  for (const name in headers) {
    if (APART.has(name) || !Object.hasOwn(headers, name)) continue;
    const text = headers[name];
    if (typeof text !== "string") continue;
    if (!sink.more()) return;
    if (!KNOWN.has(name)) {
      if (nameDrawsAttention(name, 0, name.length, "header name")) {
        sink.take({ place: "header name", name: "", location: "header name", text: name, escaped: false });
      }
      if (FILE_NAME.test(name)) {
        sink.take({ place: "file name", name, location: `header:${name}`, text, escaped: false });
        continue;
      }
    }
    readHeader(name, text, sink);
  }
  const cookie = headers.cookie;
  if (cookie !== undefined) readCookies(cookie, sink);
}

function readHeader(name: string, text: string, sink: Sink): void {
  // Client hints are quoted words by grammar (RFC 8941).
  if (name.startsWith("sec-ch-") || isCold(text)) return;
  take(name, text, sink);
}

/** Values that the gate let pass: hosts, languages and tokens come again and again. */
const cold = createTextCache<true>(8_192);

function isCold(text: string): boolean {
  if (cold.get(text) !== undefined) return true;
  if (drawsAttention(text, 0, text.length, "header")) return false;
  cold.set(text, true);
  return true;
}

function take(name: string, text: string, sink: Sink): void {
  sink.take({ place: "header", name, location: `header:${name}`, text, escaped: false });
}

/** Programs name themselves with a version (RFC 9110, 10.1.5): what has none is read whatever the gate says. */
export function readUserAgent(text: string, sink: Sink): void {
  if (text.includes("/")) readHeader("user-agent", text, sink);
  else take("user-agent", text, sink);
}

const REFERER: PairPlaces = {
  value: "header",
  name: "header name",
  locate: () => "header:referer",
  nameLocation: "header:referer",
  bareLocation: "header:referer",
};

/** A referer is a URL: its query is read pair by pair, as the page that it names would read it. */
export function readReferer(text: string, sink: Sink): void {
  const question = text.indexOf("?");
  const page = question < 0 ? text : text.slice(0, question);
  if (drawsAttention(page, 0, page.length, "header")) {
    sink.take({ place: "header", name: "referer", location: "header:referer", text: page, escaped: false });
  }
  if (question >= 0) readPairs(text.slice(question + 1), REFERER, sink);
}
