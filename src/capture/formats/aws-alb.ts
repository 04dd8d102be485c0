/**
 * AWS Application Load Balancer access log
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html). Fields
 * were appended over the years: a line may stop after any of the later ones, or go on with newer ones.
 */
import { shaped, skip } from "./template/kinds.ts";
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const kind = shaped(/^(?:https?|h2|grpcs|wss?)$/);
/** When the request arrived; `time` is when the response left. */
const arrival = v.anyTime();
const bytes = { ...v.responseBytes, mayEnd: false };
const traceId = { ...v.trace, mayEnd: true };
const last = { ...skip, mayEnd: true };
const errorReason = { ...v.errorType, mayEnd: true };

export const awsAlb = templateFormat(
  { id: "aws-alb", title: "AWS Application Load Balancer", aliases: ["alb"] },
  [
    lineOf`${kind} ${v.anyTime()} ${skip} ${v.clientWithPort} ${skip} ${v.partSeconds} ${v.partSeconds} ${v.partSeconds} ${v.status} ${skip} ${v.requestBytes} ${bytes} "${v.requestLine}" "${v.userAgent}" ${skip} ${skip} ${skip} "${traceId}" "${v.host}" "${last}" ${skip} ${arrival} "${skip}" "${last}" "${errorReason}" ${v.skipText}`,
  ],
  "clf",
);
