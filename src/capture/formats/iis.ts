/** Microsoft IIS in W3C extended format, times in UTC (https://learn.microsoft.com/windows/win32/http/w3c-logging). */
import type { LogFormat } from "../format.ts";
import * as value from "./template/variables.ts";
import { w3cColumn } from "./w3c/columns.ts";
import { inferIisColumns } from "./w3c/infer-columns.ts";
import { openW3c } from "./w3c/w3c-parser.ts";

export const iis: LogFormat = {
  id: "iis",
  title: "IIS and other W3C extended logs",
  aliases: ["w3c", "iis-w3c"],
  shape: "line",
  stateful: true,
  provides: [
    "timestamp",
    "client.address",
    "server.address",
    "server.port",
    "service.name",
    "http.request.method",
    "url.scheme",
    "url.path",
    "url.query",
    "network.protocol.version",
    "http.request.headers",
    "http.request.body.size",
    "http.response.status_code",
    "http.response.body.size",
    "duration_ms",
    "user_agent.original",
    "user.id",
  ],
  advice: {
    "http.request.headers":
      "IIS Manager, Logging, Select Fields: Cookie and Referer; add X-Forwarded-For as custom field",
    "http.response.body.size": "IIS Manager, Logging, Select Fields: Bytes Sent (sc-bytes)",
    "server.address": "IIS Manager, Logging, Select Fields: Host (cs-host)",
  },
  open: (options) =>
    openW3c(
      {
        separator: " ",
        infer: inferIisColumns,
        accepts: (columns) =>
          columns.some((name) => /^cs-(?:method|uri-stem|uri-path)$/.test(name)) &&
          !columns.includes("s-reason"),
        open: (name, context) => w3cColumn(name, "plus", value.milliseconds).open(context, "none"),
      },
      options,
    ),
};
