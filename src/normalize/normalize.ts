/**
 * Raw record → facts about who, what and where. `createNormalizer` is the hot half: it resolves the client, the
 * identity and the route of an event and fills a fact. `describe` is the full half, for events that a person or
 * a store will see: derived fields filled, secrets out.
 */
import type { ApiEvent } from "../event.ts";
import { FACT_FLAG, type Fact, METHOD } from "../fact.ts";
import { addressKey } from "./address.ts";
import { agentOf } from "./agent.ts";
import { resolveClientAddress, type TrustedProxies } from "./client-address.ts";
import { deviceOf } from "./device.ts";
import { type Identity, identityKeys, resolveIdentity } from "./identity.ts";
import { KEY_SEED, keyOf } from "./key.ts";
import { locate, type Networks } from "./networks.ts";
import { placeOf } from "./place.ts";
import { createRouteReader, type RouteFacts, readQueryObject } from "./route.ts";
import { flagsFor } from "./sensitive-routes.ts";

export interface NormalizeSettings {
  readonly trusted: TrustedProxies;
  /** The service of events that name none. */
  readonly service: string;
  /** Where addresses are; without them a place is its /24 or /48. */
  readonly networks: Networks | undefined;
}

const METHOD_CODES: ReadonlyMap<string, number> = new Map([
  ["GET", METHOD.GET],
  ["HEAD", METHOD.HEAD],
  ["POST", METHOD.POST],
  ["PUT", METHOD.PUT],
  ["PATCH", METHOD.PATCH],
  ["DELETE", METHOD.DELETE],
  ["OPTIONS", METHOD.OPTIONS],
  ["CONNECT", METHOD.CONNECT],
  ["TRACE", METHOD.TRACE],
]);

/** @returns a function that completes the event and fills the fact's who, what and where */
export function createNormalizer(settings: NormalizeSettings): (event: ApiEvent, fact: Fact) => void {
  const { networks } = settings;
  const readFact = createFactReader((event) => {
    event["device.fingerprint"] ??= deviceOf(event);
    locate(event, networks);
  });
  return (event, fact) => {
    resolveClientAddress(event, settings.trusted);
    resolveIdentity(event);
    event["service.name"] ??= event["server.address"] ?? settings.service;
    readFact(event, fact);
  };
}

/**
 * The second half: who, what and where of an event that says them itself, as stored events do. What a stored event
 * keeps is what goes into a fact: whole milliseconds, and durations in single precision.
 * @param trace fills the device and the place of an event that names somebody, where they are not told already
 */
export function createFactReader(trace?: (event: ApiEvent) => void): (event: ApiEvent, fact: Fact) => void {
  const readRoute = createRouteReader();
  const route: RouteFacts = {
    pathKey: 0,
    shapeKey: 0,
    objectKey: 0,
    objectNumber: Number.NaN,
    endsInObject: false,
    flags: 0,
  };
  const identity: Identity = { userKey: 0, credentialKey: 0, sessionKey: 0 };
  let lastService = "";
  let lastServiceKey = 0;
  let lastClient = "";
  let lastClientKey = 0;

  return (event, fact) => {
    identityKeys(event, identity);
    const client = event["client.address"];
    if (client !== undefined && client !== lastClient) {
      lastClient = client;
      lastClientKey = addressKey(client);
    }
    const service = event["service.name"] ?? "";
    if (service !== lastService) {
      lastService = service;
      lastServiceKey = keyOf(KEY_SEED.route, service);
    }
    const agent = agentOf(event["user_agent.original"]);
    const method = event["http.request.method"];
    fact.method = method === undefined ? METHOD.NONE : (METHOD_CODES.get(method) ?? METHOD.OTHER);

    readRoute(event["url.path"] ?? "", route);
    let flags = route.flags;
    const given = event["http.route"];
    if (given !== undefined && given !== "") {
      route.shapeKey = keyOf(KEY_SEED.route, given);
      flags |= FACT_FLAG.ROUTE_GIVEN;
    }
    const query = event["url.query"];
    if (query !== undefined && query !== "") {
      flags |= FACT_FLAG.QUERY;
      readQueryObject(query, route);
      flags |= route.flags;
    }
    if (event["http.request.headers"]?.referer !== undefined) flags |= FACT_FLAG.REFERER;
    if (fact.method === METHOD.NONE) flags |= FACT_FLAG.MALFORMED;

    if (event["api_key.fingerprint"] !== undefined) flags |= FACT_FLAG.API_KEY;
    flags = flagsFor(fact.method, flags);

    fact.time = Math.floor(event.timestamp);
    fact.clientKey = client === undefined ? 0 : lastClientKey;
    fact.userKey = identity.userKey;
    fact.credentialKey = identity.credentialKey;
    fact.agentKey = agent.key;
    fact.agentClass = agent.code;
    fact.serviceKey = lastServiceKey;
    fact.routeKey = routeKey(lastServiceKey, fact.method, route.shapeKey);
    fact.pathKey = route.pathKey;
    fact.objectKey = route.objectKey;
    fact.objectNumber = route.objectNumber;
    fact.status = event["http.response.status_code"] ?? 0;
    fact.bytesOut = event["http.response.body.size"] ?? Number.NaN;
    fact.bytesIn = event["http.request.body.size"] ?? Number.NaN;
    fact.durationMs = Math.fround(event.duration_ms ?? Number.NaN);
    fact.flags = flags;
    fact.sessionKey = identity.sessionKey;
    fact.deviceKey = 0;
    fact.placeKey = 0;
    if (!namesSomebody(fact)) return;
    trace?.(event);
    const device = event["device.fingerprint"];
    if (device !== undefined) fact.deviceKey = keyOf(KEY_SEED.device, device);
    fact.placeKey = placeOf(event, fact.clientKey);
  };
}

/** Anonymous events, most of many logs, cost nothing more: nobody asks for the device or the place of their own. */
function namesSomebody(fact: Fact): boolean {
  return (
    fact.userKey !== 0 || fact.credentialKey !== 0 || (fact.flags & (FACT_FLAG.LOGIN | FACT_FLAG.CODE)) !== 0
  );
}

/** HEAD asks about the same operation as GET. */
function routeKey(service: number, method: number, shape: number): number {
  const operation = method === METHOD.HEAD ? METHOD.GET : method;
  const low = (Math.imul(shape | 0, 0x9e3779b1) ^ Math.imul(service | 0, 0x85ebca6b)) + operation;
  const high = ((shape / 0x100000000) ^ (service / 0x100000000)) & 0x1fffff;
  return high * 0x100000000 + (Math.imul(low ^ (low >>> 15), 0x2c1b3c6d) >>> 0);
}
