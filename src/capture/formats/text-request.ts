/**
 * A request somewhere in a line of text, as frameworks and home-made loggers write it (Gin, Koa, Fiber, PHP's
 * server, ASP.NET, …): a method and a target, a status of its own, and a client, a time or a duration. Prose has
 * none of that.
 */
import type { ApiEvent } from "../../event.ts";
import type { LogFormat } from "../format.ts";
import { isAddress } from "./fields/address.ts";
import { setClient } from "./fields/client.ts";
import { durationMs } from "./fields/duration.ts";
import { findTime } from "./fields/find-time.ts";
import { setTarget } from "./fields/request.ts";

/** A request that begins later is quoted in prose. */
const SEARCHED = 8192;
const REQUEST =
  /(?:^|[\s"'[(|:>=m])(GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|CONNECT|TRACE|PROPFIND|REPORT|SEARCH)["'\]]?[ \t|:]{1,12}["'[]?((?:\/|https?:\/\/)[^\s"'|<>]*)(?:"?[ \t]HTTP\/(\d(?:\.\d)?))?/;
const STATUS = /(?:^|[\s|[(=:"m])([1-5]\d\d)(?=[\s|\]),:"]|$)/;
const DURATION = /(?:^|[\s|(=:])(\d{1,9}(?:\.\d{1,9})?)[ ]?(ms|µs|μs|us|ns|s|secs?|seconds)(?=[\s|),;]|$)/;
const ADDRESS =
  /(?:^|[\s|[(=:"/,])(\[?(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}(?::[\da-f]{0,4}){2,7})\]?)(?=[:\s|\]),"/]|$)/gi;
const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;]{0,12}m`, "g");

export const textRequest: LogFormat = {
  id: "text-request",
  title: "text with a request, a status and a client, a time or a duration",
  aliases: ["gin", "text"],
  shape: "line",
  general: true,
  provides: [
    "timestamp",
    "client.address",
    "http.request.method",
    "url.scheme",
    "url.path",
    "url.query",
    "network.protocol.version",
    "http.response.status_code",
    "duration_ms",
  ],
  advice: { "user_agent.original": "log in the combined format, or in JSON with the user agent in it" },
  open: (options) => ({
    parse(text, event) {
      if (text.trim() === "") return "ignored";
      const head = text.slice(0, SEARCHED);
      const line = head.includes(ESCAPE) ? head.replace(COLOUR, "") : head;
      const request = REQUEST.exec(line);
      if (request === null) return "failed";
      const [whole, method, target = "", version] = request;
      const before = line.slice(0, request.index + 1);
      const after = line.slice(request.index + whole.length);
      const status = STATUS.exec(after)?.[1] ?? STATUS.exec(before)?.[1];
      if (status === undefined) return "failed";
      event["http.request.method"] = method;
      setTarget(event, target, 0, target.length, "none");
      event["network.protocol.version"] = version?.replace(/^([23])\.0$/, "$1");
      event["http.response.status_code"] = Number(status);
      setDuration(event, DURATION.exec(after) ?? DURATION.exec(before));
      const client = firstAddress(before) ?? firstAddress(after);
      if (client !== undefined) setClient(event, client);
      event.timestamp = findTime(before, options);
      const known = client !== undefined || event.duration_ms !== undefined || !Number.isNaN(event.timestamp);
      return known ? "event" : "failed";
    },
  }),
};

function setDuration(event: ApiEvent, found: RegExpExecArray | null): void {
  if (found === null) return;
  const ms = durationMs(`${found[1]}${found[2]}`, 1);
  if (ms >= 0) event.duration_ms = ms;
}

function firstAddress(text: string): string | undefined {
  for (const [, address = ""] of text.matchAll(ADDRESS)) {
    if (isAddress(address)) return address;
  }
  return undefined;
}
