/** nginx with `log_format … escape=json`, in field names of nginx's own variables. */
import { bytesReceived, requestId, seconds } from "./derived.ts";
import { httpVersion, requestTarget } from "./target.ts";
import { lines, type Writer } from "./writer.ts";

export const nginxJson: Writer = {
  name: "nginx-json",
  title: "nginx, JSON by log_format escape=json",
  detail: "line",
  open: lines((request, options) => {
    const { event, referer } = request;
    const time = seconds(event.duration_ms);
    return `${JSON.stringify({
      time_iso8601: `${new Date(event.timestamp).toISOString().slice(0, 19)}+00:00`,
      msec: (event.timestamp / 1000).toFixed(3),
      remote_addr: event["client.address"],
      remote_user: options.logUsers ? (event["user.id"] ?? "") : "",
      host: event["server.address"],
      request_method: event["http.request.method"],
      request_uri: requestTarget(event),
      server_protocol: `HTTP/${httpVersion(event)}`,
      status: String(event["http.response.status_code"]),
      body_bytes_sent: String(event["http.response.body.size"]),
      request_length: String(bytesReceived(request)),
      request_time: time,
      upstream_response_time: time,
      http_referer: referer,
      http_user_agent: event["user_agent.original"],
      request_id: requestId(request),
    })}\n`;
  }),
};
