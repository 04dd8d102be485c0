/**
 * What one request carries: ApiEvent in, findings out. Stateless; bounded in size, depth and time.
 *
 * Values are read where they stand and pass a cheap gate (`gate/`); what it holds back is decoded (`decode.ts`)
 * and shown to the detectors (`detectors.ts`). Verdicts of recurring strings are remembered.
 */
import type { ApiEvent, Finding } from "../event.ts";
import { createVerdictCache } from "./cache.ts";
import { createInspection, NOTHING } from "./inspection.ts";
import { inspectRequest } from "./request/request.ts";
import { readBody } from "./values/body.ts";
import { readHeaders, readReferer, readUserAgent } from "./values/headers.ts";
import { readPath } from "./values/path.ts";
import { QUERY, readPairs } from "./values/query.ts";
import type { Sink } from "./values/value.ts";

/** Distinct strings remembered: enough for the agents, pages and endpoints of a busy service. */
const paths = createVerdictCache(16_384);
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
  if (path !== undefined) readCached(path, paths, readPath);
  const query = event["url.query"];
  if (query !== undefined && query.length > 0) readPairs(query, QUERY, whole);
  const headers = event["http.request.headers"];
  const agent = event["user_agent.original"] ?? headers?.["user-agent"];
  if (agent !== undefined) readCached(agent, agents, readUserAgent);
  if (headers !== undefined) {
    const referer = headers.referer;
    if (referer !== undefined) readCached(referer, referers, readReferer);
    readHeaders(headers, whole);
  }
  const body = event["http.request.body"];
  if (body !== undefined && body !== null) readBody(body, headers, whole);
  inspectRequest(event, whole.add);
  return whole.end();
}

function readCached(
  text: string,
  cache: {
    get(text: string): readonly Finding[] | undefined;
    set(text: string, found: readonly Finding[]): void;
  },
  read: (text: string, sink: Sink) => void,
): void {
  let findings = cache.get(text);
  if (findings === undefined) {
    part.begin();
    read(text, part);
    findings = part.end();
    cache.set(text, findings);
  }
  if (findings !== NOTHING) for (const finding of findings) whole.add(finding);
}
