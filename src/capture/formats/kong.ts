/** Kong's log plugins (https://developer.konghq.com/plugins/file-log/). */
import { jsonFormat } from "./json/json-format.ts";

export const kong = jsonFormat({
  id: "kong",
  title: "Kong Gateway JSON",
  requires: ["latencies", "request.uri|request.url", "response.status|client_ip"],
  fields: {
    timestamp: "started_at",
    "http.request.headers": "request.headers",
    "http.response.headers": "response.headers",
    "client.address": "client_ip",
    "http.request.method": "request.method",
    "url.path": "request.url|request.uri",
    "url.query": "request.querystring",
    "http.response.status_code": "response.status",
    "http.request.body.size": "request.size",
    "http.response.body.size": "response.size",
    duration_ms: "latencies.request:ms",
    "service.name": "service.name",
    "user.id": "consumer.username|consumer.custom_id|consumer.id|authenticated_entity.id",
    "event.id": "request.id|request.headers.x-request-id",
    "http.request.body": "request.body",
    "http.response.body": "response.body",
  },
  finish(event, record) {
    // `url` is written with the port Kong listens on; the query of `uri` is not in it.
    const { request } = record;
    const uri = (request as { uri?: unknown }).uri;
    const question = typeof uri === "string" ? uri.indexOf("?") : -1;
    if (typeof uri === "string" && question >= 0) event["url.query"] = uri.slice(question + 1);
    return true;
  },
});
