/** nginx text formats: the predefined `combined`, and the ways people and the ingress controller extend it. */
import type { SimulatedRequest } from "../request.ts";
import { commonTime } from "./common-time.ts";
import { bytesReceived, requestId, seconds } from "./derived.ts";
import { nginxEscape, rememberingNginxEscape } from "./nginx-escape.ts";
import { syslogTime } from "./syslog-time.ts";
import { httpVersion, requestTarget } from "./target.ts";
import type { Writer, WriterOptions } from "./writer.ts";

type Part = (request: SimulatedRequest) => string;
const nothing: Part = () => "";

export const nginxCombined = nginx(
  "nginx-combined",
  "nginx, its predefined combined format",
  nothing,
  (agent) => agent,
);

export const nginxCommon = nginx(
  "nginx-common",
  "nginx, combined without referrer and user agent",
  nothing,
  () => nothing,
);

export const nginxVhost = nginx(
  "nginx-vhost",
  "nginx, combined with $host in front",
  ({ event }) => `${event["server.address"]} `,
  (agent) => agent,
);

export const nginxTimed = nginx(
  "nginx-timed",
  "nginx, combined with $request_time and $upstream_response_time behind",
  nothing,
  (agent) => (request) => {
    const time = seconds(request.event.duration_ms);
    return `${agent(request)} ${time} ${request.event["http.response.status_code"] === 304 ? "-" : time}`;
  },
);

export const nginxSyslog = nginx(
  "nginx-syslog",
  "nginx, combined, sent through syslog",
  syslogHead(),
  (agent) => agent,
);

export const ingressNginx = nginx(
  "ingress-nginx",
  "the nginx ingress controller of Kubernetes",
  nothing,
  (agent) => (request) => {
    const { event } = request;
    const time = seconds(event.duration_ms);
    const upstream = `shop-${event["service.name"]}-8080`;
    const answer = `${event["http.response.body.size"]} ${time} ${event["http.response.status_code"]}`;
    return `${agent(request)} ${bytesReceived(request)} ${time} [${upstream}] [] ${podOf(request)}:8080 ${answer} ${requestId(request)}`;
  },
);

/** `$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent`, with a head and a tail. */
function nginx(name: string, title: string, head: Part, tail: (refererAndAgent: Part) => Part): Writer {
  return {
    name,
    title,
    detail: "line",
    open: (options: WriterOptions) => {
      const time = commonTime();
      const end = tail(refererAndAgent());
      return {
        header: "",
        footer: "",
        line: (request) => {
          const { event } = request;
          const user = options.logUsers && event["user.id"] !== undefined ? event["user.id"] : "-";
          const target = nginxEscape(requestTarget(event));
          const first = `${head(request)}${event["client.address"]} - ${user} [${time(event.timestamp)}] "${event["http.request.method"]} `;
          return `${first}${target} HTTP/${httpVersion(event)}" ${event["http.response.status_code"]} ${event["http.response.body.size"]}${end(request)}\n`;
        },
      };
    },
  };
}

function refererAndAgent(): Part {
  const quoted = rememberingNginxEscape();
  return ({ referer, event }) =>
    ` "${referer === "" ? "-" : quoted(referer)}" "${quoted(event["user_agent.original"] || "-")}"`;
}

/** RFC 3164 as nginx sends it: facility local7, severity info. */
function syslogHead(): Part {
  const time = syslogTime();
  return ({ event }) => `<190>${time(event.timestamp)} web-1 nginx: `;
}

function podOf({ event }: SimulatedRequest): string {
  return `10.20.${event["service.name"]?.length ?? 0}.${20 + (event.timestamp % 3)}`;
}
