/** Headers and bodies, for the formats that carry them. Draws nothing, so that a run is the same with and without. */
import { mix } from "./random.ts";
import type { SimulatedRequest, Visitor } from "./request.ts";
import { REQUEST_BODIES, RESPONSE_BODIES } from "./world/bodies.ts";
import type { Endpoint } from "./world/endpoint.ts";
import { hexId, uuid } from "./world/identifiers.ts";
import type { Trail } from "./world/trail.ts";

export function dress(request: SimulatedRequest, visitor: Visitor, endpoint: Endpoint, trail: Trail): void {
  const { event } = request;
  const hash = mix(visitor.rng.peek(), endpoint.hash);
  const ok = (event["http.response.status_code"] ?? 0) < 300;
  const source = { trail, hash, person: visitor.person };
  event["http.request.headers"] = requestHeaders(request, visitor, endpoint);
  event["http.response.headers"] = { "content-type": request.responseType };
  event["http.request.body"] = endpoint.sends > 0 ? REQUEST_BODIES[endpoint.id]?.(source) : undefined;
  event["http.response.body"] = ok ? RESPONSE_BODIES[endpoint.id]?.(source) : undefined;
  event["graphql.operation.name"] = endpoint.id === "graphql" ? "ProductPanel" : undefined;
  event["event.id"] = uuid(hash);
  event.trace_id = hexId(hash, 32);
  event.span_id = hexId(hash ^ 1, 16);
}

function requestHeaders(
  request: SimulatedRequest,
  visitor: Visitor,
  endpoint: Endpoint,
): Record<string, string> {
  const headers: Record<string, string> = { host: endpoint.site.host };
  if (visitor.userAgent !== "") headers["user-agent"] = visitor.userAgent;
  headers.accept = endpoint.contentType.startsWith("text/html")
    ? "text/html,application/xhtml+xml,*/*;q=0.8"
    : "*/*";
  headers["accept-encoding"] = "gzip, deflate, br";
  if (visitor.language !== "") headers["accept-language"] = visitor.language;
  if (request.referer !== "") headers.referer = request.referer;
  if (visitor.authorization !== undefined) headers.authorization = visitor.authorization;
  if (request.event["session.id"] !== undefined) headers.cookie = `sid=${request.event["session.id"]}`;
  if (endpoint.sends > 0) {
    const isUpload = endpoint.id === "uploads.post";
    headers["content-type"] = isUpload ? "multipart/form-data; boundary=----shop" : "application/json";
    headers["content-length"] = String(request.event["http.request.body.size"] ?? 0);
  }
  return headers;
}
