/** Fastly real-time logging in the JSON its documentation proposes; its default text is the common log format. */
import { jsonFormat } from "./json/json-format.ts";

export const fastly = jsonFormat({
  id: "fastly",
  title: "Fastly JSON",
  requires: [
    "fastly_server|fastly_is_edge|fastly_info|fastly_datacenter",
    "url|request_uri",
    "request_method|method",
  ],
  fields: {
    timestamp: "timestamp|time|time_start|req_start_time",
    "client.address": "client_ip|ip",
    "server.address": "host|req_host",
    "url.path": "url|request_uri",
    "http.request.method": "request_method|method",
    "network.protocol.version": "request_protocol|protocol",
    "http.request.headers.referer": "request_referer|referer",
    "user_agent.original": "request_user_agent|user_agent",
    "http.response.status_code": "response_status|status",
    "http.response.body.size": "response_body_size|bytes",
    "http.request.body.size": "request_body_size|req_body_bytes",
    duration_ms: "time_elapsed:us|elapsed:us|ttfb:s",
    "event.id": "request_id",
  },
});
