/**
 * The APIs as the traffic shows them: services and their endpoints, with what is usual for each. An event finds
 * its endpoint by the key of its route; the text is read once, when a route is new.
 */
import type { Fact } from "../fact.ts";
import { FACT_FLAG, METHOD } from "../fact.ts";
import { createRouteTree, insertRoute, type RouteTree, resolveRoute } from "../normalize/route-tree.ts";
import { bitCount } from "./state/bits.ts";
import { addToHistogram, createHistogram, type Histogram, mergeHistogram } from "./state/histogram.ts";
import { createKeyTable, type KeyTable, lookUp, put } from "./state/key-table.ts";

export interface Endpoint {
  readonly id: number;
  readonly service: Service;
  readonly method: string;
  /** False for the catch-all of paths that never led anywhere. */
  readonly known: boolean;
  requests: number;
  /** Different users, keys or clients, as bits of their keys. */
  userBits: number;
  /** By hundreds: status2 counts 200 to 299. */
  status2: number;
  status3: number;
  status4: number;
  status5: number;
  /** 400, 401, 403, 409, 422, 423, 429: the answers of a login that says no. */
  refusals: number;
  /** Bytes of 2xx answers. */
  readonly sizes: Histogram;
  /** Milliseconds. */
  readonly durations: Histogram;
}

export interface Service {
  readonly index: number;
  readonly name: string;
  requests: number;
  /** Where requests for paths that lead nowhere are counted. */
  readonly unmatched: Endpoint;
  /** Exact size of a 2xx answer → how many different paths gave it: a page that answers for everything. */
  readonly pageSizes: Map<number, number>;
}

/** What a route is called, read from the record when its key is new. */
export interface RouteName {
  readonly service: string;
  readonly method: string;
  readonly segments: readonly string[];
}

export interface EndpointLimits {
  readonly services: number;
  readonly endpoints: number;
  readonly words: number;
  /** Remembered route keys; past it the memory is emptied and refilled. */
  readonly routeKeys: number;
}

/** Plain data: it is part of the engine's checkpoints. */
export interface Endpoints {
  limits: EndpointLimits;
  readonly tree: RouteTree;
  /** By the ids of the tree; those merged into others are gone. */
  readonly byId: (Endpoint | undefined)[];
  readonly services: Service[];
  readonly serviceByKey: Map<number, Service>;
  readonly serviceByName: Map<string, Service>;
  /** Route key → id. */
  routes: KeyTable;
}

const OVERFLOW_SERVICE = "(other services)";
const MAX_PAGE_SIZES = 512;

/** An endpoint that no event has. */
export const NOWHERE: Endpoint = createService(-1, "").unmatched;

export function createEndpoints(limits: EndpointLimits): Endpoints {
  return {
    limits,
    tree: createRouteTree(limits),
    byId: [],
    services: [],
    serviceByKey: new Map(),
    serviceByName: new Map(),
    routes: createKeyTable(1024),
  };
}

/** The endpoint of an event, counted. */
export function endpointOf(endpoints: Endpoints, fact: Fact, name: () => RouteName): Endpoint {
  const service = serviceOf(endpoints, fact, name);
  const endpoint = findEndpoint(endpoints, fact, service, name);
  count(fact, endpoint);
  const inTree = endpoints.tree.endpoints[endpoint.id];
  if (inTree !== undefined) inTree.requests++;
  return endpoint;
}

function serviceOf(endpoints: Endpoints, fact: Fact, name: () => RouteName): Service {
  const { limits, services, serviceByKey, serviceByName } = endpoints;
  const known = serviceByKey.get(fact.serviceKey);
  if (known !== undefined) return known;
  const text = serviceByName.size >= limits.services ? OVERFLOW_SERVICE : name().service;
  let service = serviceByName.get(text);
  if (service === undefined) {
    service = createService(services.length, text);
    services.push(service);
    serviceByName.set(text, service);
  }
  if (serviceByKey.size < limits.services * 4) serviceByKey.set(fact.serviceKey, service);
  return service;
}

function learnRoute({ tree, byId }: Endpoints, { name }: Service, { method, segments }: RouteName): number {
  return insertRoute(tree, name, method, segments, (from, to) => mergeById(byId, from, to));
}

/** Makes no function of its own: it is asked for every event. */
function findEndpoint(endpoints: Endpoints, fact: Fact, service: Service, name: () => RouteName): Endpoint {
  const { tree, byId } = endpoints;
  let id = lookUp(endpoints.routes, fact.routeKey);
  if (id === -1) {
    if (leadsNowhere(fact)) return service.unmatched;
    if (fact.status >= 200 && fact.status < 300 && fact.bytesOut > 0) notePageSize(service, fact.bytesOut);
    id = learnRoute(endpoints, service, name());
    if (endpoints.routes.size >= endpoints.limits.routeKeys) endpoints.routes = createKeyTable(1024);
    put(endpoints.routes, fact.routeKey, id);
  }
  const endpoint = byId[id];
  if (endpoint !== undefined) return endpoint;
  const standing = resolveRoute(tree, id);
  if (standing !== id) put(endpoints.routes, fact.routeKey, standing);
  const existing = byId[standing];
  if (existing !== undefined) return existing;
  const created = createEndpoint(standing, service, tree.endpoints[standing]?.method ?? "", true);
  byId[standing] = created;
  return created;
}

