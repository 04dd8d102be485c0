/** Squid's native access.log (https://wiki.squid-cache.org/Features/LogFormat), columns padded with spaces. */
import type { LogFormat } from "../format.ts";
import { parseTimestamp } from "../timestamp.ts";
import { setClient } from "./fields/client.ts";
import { setTarget } from "./fields/request.ts";

export const squid: LogFormat = {
  id: "squid",
  title: "Squid native",
  shape: "line",
  provides: [
    "timestamp",
    "duration_ms",
    "client.address",
    "http.response.status_code",
    "http.response.body.size",
    "http.request.method",
    "url.scheme",
    "server.address",
    "server.port",
    "url.path",
    "url.query",
    "user.id",
    "http.response.headers",
  ],
  advice: { "user_agent.original": "access_log … combined" },
  open: (options) => ({
    parse(line, event) {
      const columns = line.trim().split(/ +/, 11);
      const [time = "", elapsed = "", address = "", result = "", bytes = "", method = "", url = "", user] =
        columns;
      const status = /^[A-Z_]+\/(\d{3})$/.exec(result)?.[1];
      if (columns.length !== 10 || status === undefined || !/^\d{9,11}\.\d{3}$/.test(time)) {
        return line.trim() === "" ? "ignored" : "failed";
      }
      event.timestamp = parseTimestamp(time, options);
      if (Number(elapsed) >= 0) event.duration_ms = Number(elapsed);
      setClient(event, address);
      if (Number(status) > 0) event["http.response.status_code"] = Number(status);
      if (/^\d+$/.test(bytes)) event["http.response.body.size"] = Number(bytes);
      if (method !== "NONE" && method !== "-") event["http.request.method"] = method;
      setTarget(event, url, 0, url.length, "none");
      if (user !== undefined && user !== "-") event["user.id"] = user;
      const type = columns[9];
      if (type !== undefined && type !== "-") event["http.response.headers"] = { "content-type": type };
      return "event";
    },
  }),
};
