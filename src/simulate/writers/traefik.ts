/** Traefik's two access logs. */
import type { SimulatedRequest } from "../request.ts";
import { commonTime } from "./common-time.ts";
import { clientPort, neverReached } from "./derived.ts";
import { httpVersion, requestTarget } from "./target.ts";
import type { Writer } from "./writer.ts";

export const traefikClf: Writer = {
  name: "traefik-clf",
  title: "Traefik, its common log format with router, server and milliseconds",
  detail: "line",
  open: (options) => {
    const time = commonTime();
    let count = 0;
    return {
      header: "",
      footer: "",
      line: (request) => {
        const { event, referer } = request;
        const user = options.logUsers && event["user.id"] !== undefined ? event["user.id"] : "-";
        const line = `${event["http.request.method"]} ${quoted(requestTarget(event))} HTTP/${httpVersion(event)}`;
        const answer = `${event["http.response.status_code"]} ${event["http.response.body.size"]}`;
        const agent = event["user_agent.original"] || "-";
        count++;
        return `${event["client.address"]} - ${user} [${time(event.timestamp)}] "${line}" ${answer} "${quoted(referer || "-")}" "${quoted(agent)}" ${count} "${router(request)}" "${server(request)}" ${event.duration_ms}ms\n`;
      },
    };
  },
};

export const traefikJson: Writer = {
  name: "traefik-json",
  title: "Traefik, JSON with the User-Agent and Referer headers kept",
  detail: "line",
  open: (options) => {
    let count = 0;
    return {
      header: "",
      footer: "",
      line: (request) => {
        const { event, referer } = request;
        const nanoseconds = Math.round((event.duration_ms ?? 0) * 1e6);
        const begun = new Date(event.timestamp).toISOString();
        const port = clientPort(request);
        const address = event["client.address"] ?? "";
        count++;
        return `${JSON.stringify({
          ClientAddr: address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`,
          ClientHost: address,
          ClientPort: String(port),
          ClientUsername: options.logUsers ? (event["user.id"] ?? "-") : "-",
          DownstreamContentSize: event["http.response.body.size"],
          DownstreamStatus: event["http.response.status_code"],
          Duration: nanoseconds,
          OriginContentSize: neverReached(request) ? 0 : event["http.response.body.size"],
          OriginDuration: Math.max(0, nanoseconds - 210_000),
          OriginStatus: event["http.response.status_code"],
          Overhead: Math.min(nanoseconds, 210_000),
          RequestAddr: event["server.address"],
          RequestContentSize: event["http.request.body.size"] ?? 0,
          RequestCount: count,
          RequestHost: event["server.address"],
          RequestMethod: event["http.request.method"],
          RequestPath: requestTarget(event),
          RequestPort: "-",
          RequestProtocol: `HTTP/${httpVersion(event)}`,
          RequestScheme: "https",
          RetryAttempts: 0,
          RouterName: router(request),
          ServiceAddr: server(request).slice(7),
          ServiceName: `${event["service.name"]}@docker`,
          ServiceURL: server(request),
          StartLocal: begun,
          StartUTC: begun,
          TLSVersion: "1.3",
          entryPointName: "websecure",
          level: "info",
          msg: "",
          ...(referer === "" ? {} : { request_Referer: referer }),
          "request_User-Agent": event["user_agent.original"] ?? "",
          time: new Date(event.timestamp + (event.duration_ms ?? 0)).toISOString().replace(/\.\d+/, ""),
        })}\n`;
      },
    };
  },
};

function router({ event }: SimulatedRequest): string {
  return `${event["service.name"]}@docker`;
}

function server({ event }: SimulatedRequest): string {
  return `http://172.18.0.${4 + (event["service.name"]?.length ?? 0)}:8080`;
}

/** Traefik writes these fields with Go's %q, without its outer quotes here. */
function quoted(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
