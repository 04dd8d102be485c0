/**
 * Azure resource logs: Application Gateway, Front Door, API Management, App Service and Storage
 * (https://learn.microsoft.com/azure/azure-monitor/reference/tables-index). Each service writes its fields under
 * `properties`, which some exports hold as text.
 */
import { jsonFormat } from "./json/json-format.ts";
import { parseJsonLine } from "./json/json-text.ts";
import { isJsonObject } from "./json/path.ts";

export const azure = jsonFormat({
  id: "azure",
  title: "Azure resource logs (Application Gateway, Front Door, API Management, App Service, Storage)",
  aliases: ["azure-application-gateway", "azure-front-door", "azure-api-management", "azure-app-service"],
  requires: [
    "category|Category|resourceId|ResourceId",
    "properties.httpMethod|properties.method|properties.CsMethod|properties.requestUri|uri",
  ],
  ignores: ["category|Category", "resourceId|ResourceId"],
  prepare(record) {
    const { properties } = record;
    if (typeof properties !== "string") return record;
    const parsed = parseJsonLine(properties);
    return isJsonObject(parsed) ? { ...record, properties: parsed } : record;
  },
  fields: {
    timestamp: "time|timeStamp|timestamp|TimeGenerated",
    "client.address":
      "properties.clientIP|properties.clientIp|properties.CIp|properties.callerIpAddress|callerIpAddress",
    "network.peer.address": "properties.socketIp",
    "http.request.method": "properties.httpMethod|properties.method|properties.CsMethod",
    "url.path":
      "properties.originalRequestUriWithArgs|properties.requestUri|properties.url|properties.CsUriStem|uri",
    "url.query": "properties.requestQuery|properties.CsUriQuery",
    "server.address": "properties.originalHost|properties.host|properties.hostName|properties.CsHost",
    "server.port": "properties.SPort",
    "network.protocol.version":
      "properties.httpVersion|properties.clientProtocol|properties.requestProtocol|properties.Protocol",
    "http.response.status_code":
      "properties.httpStatus|properties.httpStatusCode|properties.responseCode|properties.ScStatus|statusCode",
    "user_agent.original": "properties.userAgent|properties.UserAgent|properties.userAgentHeader",
    "http.request.headers.referer": "properties.referer|properties.referrer|properties.Referer",
    "http.request.headers.cookie": "properties.Cookie",
    "http.request.body.size":
      "properties.receivedBytes|properties.requestBytes|properties.requestSize|properties.CsBytes",
    "http.response.body.size":
      "properties.sentBytes|properties.responseBytes|properties.responseSize|properties.ScBytes",
    duration_ms: "properties.timeTaken:s|properties.TimeTaken:ms|durationMs:ms|DurationMs:ms",
    "user.id": "properties.userId|properties.CsUsername",
    "event.id": "properties.transactionId|properties.trackingReference|correlationId",
    "rpc.method": "properties.operationId",
    "error.type": "properties.errorInfo|properties.lastErrorReason",
  },
  finish(event, record) {
    const { properties } = record;
    if (event["error.type"] === "NoError") event["error.type"] = undefined;
    if (isJsonObject(properties) && properties.sslEnabled === "on") event["url.scheme"] ??= "https";
    return true;
  },
});
