/** Requests that no page of the shop makes: any method, any path. */
import type { Visitor } from "../request.ts";
import type { Scene } from "../scene.ts";
import { define, type Endpoint } from "../world/endpoint.ts";
import type { Site } from "../world/sites.ts";
import { emptyTrail } from "../world/trail.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"] as const;
export type Method = (typeof METHODS)[number];

export interface Knock {
  readonly site: Site;
  readonly method?: Method;
  /** As sent, percent-encoding and all. */
  readonly path: string;
  readonly query?: string;
  readonly status: number;
  /** Response bytes; the site's own error page when left out. */
  readonly size?: number;
  /** Milliseconds, when the answer takes longer or shorter than usual. */
  readonly ms?: number;
  /** What a label calls it; the path when left out. */
  readonly route?: string;
}

const ENDPOINTS = new Map<string, Endpoint>();
const trail = emptyTrail();

export function knock(scene: Scene, visitor: Visitor, at: Knock): void {
  const method = at.method ?? "GET";
  trail.file = at.path;
  trail.term = at.query ?? "";
  scene.send(visitor, endpointFor(at.site, method), trail, at.status);
  const { event } = scene.request;
  if (at.size !== undefined) event["http.response.body.size"] = at.size;
  if (at.ms !== undefined) event.duration_ms = Math.round(at.ms);
  scene.request.route = at.route ?? at.path;
}

function endpointFor(site: Site, method: Method): Endpoint {
  const key = `${site.index} ${method}`;
  const known = ENDPOINTS.get(key);
  if (known !== undefined) return known;
  const endpoint = define(site, {
    sends: method === "GET" || method === "HEAD" ? 0 : 140,
    ms: 4,
    msSigma: 0.6,
  })(`knock ${key}`, `${method} {file}?{term}`, { slips: {} });
  ENDPOINTS.set(key, endpoint);
  return endpoint;
}
