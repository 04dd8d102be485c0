/** Heroku's router (https://devcenter.heroku.com/articles/http-routing#heroku-router-log-format): logfmt with its own keys. */
import type { FieldMapping, LogFormat } from "../format.ts";
import { compileMapping, mappedFields } from "./json/mapping.ts";
import { logfmtRecord } from "./recognise/logfmt-record.ts";

const FIELDS: FieldMapping = {
  "http.request.method": "method",
  "url.path": "path",
  "server.address": "host",
  "event.id": "request_id",
  "client.address": "fwd",
  duration_ms: "service:ms",
  "http.response.status_code": "status",
  "http.response.body.size": "bytes",
  "url.scheme": "protocol",
  "error.type": "code",
};

export const herokuRouter: LogFormat = {
  id: "heroku-router",
  title: "Heroku router",
  aliases: ["heroku"],
  shape: "line",
  provides: mappedFields(FIELDS),
  advice: { "user_agent.original": "the router does not log it: log requests in the application too" },
  open(options) {
    const fill = compileMapping({ ...FIELDS, ...options.mapping }, options);
    return {
      parse(line, event) {
        if (line.trim() === "") return "ignored";
        const record = line.includes("dyno=") && line.includes("fwd=") ? logfmtRecord(line) : undefined;
        if (record === undefined) return "failed";
        fill(event, record);
        return event["url.path"] === undefined ? "ignored" : "event";
      },
    };
  },
};
