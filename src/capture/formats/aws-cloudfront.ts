/** CloudFront standard log (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html): W3C with tabs, values URL-encoded. */
import type { LogFormat } from "../format.ts";
import { isAddress } from "./fields/address.ts";
import * as value from "./template/variables.ts";
import { w3cColumn } from "./w3c/columns.ts";
import { openW3c } from "./w3c/w3c-parser.ts";

/** Columns were appended over the years; a file without its header is cut from this list. */
const COLUMNS =
  "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end".split(
    " ",
  );

export const awsCloudfront: LogFormat = {
  id: "aws-cloudfront",
  title: "AWS CloudFront standard log",
  aliases: ["cloudfront"],
  shape: "line",
  stateful: true,
  provides: [
    "timestamp",
    "client.address",
    "server.address",
    "http.request.method",
    "url.scheme",
    "url.path",
    "url.query",
    "network.protocol.version",
    "http.request.headers",
    "http.request.body.size",
    "http.response.status_code",
    "http.response.headers",
    "http.response.body.size",
    "duration_ms",
    "user_agent.original",
    "event.id",
  ],
  open: (options) =>
    openW3c(
      {
        separator: "\t",
        infer: (values) =>
          values.length >= 12 && values.length <= COLUMNS.length && isAddress(values[4] ?? "")
            ? COLUMNS.slice(0, values.length)
            : undefined,
        accepts: (columns) => columns.includes("cs-uri-stem"),
        open: (name, context) => w3cColumn(name, "percent", value.seconds).open(context, "none"),
      },
      options,
    ),
};
