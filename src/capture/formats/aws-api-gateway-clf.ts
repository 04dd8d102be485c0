/** The CLF that the API Gateway console proposes: common with the request id, and the extended one, behind it. */
import { only, skip } from "./template/kinds.ts";
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const uuid = only(v.requestId, /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/);

export const awsApiGatewayClf = templateFormat(
  {
    id: "aws-api-gateway-clf",
    title: "AWS API Gateway CLF",
    advice: { "user_agent.original": "log JSON with $context.identity.userAgent" },
  },
  [
    lineOf`${v.client} ${skip} ${v.user} [${v.clfTime}] "${v.requestLine}" ${v.status} ${v.responseBytes} ${uuid} ${skip}`,
  ],
  "clf",
);
