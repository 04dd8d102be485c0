/** morgan's `dev`, `short` and `tiny` (https://github.com/expressjs/morgan), colours taken off; none has a time. */
import type { LogFormat } from "../format.ts";
import { setClient } from "./fields/client.ts";
import { setTarget } from "./fields/request.ts";

/** `short` has client, user and version; `dev` has the time before the length, the others behind it. */
const LINE =
  /^(?:(\S{1,128}) (\S{1,128}) )?([A-Z]{3,20}) (\S+)(?: HTTP\/(\d\.\d))? (\d{3}|-) (?:(\d+|-) - )?(\d+(?:\.\d+)?|-) ms(?: - (\d+|-))?$/;
const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[\\d;]{0,12}m`, "g");

export const morgan: LogFormat = {
  id: "morgan",
  title: "morgan dev, short and tiny (Express)",
  aliases: ["morgan-dev", "morgan-short", "morgan-tiny"],
  shape: "line",
  provides: [
    "client.address",
    "user.id",
    "http.request.method",
    "url.path",
    "url.query",
    "network.protocol.version",
    "http.response.status_code",
    "http.response.body.size",
    "duration_ms",
  ],
  advice: {
    timestamp: 'morgan("combined")',
    "client.address": 'morgan("combined")',
    "user_agent.original": 'morgan("combined")',
  },
  open: () => ({
    parse(text, event) {
      const line = (text.includes(ESCAPE) ? text.replace(COLOUR, "") : text).trim();
      if (line === "") return "ignored";
      const parts = LINE.exec(line);
      if (parts === null) return "failed";
      const [, client, user, method, target = "", version, status, lengthBefore, elapsed, lengthAfter] =
        parts;
      if (!/^(?:\/|\*|https?:\/\/)/.test(target)) return "failed";
      if (client !== undefined && client !== "-") setClient(event, client);
      if (user !== undefined && user !== "-") event["user.id"] = user;
      event["http.request.method"] = method;
      setTarget(event, target, 0, target.length, "none");
      event["network.protocol.version"] = version?.replace(/^([23])\.0$/, "$1");
      if (Number(status) > 0) event["http.response.status_code"] = Number(status);
      const length = Number(lengthBefore ?? lengthAfter);
      if (length >= 0) event["http.response.body.size"] = length;
      if (Number(elapsed) >= 0) event.duration_ms = Number(elapsed);
      return "event";
    },
  }),
};
