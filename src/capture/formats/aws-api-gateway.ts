/**
 * AWS API Gateway access log in JSON, as the console proposes it
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html). Its CLF proposal is the
 * common format with the request id behind it.
 */
import { jsonFormat } from "./json/json-format.ts";
import { textOf } from "./json/setters.ts";

export const awsApiGateway = jsonFormat({
  id: "aws-api-gateway",
  title: "AWS API Gateway JSON",
  advice: {
    "user_agent.original": "add $context.identity.userAgent to the log format",
    duration_ms: "add $context.responseLatency to the log format",
  },
  requires: ["requestId|extendedRequestId", "httpMethod|routeKey", "ip|sourceIp|identity.sourceIp", "status"],
  fields: {
    timestamp: "requestTimeEpoch|requestTime|timestamp",
    "event.id": "requestId|extendedRequestId",
    "client.address": "ip|sourceIp|identity.sourceIp",
    "user.id": "user|caller|principalId|authorizer.principalId|authorizer.claims.sub",
    "http.request.method": "httpMethod",
    "url.path": "path|resourcePath",
    "http.route": "resourcePath",
    "http.response.status_code": "status",
    "network.protocol.version": "protocol",
    "http.response.body.size": "responseLength",
    duration_ms: "responseLatency|integrationLatency:ms",
    "user_agent.original": "userAgent|identity.userAgent",
    "server.address": "domainName",
    "deployment.environment.name": "stage",
    "service.name": "apiId",
    trace_id: "xrayTraceId",
    "error.type": "error.responseType|errorResponseType",
  },
  finish(event, record) {
    // HTTP APIs name method and route in one: "GET /orders/{id}", or "$default".
    const [method, route] = textOf(record.routeKey)?.split(" ") ?? [];
    if (method !== undefined && route !== undefined) {
      event["http.request.method"] ??= method;
      event["http.route"] ??= route;
      event["url.path"] ??= route;
    }
    return true;
  },
});
