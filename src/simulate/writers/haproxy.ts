/** HAProxy's HTTP log (`option httplog`) as it comes through syslog, with host, referrer and user agent captured. */
import type { SimulatedRequest } from "../request.ts";
import { MONTHS } from "./common-time.ts";
import { bytesSent, clientPort, neverReached } from "./derived.ts";
import { syslogTime } from "./syslog-time.ts";
import { httpVersion, requestTarget } from "./target.ts";
import type { Writer } from "./writer.ts";

export const haproxy: Writer = {
  name: "haproxy",
  title: "HAProxy, HTTP log through syslog, {host|referer|user-agent} captured",
  detail: "line",
  open: () => {
    const syslog = syslogTime();
    return {
      header: "",
      footer: "",
      line: (request) => {
        const { event, referer } = request;
        const ended = event.timestamp + (event.duration_ms ?? 0);
        const backend = `be_${event["service.name"]?.replaceAll("-", "_")}`;
        const server = neverReached(request) ? "<NOSRV>" : `${event["service.name"]}-1`;
        const captured = [event["server.address"] ?? "", referer, event["user_agent.original"] ?? ""]
          .map(capturedHeader)
          .join("|");
        const line = `${event["http.request.method"]} ${encodeLine(requestTarget(event))} HTTP/${httpVersion(event)}`;
        return (
          `${syslog(ended)} lb-1 haproxy[2214]: ${event["client.address"]}:${clientPort(request)} [${acceptDate(event.timestamp)}] ` +
          `fe_https~ ${backend}/${server} ${timers(request)} ${event["http.response.status_code"]} ${bytesSent(request)} - - ${termination(request)} ` +
          `212/198/${1 + (event.timestamp % 9)}/0/0 0/0 {${captured}} "${line}"\n`
        );
      },
    };
  },
};

/** "02/Mar/2026:09:30:00.123" */
function acceptDate(timestamp: number): string {
  const iso = new Date(timestamp).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 23)}`;
}

/** Request / queue / connect / response / total, milliseconds. */
function timers(request: SimulatedRequest): string {
  const total = Math.round(request.event.duration_ms ?? 0);
  return neverReached(request)
    ? `0/-1/-1/-1/${total}`
    : `0/0/${total > 1 ? 1 : 0}/${Math.max(0, total - 1)}/${total}`;
}

function termination({ event }: SimulatedRequest): string {
  const status = event["http.response.status_code"];
  if (status === 503) return "sQ--";
  if (status === 504) return "sH--";
  if (status === 502) return "SH--";
  return status === 499 ? "CD--" : "----";
}

/** hdr_encode_map: what could end a capture becomes #XX. */
function capturedHeader(value: string): string {
  return encode(value, /[^\x20\x21\x24-\x7a\x7e]/g);
}

/** url_encode_map: the quote, the hash sign and what does not print become #XX. */
function encodeLine(value: string): string {
  return encode(value, /[^\x20\x21\x24-\x7e]/g);
}

function encode(value: string, unsafe: RegExp): string {
  return value.replace(unsafe, (character) =>
    Array.from(
      Buffer.from(character, "utf8"),
      (byte) => `#${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    ).join(""),
  );
}
