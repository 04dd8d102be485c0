/**
 * What one request carries: ApiEvent in, findings out. Stateless; bounded in size, depth and time.
 *
 * Values are read where they stand and pass a cheap gate (`gate/`); what it holds back is decoded (`decode.ts`)
 * and shown to the detectors (`detectors.ts`). Verdicts of recurring strings are remembered.
 */
import type { ApiEvent, Finding } from "../event.ts";
import { createVerdictCache, type VerdictCache } from "./cache.ts";
import { drawsAttention } from "./gate/gate.ts";
import { createInspection, NOTHING } from "./inspection.ts";
import { findExploitCall } from "./other/exploit-call.ts";
import { inspectRequest } from "./request/request.ts";
import { readBody } from "./values/body.ts";
import { isBrowserAgent } from "./values/browser-agent.ts";
import { readHeaders, readReferer, readUserAgent } from "./values/headers.ts";
import { readPath } from "./values/path.ts";
import { QUERY, readPairs } from "./values/query.ts";
import type { Sink } from "./values/value.ts";

/** Distinct strings remembered: enough for the agents and pages of a busy service. */
const paths = createVerdictCache(8_192);
const agents = createVerdictCache(4_096);
const referers = createVerdictCache(8_192);

const whole = createInspection();
const part = createInspection();

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
  readRest(event, whole);
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
  let findings = cache.get(text);
  if (findings === undefined) {
    part.begin();
    read(text, part);
    findings = part.end();
    cache.set(text, findings);
  }
  if (findings !== NOTHING) for (const finding of findings) whole.add(finding);
}
