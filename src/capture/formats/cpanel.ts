/** cPanel's access_log (combined with American dates and a port) and its login_log of refused log-ins. */
import type { LogFormat } from "../format.ts";
import { parseTimestamp } from "../timestamp.ts";
import { setClient } from "./fields/client.ts";
import { setRequestLine } from "./fields/request.ts";
import { only, skip } from "./template/kinds.ts";
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const americanTime = only(v.anyTime(1), /^\d\d\/\d\d\/\d{4}:/);
const access = templateFormat(
  { id: "cpanel", title: "cPanel access and login logs" },
  [
    lineOf`${v.client} ${skip} ${v.user} [${americanTime}] "${v.requestLine}" ${v.status} ${v.responseBytes} "${v.referer}" "${v.userAgent}" "${skip}" "${v.forwardedFor}" ${v.port}`,
  ],
  "clf",
);
const LOGIN =
  /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4})\] \w+ \[(\w+)\] (\S{1,64}) - (\S{1,128}) "([^"]{1,2048})" (FAILED|SUCCESS|DEFERRED) LOGIN\b/;

export const cpanel: LogFormat = {
  ...access,
  provides: [...access.provides, "service.name"],
  open(options) {
    const parser = access.open(options);
    return {
      parse(line, event) {
        const login = line.charCodeAt(0) === 91 ? LOGIN.exec(line) : null;
        if (login === null) return parser.parse(line, event);
        const [, time = "", service, client = "", user, request = "", outcome] = login;
        event.timestamp = parseTimestamp(time, options);
        event["service.name"] = service;
        setClient(event, client);
        event["user.id"] = user;
        setRequestLine(event, request, 0, request.length, "none");
        event["http.response.status_code"] = outcome === "SUCCESS" ? 200 : 401;
        return "event";
      },
    };
  },
};
