/** Fills the request as the shop answers it: status, bytes and milliseconds from the endpoint's own habits. */

import { NORMAL_QUANTILES } from "./normal.ts";
import { mix } from "./random.ts";
import type { Visitor } from "./request.ts";
import type { Scene } from "./scene.ts";
import type { Endpoint } from "./world/endpoint.ts";
import { IMAGES, STOREFRONT } from "./world/sites.ts";
import type { Trail } from "./world/trail.ts";

/** Bytes of an error answer, before what the endpoint's message adds. Zero: no body. */
const ERROR_SIZE: Readonly<Record<number, number>> = {
  301: 162,
  302: 0,
  304: 0,
  401: 84,
  403: 92,
  499: 0,
  500: 118,
  502: 150,
  503: 190,
  504: 160,
};

/** One request in this many meets a pause of the runtime, a cold cache or a slow disk. */
const SLOW_ONE_IN = 180;

export function answer(
  scene: Scene,
  visitor: Visitor,
  endpoint: Endpoint,
  trail: Trail,
  forced: number,
): number {
  const { event } = scene.request;
  const { rng } = visitor;
  const { site } = endpoint;
  const status = forced === 0 ? usualStatus(endpoint, rng.unit()) : forced;
  const query = endpoint.query(trail);

  event.timestamp = Math.floor(scene.now);
  event["service.name"] = site.service;
  event["server.address"] = site.host;
  event["server.port"] = 443;
  event["url.scheme"] = "https";
  event["http.request.method"] = endpoint.method;
  event["url.path"] = endpoint.path(trail);
  event["url.query"] = query === "" ? undefined : query;
  event["network.protocol.version"] = visitor.protocol;
  event["http.response.status_code"] = status;
  const bits = rng.bits();
  event["http.response.body.size"] =
    status === 404 ? notFoundSize(endpoint, event["url.path"]) : responseSize(endpoint, trail, status, bits);
  event.duration_ms = duration(endpoint, status, rng.bits());
  event["http.request.body.size"] = endpoint.sends === 0 ? 0 : requestSize(endpoint, rng.bits());
  event["client.address"] = visitor.address;
  event["network.peer.address"] = visitor.address;
  event["user_agent.original"] = visitor.userAgent;
  // The cookie of the shop is not sent to the host of its pictures.
  event["user.id"] = site === IMAGES ? undefined : visitor.user;
  event["session.id"] = site === IMAGES ? undefined : visitor.session;
  scene.request.referer = visitor.referer;
  scene.request.route = endpoint.route;
  scene.request.responseType = endpoint.contentType;
  return status;
}

function usualStatus(endpoint: Endpoint, draw: number): number {
  for (const slip of endpoint.slips) if (draw < slip.upTo) return slip.status;
  return endpoint.status;
}

function responseSize(endpoint: Endpoint, trail: Trail, status: number, bits: number): number {
  if (status !== endpoint.status && status >= 300)
    return (ERROR_SIZE[status] ?? 110) + errorDetail(endpoint, status);
  if (endpoint.size === 0) return 0;
  const draw = endpoint.sizeOf === undefined ? bits : mix(endpoint.hash, resource(trail, endpoint.sizeOf));
  return Math.round(endpoint.size * Math.exp(endpoint.sizeSigma * NORMAL_QUANTILES[draw >>> 20]));
}

/** The web shop draws a page of its own for what it does not know; the others answer in JSON, with the path in it. */
function notFoundSize({ site }: Endpoint, path: string): number {
  if (site === IMAGES) return 153;
  return site === STOREFRONT ? 9_180 + path.length : 61 + path.length;
}

function errorDetail(endpoint: Endpoint, status: number): number {
  return status < 400 || status === 499 ? 0 : endpoint.hash % 41;
}

function resource(trail: Trail, sizeOf: keyof Trail | "self"): number {
  if (sizeOf === "self") return 7;
  const value = trail[sizeOf];
  return typeof value === "number" ? value : value.length;
}

function duration(endpoint: Endpoint, status: number, bits: number): number {
  let milliseconds = endpoint.latency * Math.exp(endpoint.latencySigma * NORMAL_QUANTILES[bits >>> 20]);
  if (bits % SLOW_ONE_IN === 0) milliseconds *= 3 + (bits % 23);
  if (status === 304) milliseconds *= 0.4;
  if (status === 504) return 30_000 + (bits % 40);
  return milliseconds < 1 ? bits % 2 : Math.round(milliseconds);
}

function requestSize(endpoint: Endpoint, bits: number): number {
  return Math.round(endpoint.sends * Math.exp(0.2 * NORMAL_QUANTILES[bits >>> 20]));
}
