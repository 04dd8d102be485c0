/** Cloudflare Logpush http_requests (https://developers.cloudflare.com/logs/reference/log-fields/zone/http_requests/). */
import { jsonFormat } from "./json/json-format.ts";

export const cloudflare = jsonFormat({
  id: "cloudflare",
  title: "Cloudflare Logpush http_requests",
  advice: {
    "http.request.headers": "add the headers you need as custom fields of the Logpush job",
  },
  requires: [
    "ClientRequestMethod",
    "ClientRequestURI|ClientRequestPath",
    "EdgeResponseStatus|RayID|ClientIP",
  ],
  fields: {
    timestamp: "EdgeStartTimestamp|EdgeEndTimestamp",
    "http.request.headers": "RequestHeaders",
    "http.response.headers": "ResponseHeaders",
    "client.address": "ClientIP",
    "http.request.method": "ClientRequestMethod",
    "url.path": "ClientRequestURI|ClientRequestPath",
    "server.address": "ClientRequestHost",
    "url.scheme": "ClientRequestScheme",
    "network.protocol.version": "ClientRequestProtocol",
    "user_agent.original": "ClientRequestUserAgent",
    "http.request.headers.referer": "ClientRequestReferer",
    "http.request.headers.x-requested-with": "ClientXRequestedWith",
    "http.request.body.size": "ClientRequestBytes",
    "http.response.status_code": "EdgeResponseStatus",
    "http.response.body.size": "EdgeResponseBodyBytes|EdgeResponseBytes",
    duration_ms: "OriginResponseDurationMs:ms|OriginResponseTime:ns|EdgeTimeToFirstByteMs:ms",
    "event.id": "RayID",
    "service.name": "ZoneName",
  },
});
