/** AWS Classic Load Balancer access log (https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html). */
import { shaped, skip } from "./template/kinds.ts";
import { lineOf, templateFormat } from "./template/template-format.ts";
import * as v from "./template/variables.ts";

const bytes = { ...v.responseBytes, mayEnd: false };
const cipher = shaped(/^[\w.-]+$/);

export const awsElb = templateFormat(
  {
    id: "aws-elb",
    title: "AWS Classic Load Balancer",
    aliases: ["elb"],
    advice: { "server.address": "move to an Application Load Balancer, whose log names the domain" },
  },
  [
    lineOf`${v.anyTime()} ${skip} ${v.clientWithPort} ${skip} ${v.partSeconds} ${v.partSeconds} ${v.partSeconds} ${v.status} ${skip} ${v.requestBytes} ${bytes} "${v.requestLine}" "${v.userAgent}" ${cipher} ${cipher}`,
  ],
  "clf",
);
