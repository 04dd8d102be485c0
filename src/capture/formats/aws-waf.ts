/** AWS WAF log (https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html). */
import { jsonFormat } from "./json/json-format.ts";

export const awsWaf = jsonFormat({
  id: "aws-waf",
  title: "AWS WAF JSON",
  requires: ["webaclId", "httpRequest.uri|httpRequest.clientIp"],
  fields: {
    timestamp: "timestamp",
    "http.request.headers": "httpRequest.headers",
    "client.address": "httpRequest.clientIp",
    "http.request.method": "httpRequest.httpMethod",
    "url.path": "httpRequest.uri",
    "url.query": "httpRequest.args",
    "network.protocol.version": "httpRequest.httpVersion",
    "url.scheme": "httpRequest.scheme",
    "server.address": "httpRequest.host",
    "event.id": "httpRequest.requestId",
    "http.response.status_code": "responseCodeSent",
    "service.name": "httpSourceId",
  },
  finish(event, record) {
    // A blocked request gets 403 unless the rule says otherwise, and only the exception is logged.
    if (record.action === "BLOCK") event["http.response.status_code"] ??= 403;
    return true;
  },
});
