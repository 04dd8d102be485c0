/**
 * The event a Lambda function behind API Gateway or a load balancer receives, logged whole, payload formats 1.0
 * and 2.0 (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
import { jsonFormat } from "./json/json-format.ts";

export const awsLambda = jsonFormat({
  id: "aws-lambda",
  title: "AWS Lambda proxy event JSON",
  requires: ["requestContext", "httpMethod|requestContext.http.method", "path|rawPath"],
  fields: {
    timestamp: "requestContext.requestTimeEpoch|requestContext.timeEpoch|requestContext.requestTime",
    "event.id": "requestContext.requestId",
    "http.request.headers": "multiValueHeaders|headers",
    "client.address": "requestContext.identity.sourceIp|requestContext.http.sourceIp",
    "http.request.method": "httpMethod|requestContext.http.method",
    "url.path": "path|rawPath",
    "url.query": "rawQueryString|queryStringParameters",
    "http.route": "resource|requestContext.resourcePath",
    "network.protocol.version": "requestContext.protocol|requestContext.http.protocol",
    "server.address": "requestContext.domainName",
    "user_agent.original": "requestContext.identity.userAgent|requestContext.http.userAgent",
    "user.id":
      "requestContext.authorizer.principalId|requestContext.authorizer.claims.sub|requestContext.authorizer.jwt.claims.sub",
    "deployment.environment.name": "requestContext.stage",
    "service.name": "requestContext.apiId",
    "http.request.body": "body",
  },
});
