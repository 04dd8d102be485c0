/** nginx text formats: the predefined `combined`, and the ways people extend it. */
import type { SimulatedRequest } from "../request.ts";
import { commonTime } from "./common-time.ts";
import { nginxEscape, rememberingNginxEscape } from "./nginx-escape.ts";
import { httpVersion, requestTarget } from "./target.ts";
import type { Writer, WriterOptions } from "./writer.ts";

type Tail = (request: SimulatedRequest) => string;

/** `$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent`, then more. */
function nginxLine(options: WriterOptions, head: Tail, tail: Tail): (request: SimulatedRequest) => string {
  const time = commonTime();
  return (request) => {
    const { event } = request;
    const user = options.logUsers && event["user.id"] !== undefined ? event["user.id"] : "-";
    return `${head(request)}${event["client.address"]} - ${user} [${time(event.timestamp)}] "${
      event["http.request.method"]
    } ${nginxEscape(requestTarget(event))} HTTP/${httpVersion(event)}" ${
      event["http.response.status_code"]
    } ${event["http.response.body.size"]}${tail(request)}\n`;
  };
}

const nothing: Tail = () => "";

function refererAndAgent(): Tail {
  const quoted = rememberingNginxEscape();
  return ({ referer, event }) =>
    ` "${referer === "" ? "-" : quoted(referer)}" "${quoted(event["user_agent.original"] || "-")}"`;
}

export const nginxCombined: Writer = {
  name: "nginx-combined",
  title: "nginx, predefined combined format",
  detail: "line",
  open: (options) => ({ header: "", footer: "", line: nginxLine(options, nothing, refererAndAgent()) }),
};
