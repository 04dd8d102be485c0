/** Traefik access log in JSON (https://doc.traefik.io/traefik/observability/access-logs/). */
import { setRequestHeader, setResponseHeader } from "./fields/headers.ts";
import { jsonFormat } from "./json/json-format.ts";

export const traefikJson = jsonFormat({
  id: "traefik-json",
  title: "Traefik JSON",
  advice: {
    "user_agent.original": "accessLog.fields.headers.names.User-Agent: keep",
    "http.request.headers": "accessLog.fields.headers.defaultMode: keep",
  },
  requires: [
    "RequestMethod|RequestLine",
    "RequestPath|RequestLine",
    "DownstreamStatus|OriginStatus|ClientHost",
  ],
  ignores: ["level", "msg|message", "time"],
  fields: {
    timestamp: "StartUTC|StartLocal|time",
    "client.address": "ClientHost|ClientAddr",
    "network.peer.address": "ClientAddr",
    "user.id": "ClientUsername",
    "http.request.method": "RequestMethod",
    "url.path": "RequestPath",
    "server.address": "RequestHost|RequestAddr",
    "server.port": "RequestPort",
    "url.scheme": "RequestScheme",
    "network.protocol.version": "RequestProtocol",
    "http.response.status_code": "DownstreamStatus|OriginStatus",
    "http.response.body.size": "DownstreamContentSize|OriginContentSize",
    "http.request.body.size": "RequestContentSize",
    duration_ms: "Duration:ns",
    "service.name": "ServiceName",
    "user_agent.original": "request_User-Agent",
    "http.request.headers.referer": "request_Referer",
    "http.response.headers.content-type": "downstream_Content-Type|origin_Content-Type",
    "event.id": "request_X-Request-Id",
    trace_id: "TraceId",
    span_id: "SpanId",
  },
  finish(event, record) {
    for (const [key, value] of Object.entries(record)) {
      if (typeof value !== "string" || value === "") continue;
      if (key.startsWith("request_")) setRequestHeader(event, key.slice(8).toLowerCase(), value);
      else if (key.startsWith("downstream_")) setResponseHeader(event, key.slice(11).toLowerCase(), value);
    }
    return true;
  },
});
