/** Apache httpd: the LogFormats that its default configuration names. */
import type { SimulatedRequest } from "../request.ts";
import { apacheEscape } from "./apache-escape.ts";
import { commonTime } from "./common-time.ts";
import { bytesSent } from "./derived.ts";
import { httpVersion, requestTarget } from "./target.ts";
import { lines, type Writer, type WriterOptions } from "./writer.ts";

export const apacheCommon: Writer = {
  name: "apache-common",
  title: 'Apache, "%h %l %u %t \\"%r\\" %>s %b"',
  detail: "line",
  open: lines((request, options) => `${common(request, options, bodyBytes(request))}\n`),
};

export const apacheCombined: Writer = {
  name: "apache-combined",
  title: "Apache, common with referrer and user agent",
  detail: "line",
  open: lines(
    (request, options) => `${common(request, options, bodyBytes(request))} ${refererAndAgent(request)}\n`,
  ),
};

export const apacheVhost: Writer = {
  name: "apache-vhost",
  title: "Apache, vhost_combined: %v:%p in front, %O for bytes",
  detail: "line",
  open: lines((request, options) => {
    const { event } = request;
    const server = `${event["server.address"]}:${event["server.port"]}`;
    return `${server} ${common(request, options, String(bytesSent(request)))} ${refererAndAgent(request)}\n`;
  }),
};

const time = commonTime();

function common({ event }: SimulatedRequest, options: WriterOptions, bytes: string): string {
  const user = options.logUsers && event["user.id"] !== undefined ? apacheEscape(event["user.id"]) : "-";
  const request = `${event["http.request.method"]} ${apacheEscape(requestTarget(event))} HTTP/${httpVersion(event)}`;
  return `${event["client.address"]} - ${user} [${time(event.timestamp)}] "${request}" ${event["http.response.status_code"]} ${bytes}`;
}

/** %b: a dash where no body was sent. */
function bodyBytes({ event }: SimulatedRequest): string {
  return event["http.response.body.size"] === 0 ? "-" : String(event["http.response.body.size"]);
}

function refererAndAgent({ referer, event }: SimulatedRequest): string {
  const agent = event["user_agent.original"] || "-";
  return `"${referer === "" ? "-" : apacheEscape(referer)}" "${apacheEscape(agent)}"`;
}
