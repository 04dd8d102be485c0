/** IIS, W3C extended: space separated, a dash for nothing, plus signs for spaces inside values. */
import type { SimulatedRequest } from "../request.ts";
import { bytesReceived, bytesSent } from "./derived.ts";
import type { Writer } from "./writer.ts";

const FIELDS =
  "date time s-sitename s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version cs(User-Agent) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken";

export const iisW3c: Writer = {
  name: "iis-w3c",
  title: "IIS, W3C extended with host, referrer and bytes",
  detail: "line",
  open: (options) => {
    let started = false;
    return {
      header: "",
      footer: "",
      line: (request) => {
        const line = `${fields(request, options.logUsers).join(" ")}\r\n`;
        if (started) return line;
        started = true;
        return `${directives(request.event.timestamp)}${line}`;
      },
    };
  },
};

function directives(timestamp: number): string {
  const date = new Date(timestamp).toISOString().slice(0, 19).replace("T", " ");
  return `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: ${date}\r\n#Fields: ${FIELDS}\r\n`;
}

function fields(request: SimulatedRequest, logUsers: boolean): (string | number)[] {
  const { event, referer } = request;
  const iso = new Date(event.timestamp).toISOString();
  const status = event["http.response.status_code"] ?? 0;
  return [
    iso.slice(0, 10),
    iso.slice(11, 19),
    "W3SVC2",
    "10.20.3.8",
    event["http.request.method"] ?? "-",
    value(event["url.path"]),
    value(event["url.query"]),
    443,
    logUsers ? value(event["user.id"]) : "-",
    event["client.address"] ?? "-",
    `HTTP/${event["network.protocol.version"] === "2" ? "2" : "1.1"}`,
    value(event["user_agent.original"]),
    value(referer),
    event["server.address"] ?? "-",
    status,
    status === 404 ? 0 : status === 401 ? 2 : 0,
    status === 404 ? 2 : status === 499 ? 64 : 0,
    bytesSent(request),
    bytesReceived(request),
    Math.round(event.duration_ms ?? 0),
  ];
}

/** IIS writes a space as +, and what does not print as it came in UTF-8, percent-encoded. */
function value(text: string | undefined): string {
  if (text === undefined || text === "") return "-";
  return text.replaceAll(" ", "+").replace(/\p{Cc}/gu, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  });
}
