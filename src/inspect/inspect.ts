/**
 * What one request carries: ApiEvent in, findings out. Stateless; bounded in size, depth and time.
 *
 * Values are read where they stand and pass a cheap gate (`gate/`); what it holds back is decoded (`decode.ts`)
 * and shown to the detectors (`detectors.ts`). Verdicts of recurring strings are remembered.
 */
import type { ApiEvent, Finding } from "../event.ts";
import { createTextCache, type VerdictCache } from "./cache.ts";
import { drawsAttention } from "./gate/gate.ts";
import { createInspection, NOTHING } from "./inspection.ts";
import { findExploitCall } from "./other/exploit-call.ts";
import { inspectRequest } from "./request/request.ts";
import { readBody } from "./values/body.ts";
import { isBrowserAgent } from "./values/browser-agent.ts";
import { readHeaders, readReferer, readUserAgent } from "./values/headers.ts";
import { readPath } from "./values/path.ts";
import { QUERY, readPairs } from "./values/query.ts";
import type { Sink, Value } from "./values/value.ts";

/** Distinct strings remembered: enough for the agents and pages of a busy service. */
const paths: VerdictCache = createTextCache(8_192);
const agents: VerdictCache = createTextCache(4_096);
const referers: VerdictCache = createTextCache(8_192);
const headerValues: VerdictCache = createTextCache(8_192);

const whole = createInspection();
const part = createInspection();

/** Longer values rarely recur, and must share the bounds of the event. */
const LONGEST_REMEMBERED = 256;

/** Values of headers recur by name: languages and tokens that a shell would take for commands, above all. */
const remembering: Sink = {
  take(value: Value) {
    if (value.place !== "header" || value.text.length > LONGEST_REMEMBERED) whole.take(value);
    else addCached(`${value.name}: ${value.text}`, headerValues, () => part.take(value));
  },
  more: () => whole.more(),
  cut: () => whole.cut(),
};

/**
 * @returns the findings of one event, strongest first; the same frozen empty array when there are none
 */
export function inspect(event: ApiEvent): readonly Finding[] {
  whole.begin();
  const path = event["url.path"];
  // Most paths are plain, and hold an id that makes them new each time: the gate is cheaper than remembering.
  if (path !== undefined && drawsAttention(path, 0, path.length, "path")) {
    readCached(path, paths, readPath);
    readCall(event, whole.add);
  }
  const headers = event["http.request.headers"];
  const agent = event["user_agent.original"] ?? headers?.["user-agent"];
  if (agent !== undefined && !isBrowserAgent(agent)) readCached(agent, agents, readUserAgent);
  const referer = headers?.referer;
  if (referer !== undefined && drawsAttention(referer, 0, referer.length, "header")) {
    readCached(referer, referers, readReferer);
  }
  readRest(event, remembering);
  inspectRequest(event, whole.add);
  return whole.end();
}

/** All values of an event, without remembering anything: the long way, for explanations. */
export function readEvent(event: ApiEvent, sink: Sink, add: (finding: Finding) => void): void {
  const path = event["url.path"];
  if (path !== undefined) readPath(path, sink);
  readCall(event, add);
  const headers = event["http.request.headers"];
  const agent = event["user_agent.original"] ?? headers?.["user-agent"];
  if (agent !== undefined && !isBrowserAgent(agent)) readUserAgent(agent, sink);
  if (headers?.referer !== undefined) readReferer(headers.referer, sink);
  readRest(event, sink);
  inspectRequest(event, add);
}

/** Holes that path and query name together. */
function readCall(event: ApiEvent, add: (finding: Finding) => void): void {
  const path = event["url.path"];
  const query = event["url.query"];
  if (path === undefined || query === undefined || query.length === 0) return;
  const call = findExploitCall(path, query);
  if (call !== undefined) add(call);
}

/** What seldom recurs as a whole. */
function readRest(event: ApiEvent, sink: Sink): void {
  const query = event["url.query"];
  if (query !== undefined && query.length > 0) readPairs(query, QUERY, sink);
  const headers = event["http.request.headers"];
  if (headers !== undefined) readHeaders(headers, sink);
  const body = event["http.request.body"];
  if (body !== undefined && body !== null) readBody(body, headers, sink);
}

function readCached(text: string, cache: VerdictCache, read: (text: string, sink: Sink) => void): void {
  addCached(text, cache, () => read(text, part));
}

/** @param look gives `part` what is to be inspected */
function addCached(text: string, cache: VerdictCache, look: () => void): void {
  let findings = cache.get(text);
  if (findings === undefined) {
    part.begin();
    look();
    findings = part.end();
    cache.set(text, findings);
  }
  if (findings !== NOTHING) for (const finding of findings) whole.add(finding);
}
