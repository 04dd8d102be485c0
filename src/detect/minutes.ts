/** Each service's last minute in numbers, closed once for all detectors that watch services rather than sources. */
import { FACT_FLAG, type Fact } from "../fact.ts";
import type { Endpoint, Service } from "./endpoints.ts";

export interface EndpointMinute {
  readonly endpoint: Endpoint;
  requests: number;
  /** 5xx. */
  errors: number;
  /** The client that caused most of them, if any caused more than half (Boyer and Moore's vote), and its vote. */
  errorClient: number;
  errorVotes: number;
  timed: number;
  /** Sum of ln(1 + milliseconds): its mean is a centre that outliers hardly move. */
  logDurations: number;
}

export interface ServiceMinute {
  readonly service: Service;
  /** Stream time at which the minute began, and the event time of its last event. */
  readonly start: number;
  time: number;
  requests: number;
  /** Without static files. */
  dynamic: number;
  errors: number;
  errorClient: number;
  errorVotes: number;
  /** 429. */
  throttled: number;
  /** Requests by clients that were first seen within the last ten minutes. */
  fresh: number;
  /** The client with most requests, if any has more than half (Boyer and Moore's vote), and its vote. */
  majority: number;
  majorityVotes: number;
  readonly clientBits: Uint32Array;
  readonly endpoints: Map<number, EndpointMinute>;
}

export interface Minutes {
  readonly open: Map<Service, ServiceMinute>;
  /** Over, and not yet shown to the detectors. */
  over: ServiceMinute[];
}

export const MINUTE_MS = 60_000;
const FRESH_MS = 600_000;
const CLIENT_BITS = 1 << 14;

export function createMinutes(): Minutes {
  return { open: new Map(), over: [] };
}

export function countInMinute(
  minutes: Minutes,
  fact: Fact,
  endpoint: Endpoint,
  now: number,
  firstSeen: number,
): void {
  const minute = minuteOf(minutes, endpoint.service, fact, now);
  minute.time = fact.time;
  minute.requests++;
  const key = fact.clientKey;
  const bit = (Math.imul((key | 0) ^ ((key / 0x100000000) | 0), 0x9e3779b1) >>> 18) & (CLIENT_BITS - 1);
  minute.clientBits[bit >>> 5] |= 1 << (bit & 31);
  if (now - firstSeen < FRESH_MS) minute.fresh++;
  if (minute.majorityVotes === 0) {
    minute.majority = key;
    minute.majorityVotes = 1;
  } else minute.majorityVotes += minute.majority === key ? 1 : -1;
  if ((fact.flags & FACT_FLAG.ASSET) !== 0) return;
  minute.dynamic++;
  const failed = fact.status >= 500;
  if (failed) noteError(minute, key);
  else if (fact.status === 429) minute.throttled++;
  let at = minute.endpoints.get(endpoint.id);
  if (at === undefined) {
    at = createEndpointMinute(endpoint);
    minute.endpoints.set(endpoint.id, at);
  }
  at.requests++;
  if (failed) noteError(at, key);
  if (fact.durationMs >= 0) {
    at.timed++;
    at.logDurations += Math.log(1 + fact.durationMs);
  }
}

/** Ends every minute that is over at `now`. @returns them in order of time */
export function closeMinutes(minutes: Minutes, now: number): ServiceMinute[] {
  const { open, over } = minutes;
  for (const [service, minute] of open) {
    if (now < minute.start + MINUTE_MS) continue;
    over.push(minute);
    open.delete(service);
  }
  minutes.over = [];
  return over.sort((a, b) => a.start - b.start || a.service.index - b.service.index);
}

function minuteOf({ open, over }: Minutes, service: Service, fact: Fact, now: number): ServiceMinute {
  const current = open.get(service);
  if (current !== undefined && now < current.start + MINUTE_MS) return current;
  if (current !== undefined) over.push(current);
  const minute = createMinute(service, Math.floor(now / MINUTE_MS) * MINUTE_MS, fact.time);
  open.set(service, minute);
  return minute;
}

function createMinute(service: Service, start: number, time: number): ServiceMinute {
  return {
    service,
    start,
    time,
    requests: 0,
    dynamic: 0,
    errors: 0,
    errorClient: 0,
    errorVotes: 0,
    throttled: 0,
    fresh: 0,
    majority: 0,
    majorityVotes: 0,
    clientBits: new Uint32Array(CLIENT_BITS / 32),
    endpoints: new Map(),
  };
}

export function createEndpointMinute(endpoint: Endpoint): EndpointMinute {
  return { endpoint, requests: 0, errors: 0, errorClient: 0, errorVotes: 0, timed: 0, logDurations: 0 };
}

function noteError(at: { errors: number; errorClient: number; errorVotes: number }, client: number): void {
  at.errors++;
  if (at.errorVotes === 0) {
    at.errorClient = client;
    at.errorVotes = 1;
  } else at.errorVotes += at.errorClient === client ? 1 : -1;
}

/** How many different clients (linear counting: Whang et al., TODS 1990). */
export function clientsIn(minute: ServiceMinute): number {
  let zeros = 0;
  for (const word of minute.clientBits) {
    let v = ~word;
    v -= (v >>> 1) & 0x55555555;
    v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
    zeros += Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return Math.round(-CLIENT_BITS * Math.log(Math.max(1, zeros) / CLIENT_BITS));
}

/** The busiest endpoint of a minute. */
export function busiest(minute: ServiceMinute): EndpointMinute | undefined {
  let most: EndpointMinute | undefined;
  for (const at of minute.endpoints.values())
    if (most === undefined || at.requests > most.requests) most = at;
  return most;
}
