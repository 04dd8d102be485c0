/** Amazon S3 server access log (https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html). */
import { shaped, skip } from "./template/kinds.ts";
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const owner = shaped(/^(?:[\da-f]{64}|-|[\w.-]+)$/);
const operation = { ...v.rpcMethod };
const agent = { ...v.userAgent, mayEnd: true };
const bytes = { ...v.responseBytes, mayEnd: false };

export const awsS3 = templateFormat(
  { id: "aws-s3", title: "Amazon S3 server access log", aliases: ["s3"] },
  [
    lineOf`${owner} ${v.service} [${v.clfTime}] ${v.client} ${v.user} ${v.requestId} ${operation} ${skip} "${v.requestLine}" ${v.status} ${v.errorType} ${bytes} ${skip} ${v.milliseconds} ${skip} "${v.referer}" "${agent}" ${skip} ${skip} ${skip} ${skip} ${skip} ${v.host} ${v.skipText}`,
  ],
  "clf",
);
