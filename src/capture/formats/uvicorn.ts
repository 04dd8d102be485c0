/** Uvicorn and its like: `client:port - "request" status`, behind whatever prefix the logger is set to. */
import type { LogFormat } from "../format.ts";
import { isAddress } from "./fields/address.ts";
import { setClient } from "./fields/client.ts";
import { findTime } from "./fields/find-time.ts";
import { readDigits } from "./fields/number.ts";
import { setRequestLine } from "./fields/request.ts";

export const uvicorn: LogFormat = {
  id: "uvicorn",
  title: "Uvicorn (FastAPI, Starlette)",
  aliases: ["fastapi"],
  shape: "line",
  provides: [
    "timestamp",
    "client.address",
    "http.request.method",
    "url.path",
    "url.query",
    "network.protocol.version",
    "http.response.status_code",
  ],
  advice: {
    timestamp: "uvicorn --log-config with %(asctime)s in the access formatter",
    "user_agent.original":
      "log through gunicorn: gunicorn -k uvicorn.workers.UvicornWorker --access-logfile -",
  },
  open: (options) => ({
    parse(text, event) {
      const line = text.trimEnd();
      if (line === "") return "ignored";
      const dash = line.indexOf(' - "');
      const end = line.lastIndexOf('" ');
      if (dash < 0 || end < dash + 4) return "failed";
      const client = line.slice(Math.max(line.lastIndexOf(" ", dash - 1) + 1, 0), dash);
      const status = readDigits(line, end + 2, end + 5);
      if (!/:\d{1,5}$/.test(client) || !isAddress(client) || Number.isNaN(status)) return "failed";
      setClient(event, client);
      setRequestLine(event, line, dash + 4, end, "none");
      event["http.response.status_code"] = status;
      event.timestamp = findTime(line.slice(0, dash), options);
      return "event";
    },
  }),
};
