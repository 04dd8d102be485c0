/** Headers, for the formats that carry them. */
import { mix } from "./random.ts";
import type { SimulatedRequest, Visitor } from "./request.ts";
import type { Endpoint } from "./world/endpoint.ts";
import { hexId, uuid } from "./world/identifiers.ts";

export function dress(request: SimulatedRequest, visitor: Visitor, endpoint: Endpoint): void {
  const { event } = request;
  const headers: Record<string, string> = { host: endpoint.site.host };
  if (visitor.userAgent !== "") headers["user-agent"] = visitor.userAgent;
  headers.accept = endpoint.contentType.startsWith("text/html")
    ? "text/html,application/xhtml+xml,*/*;q=0.8"
    : "*/*";
  headers["accept-encoding"] = "gzip, deflate, br";
  if (visitor.language !== "") headers["accept-language"] = visitor.language;
  if (request.referer !== "") headers.referer = request.referer;
  if (visitor.authorization !== undefined) headers.authorization = visitor.authorization;
  if (visitor.session !== undefined) headers.cookie = `sid=${visitor.session}`;
  if (endpoint.sends > 0) {
    headers["content-type"] =
      endpoint.id === "uploads.post" ? "multipart/form-data; boundary=----shop" : "application/json";
    headers["content-length"] = String(event["http.request.body.size"] ?? 0);
  }
  event["http.request.headers"] = headers;
  event["http.response.headers"] = { "content-type": request.responseType };
  event["http.request.body"] = undefined;
  event["http.response.body"] = undefined;

  const hash = mix(visitor.rng.peek(), endpoint.hash);
  event["event.id"] = uuid(hash);
  event.trace_id = hexId(hash, 32);
  event.span_id = hexId(hash ^ 1, 16);
}
