/** Kong's file-log and http-log plugins: one JSON object per request, with headers. */

import { uuid } from "../world/identifiers.ts";
import { bytesReceived, bytesSent, fullUrl, requestHash } from "./derived.ts";
import { requestTarget } from "./target.ts";
import { lines, type Writer } from "./writer.ts";

export const kong: Writer = {
  name: "kong",
  title: "Kong, file-log or http-log plugin",
  detail: "full",
  open: lines((request, options) => {
    const { event } = request;
    const total = Math.round(event.duration_ms ?? 0);
    const headers = { ...event["http.request.headers"] };
    // Kong's plugins log a redacted Authorization header.
    if (headers.authorization !== undefined) headers.authorization = "REDACTED";
    return `${JSON.stringify({
      request: {
        id: uuid(requestHash(request)).replaceAll("-", ""),
        method: event["http.request.method"],
        uri: requestTarget(event),
        url: fullUrl(request, ":443"),
        size: bytesReceived(request),
        querystring: Object.fromEntries(new URLSearchParams(event["url.query"] ?? "")),
        headers,
        tls: { version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", client_verify: "NONE" },
      },
      response: {
        status: event["http.response.status_code"],
        size: bytesSent(request),
        headers: event["http.response.headers"] ?? {},
      },
      latencies: { request: total, kong: Math.min(total, 2), proxy: Math.max(0, total - 2) },
      tries: [{ ip: "10.20.8.17", port: 8080, balancer_latency: 0 }],
      client_ip: event["client.address"],
      started_at: event.timestamp,
      upstream_uri: event["url.path"],
      service: {
        name: event["service.name"],
        host: `${event["service.name"]}.shop.svc`,
        port: 8080,
        protocol: "http",
      },
      route: { name: event["service.name"], hosts: [event["server.address"]], protocols: ["https"] },
      ...(options.logUsers && event["user.id"] !== undefined
        ? { consumer: { username: event["user.id"], id: uuid(requestHash(request) ^ 9) } }
        : {}),
    })}\n`;
  }),
};
