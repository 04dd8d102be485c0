/**
 * AWS Application Load Balancer access log
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html). Fields
 * were appended over the years: a line may stop after any of the later ones, or go on with newer ones.
 */
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const kind = v.shaped(/^(?:https?|h2|grpcs|wss?)$/);
/** When the request arrived; `time` is when the response left. */
const arrival = v.anyTime();
const bytes = { ...v.responseBytes, mayEnd: false };
const traceId = { ...v.trace, mayEnd: true };
const last = { ...v.skip, mayEnd: true };
const errorReason = { ...v.errorType, mayEnd: true };

export const awsAlb = templateFormat(
  { id: "aws-alb", title: "AWS Application Load Balancer", aliases: ["alb"] },
  [
    lineOf`${kind} ${v.anyTime()} ${v.skip} ${v.client} ${v.skip} ${v.partSeconds} ${v.partSeconds} ${v.partSeconds} ${v.status} ${v.skip} ${v.requestBytes} ${bytes} "${v.requestLine}" "${v.userAgent}" ${v.skip} ${v.skip} ${v.skip} "${traceId}" "${v.host}" "${last}" ${v.skip} ${arrival} "${v.skip}" "${last}" "${errorReason}" ${v.skipText}`,
  ],
  "clf",
);
