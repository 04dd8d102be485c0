/** Caddy 2 access log (https://caddyserver.com/docs/caddyfile/directives/log). */
import { jsonFormat } from "./json/json-format.ts";
import { compilePath } from "./json/path.ts";

const tls = compilePath("request.tls");

export const caddy = jsonFormat({
  id: "caddy",
  title: "Caddy JSON",
  requires: ["request.uri", "request.proto", "status|size|duration"],
  ignores: ["level", "ts", "msg"],
  fields: {
    timestamp: "ts",
    "client.address": "request.client_ip|request.remote_ip|request.remote_addr",
    "network.peer.address": "request.remote_ip|request.remote_addr",
    "http.request.method": "request.method",
    "url.path": "request.uri",
    "server.address": "request.host",
    "network.protocol.version": "request.proto",
    "http.request.headers": "request.headers",
    "http.response.headers": "resp_headers",
    "http.response.status_code": "status",
    "http.response.body.size": "size",
    "http.request.body.size": "bytes_read",
    duration_ms: "duration:s",
    "user.id": "user_id",
    "user_agent.original": "request.headers.User-Agent",
    "url.scheme": "request.scheme",
    "event.id": "uuid|request_id",
    trace_id: "traceID",
    span_id: "spanID",
  },
  finish(event, record) {
    if (tls(record) !== undefined) event["url.scheme"] ??= "https";
    return true;
  },
});
