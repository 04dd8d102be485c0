/** Caddy's JSON access log (`log { format json }`): seconds as floats, headers as lists, secrets as REDACTED. */
import { clientPort } from "./derived.ts";
import { httpVersion, requestTarget } from "./target.ts";
import { lines, type Writer } from "./writer.ts";

export const caddyJson: Writer = {
  name: "caddy-json",
  title: "Caddy, JSON",
  detail: "line",
  open: lines((request, options) => {
    const { event, referer, responseType } = request;
    const duration = (event.duration_ms ?? 0) / 1000;
    return `${JSON.stringify({
      level: (event["http.response.status_code"] ?? 0) >= 500 ? "error" : "info",
      ts: (event.timestamp + (event.duration_ms ?? 0)) / 1000,
      logger: "http.log.access.log0",
      msg: "handled request",
      request: {
        remote_ip: event["network.peer.address"],
        remote_port: String(clientPort(request)),
        client_ip: event["client.address"],
        proto: `HTTP/${httpVersion(event)}`,
        method: event["http.request.method"],
        host: event["server.address"],
        uri: requestTarget(event),
        headers: {
          ...(event["user_agent.original"] ? { "User-Agent": [event["user_agent.original"]] } : {}),
          Accept: ["*/*"],
          ...(referer === "" ? {} : { Referer: [referer] }),
          ...(event["user.id"] === undefined ? {} : { Authorization: ["REDACTED"] }),
        },
        tls: {
          resumed: false,
          version: 772,
          cipher_suite: 4865,
          proto: "h2",
          server_name: event["server.address"],
        },
      },
      bytes_read: event["http.request.body.size"] ?? 0,
      user_id: options.logUsers ? (event["user.id"] ?? "") : "",
      duration,
      size: event["http.response.body.size"],
      status: event["http.response.status_code"],
      resp_headers: { Server: ["Caddy"], "Content-Type": [responseType] },
    })}\n`;
  }),
};
