/** Tyk analytics records (https://tyk.io/docs/api-management/logs-metrics/). */
import { jsonFormat } from "./json/json-format.ts";

export const tyk = jsonFormat({
  id: "tyk",
  title: "Tyk analytics record",
  requires: [
    "method|Method",
    "path|Path|raw_path|RawPath",
    "response_code|ResponseCode",
    "api_id|APIID|api_name|APIName",
  ],
  fields: {
    timestamp: "timestamp|TimeStamp",
    "client.address": "ip_address|IPAddress",
    "http.request.method": "method|Method",
    "url.path": "raw_path|RawPath|path|Path",
    "http.response.status_code": "response_code|ResponseCode",
    duration_ms: "latency.total:ms|Latency.Total:ms|request_time:ms|RequestTime:ms",
    "user_agent.original": "user_agent|UserAgent",
    "server.address": "host|Host",
    "service.name": "api_name|APIName",
    "organization.id": "org_id|OrgID",
    "user.id": "alias|Alias",
    "http.request.body.size": "content_length|ContentLength",
    trace_id: "trace_id|TraceID",
  },
});
