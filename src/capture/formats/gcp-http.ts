/**
 * Google Cloud `LogEntry` with an `httpRequest` (load balancing, Cloud Run, App Engine flexible, structured
 * application logs), and App Engine's `RequestLog`
 * (https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry).
 */
import { jsonFormat } from "./json/json-format.ts";

export const gcpHttp = jsonFormat({
  id: "gcp-http",
  title: "Google Cloud LogEntry with httpRequest",
  aliases: ["gcp", "app-engine", "cloud-run"],
  advice: {
    "http.request.headers": "log httpRequest with the headers you need in jsonPayload from the application",
  },
  requires: [
    "httpRequest.requestUrl|httpRequest.requestMethod|protoPayload.resource",
    "timestamp|time|insertId|logName|severity|receiveTimestamp",
  ],
  ignores: ["insertId", "resource.type"],
  fields: {
    timestamp: "timestamp|time|protoPayload.startTime|receiveTimestamp",
    "event.id": "insertId",
    "url.path": "httpRequest.requestUrl|protoPayload.resource",
    "http.request.method": "httpRequest.requestMethod|protoPayload.method",
    "http.response.status_code": "httpRequest.status|protoPayload.status",
    "client.address": "httpRequest.remoteIp|protoPayload.ip",
    "user_agent.original": "httpRequest.userAgent|protoPayload.userAgent",
    "http.request.headers.referer": "httpRequest.referer|protoPayload.referrer",
    "http.request.body.size": "httpRequest.requestSize",
    "http.response.body.size": "httpRequest.responseSize|protoPayload.responseSize",
    duration_ms: "httpRequest.latency:s|protoPayload.latency:s",
    "network.protocol.version": "httpRequest.protocol|protoPayload.httpVersion",
    "server.address": "protoPayload.host",
    "user.id": "protoPayload.nickname",
    "service.name":
      "resource.labels.service_name|resource.labels.backend_service_name|resource.labels.module_id|resource.labels.url_map_name",
    trace_id: "trace|logging.googleapis.com/trace",
    span_id: "spanId|logging.googleapis.com/spanId",
  },
});