/** All of a service that had requests. */
export function endpointsUnder({ byId }: Endpoints, service: Service): Endpoint[] {
  const known = byId.filter((endpoint) => endpoint?.service === service && endpoint.requests > 0);
  const unmatched = service.unmatched.requests > 0 ? [service.unmatched] : [];
  return [...known, ...unmatched].filter((endpoint) => endpoint !== undefined);
}

/** "GET /orders/{id}" */
export function templateOf({ tree }: Endpoints, endpoint: Endpoint): string {
  if (!endpoint.known) return "(paths that lead nowhere)";
  const standing = tree.endpoints[resolveRoute(tree, endpoint.id)];
  return standing === undefined ? "" : `${standing.method} ${standing.template}`.trim();
}

/**
 * A new route is learnt from answers that show it exists. A 404 shows the opposite, a redirect or a plain 400 is
 * what servers say to anything, and scanners would fill the tree with their word lists.
 */
function leadsNowhere(fact: Fact): boolean {
  const { status } = fact;
  if ((fact.flags & FACT_FLAG.MALFORMED) !== 0) return true;
  if (status === 404 || status === 400 || status === 410 || status === 444 || status === 414) return true;
  if (status >= 300 && status < 400 && status !== 304)
    return fact.method === METHOD.GET || fact.method === METHOD.HEAD;
  return status === 405 || status === 501;
}

function createService(index: number, name: string): Service {
  const pageSizes = new Map<number, number>();
  const service: Omit<Service, "unmatched"> & { unmatched?: Endpoint } = {
    index,
    name,
    requests: 0,
    pageSizes,
  };
  const unmatched = createEndpoint(-1, service as Service, "", false);
  return Object.assign(service, { unmatched });
}

function createEndpoint(id: number, service: Service, method: string, known: boolean): Endpoint {
  return {
    id,
    service,
    method,
    known,
    requests: 0,
    userBits: 0,
    status2: 0,
    status3: 0,
    status4: 0,
    status5: 0,
    refusals: 0,
    sizes: createHistogram(),
    durations: createHistogram(),
  };
}

/** This many different users, and an endpoint has ordinary ones; without, odd use may be what it is for. */
const ORDINARY_USERS = 8;

export function hasOrdinaryUsers(endpoint: Endpoint): boolean {
  return bitCount(endpoint.userBits) >= ORDINARY_USERS;
}

function count(fact: Fact, endpoint: Endpoint): void {
  endpoint.requests++;
  const user = fact.userKey || fact.credentialKey || fact.clientKey;
  endpoint.userBits |= 1 << (Math.imul((user | 0) ^ ((user / 0x100000000) | 0), 0x9e3779b1) >>> 27);
  endpoint.service.requests++;
  const { status } = fact;
  if (status >= 200 && status < 300) {
    endpoint.status2++;
    if (fact.bytesOut >= 0) addToHistogram(endpoint.sizes, fact.bytesOut);
  } else if (status >= 300 && status < 400) endpoint.status3++;
  else if (status >= 500) endpoint.status5++;
  else if (status >= 400) {
    endpoint.status4++;
    if (isRefusal(status)) endpoint.refusals++;
  }
  if (fact.durationMs >= 0) addToHistogram(endpoint.durations, fact.durationMs);
}

export function isRefusal(status: number): boolean {
  return (
    status === 401 ||
    status === 403 ||
    status === 422 ||
    status === 400 ||
    status === 429 ||
    status === 423 ||
    status === 409
  );
}

function mergeById(byId: (Endpoint | undefined)[], from: number, to: number): void {
  const source = byId[from];
  const target = byId[to];
  if (source !== undefined && target !== undefined) mergeEndpoint(source, target);
  byId[from] = undefined;
}

function mergeEndpoint(from: Endpoint, into: Endpoint): void {
  into.requests += from.requests;
  into.userBits |= from.userBits;
  into.status2 += from.status2;
  into.status3 += from.status3;
  into.status4 += from.status4;
  into.status5 += from.status5;
  into.refusals += from.refusals;
  mergeHistogram(from.sizes, into.sizes);
  mergeHistogram(from.durations, into.durations);
}

/** Remembers that a path which is no known endpoint was answered 2xx with this many bytes. */
export function notePageSize(service: Service, bytes: number): number {
  const seen = (service.pageSizes.get(bytes) ?? 0) + 1;
  if (service.pageSizes.size >= MAX_PAGE_SIZES && seen === 1) service.pageSizes.clear();
  service.pageSizes.set(bytes, seen);
  return seen;
}
