/** Envoy and Istio access log in JSON (https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage). */
import { jsonFormat } from "./json/json-format.ts";

export const envoyJson = jsonFormat({
  id: "envoy-json",
  title: "Envoy, Istio and Envoy Gateway JSON",
  aliases: ["istio-json", "envoy-gateway"],
  advice: {
    "http.request.headers": "add %REQ(REFERER)% and %REQ(X-FORWARDED-FOR)% to json_format",
  },
  requires: [
    "response_code",
    "response_flags|upstream_host|upstream_cluster|bytes_received|downstream_remote_address",
    "method|path|authority|:authority|x-envoy-origin-path",
  ],
  fields: {
    timestamp: "start_time|timestamp",
    "client.address":
      "downstream_remote_address|downstream_direct_remote_address|x_forwarded_for|x-forwarded-for",
    "network.peer.address": "downstream_direct_remote_address",
    "http.request.method": "method",
    "url.path": "path|x-envoy-origin-path|x-envoy-original-path",
    "network.protocol.version": "protocol",
    "http.response.status_code": "response_code",
    "http.request.body.size": "bytes_received",
    "http.response.body.size": "bytes_sent",
    duration_ms: "duration:ms",
    "server.address": "authority|:authority|requested_server_name",
    "user_agent.original": "user_agent|user-agent",
    "event.id": "request_id|x-request-id",
    trace_id: "traceparent|trace_id|x-b3-traceid",
    "http.request.headers.x-forwarded-for": "x_forwarded_for|x-forwarded-for",
    "http.request.headers.referer": "referer",
    "error.type": "response_flags",
  },
});
