/** Envoy's default text format, and the JSON that Istio's mesh configuration makes of it. */
import type { SimulatedRequest } from "../request.ts";
import { uuid } from "../world/identifiers.ts";
import { clientPort, neverReached, requestHash } from "./derived.ts";
import { requestTarget } from "./target.ts";
import { lines, type Writer } from "./writer.ts";

export const envoyText: Writer = {
  name: "envoy-text",
  title: "Envoy and Istio, the default text format",
  detail: "line",
  open: lines((request) => {
    const { event } = request;
    const start = new Date(event.timestamp).toISOString();
    const line = `${event["http.request.method"]} ${requestTarget(event)} ${protocol(request)}`;
    const bytes = `${event["http.request.body.size"] ?? 0} ${event["http.response.body.size"]}`;
    const times = `${event.duration_ms} ${neverReached(request) ? "-" : event.duration_ms}`;
    const agent = event["user_agent.original"] || "-";
    const id = uuid(requestHash(request));
    return `[${start}] "${line}" ${code(request)} ${flags(request)} ${bytes} ${times} "${event["client.address"]}" "${agent}" "${id}" "${event["server.address"]}" "${upstream(request)}"\n`;
  }),
};

export const envoyJson: Writer = {
  name: "envoy-json",
  title: "Envoy and Istio, JSON",
  detail: "line",
  open: lines((request) => {
    const { event, referer } = request;
    return `${JSON.stringify({
      start_time: new Date(event.timestamp).toISOString(),
      method: event["http.request.method"],
      path: requestTarget(event),
      protocol: protocol(request),
      response_code: code(request),
      response_flags: flags(request),
      response_code_details: neverReached(request)
        ? "upstream_reset_before_response_started"
        : "via_upstream",
      bytes_received: event["http.request.body.size"] ?? 0,
      bytes_sent: event["http.response.body.size"],
      duration: event.duration_ms,
      upstream_service_time: neverReached(request) ? null : String(event.duration_ms),
      x_forwarded_for: event["client.address"],
      user_agent: event["user_agent.original"] || null,
      referer: referer || null,
      request_id: uuid(requestHash(request)),
      authority: event["server.address"],
      upstream_host: upstream(request),
      upstream_cluster: `outbound|8080||${event["service.name"]}.shop.svc.cluster.local`,
      downstream_remote_address: peer(request),
      requested_server_name: event["server.address"],
    })}\n`;
  }),
};

function protocol({ event }: SimulatedRequest): string {
  return `HTTP/${event["network.protocol.version"]}`;
}

/** A client that went away got no status. */
function code({ event }: SimulatedRequest): number {
  const status = event["http.response.status_code"] ?? 0;
  return status === 499 ? 0 : status;
}

/** Envoy's reasons: overflow or failed connection, timeout, client gone. */
function flags({ event }: SimulatedRequest): string {
  const status = event["http.response.status_code"];
  if (status === 503) return "UO";
  if (status === 502) return "UF";
  if (status === 504) return "UT";
  return status === 499 ? "DC" : "-";
}

function upstream(request: SimulatedRequest): string {
  return neverReached(request) ? "-" : `10.20.${request.event["service.name"]?.length ?? 0}.17:8080`;
}

function peer(request: SimulatedRequest): string {
  const address = request.event["network.peer.address"] ?? "";
  return `${address.includes(":") ? `[${address}]` : address}:${clientPort(request)}`;
}
