/** Akamai DataStream 2 (https://techdocs.akamai.com/datastream2/docs/data-set-parameters): paths come without their first slash. */
import { jsonFormat } from "./json/json-format.ts";

export const akamai = jsonFormat({
  id: "akamai",
  title: "Akamai DataStream 2 JSON",
  requires: ["cliIP", "reqMethod", "reqPath", "statusCode"],
  fields: {
    timestamp: "reqTimeSec",
    "event.id": "reqId",
    "client.address": "cliIP",
    "http.request.method": "reqMethod",
    "url.path": "reqPath",
    "url.query": "queryStr",
    "server.address": "reqHost",
    "server.port": "reqPort",
    "network.protocol.version": "proto",
    "http.response.status_code": "statusCode",
    "http.response.body.size": "rspContentLen|totalBytes|bytes",
    "http.request.body.size": "reqSize",
    duration_ms: "transferTimeMSec:ms|turnAroundTimeMSec:ms",
    "user_agent.original": "UA",
    "http.request.headers.referer": "referer",
    "http.request.headers.cookie": "cookie",
    "http.request.headers.x-forwarded-for": "xForwardedFor",
    "error.type": "errorCode",
  },
  finish(event) {
    const path = event["url.path"];
    if (path === undefined || !path.startsWith("/")) event["url.path"] = `/${path ?? ""}`;
    return true;
  },
});
