/**
 * CloudFront real-time log records (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html):
 * tab-separated, in the documented order of all fields; a configuration with fewer fields needs its list as
 * `#Fields: …`.
 */
import type { FormatOptions, LineParser, LogFormat } from "../format.ts";
import { epochMs } from "../timestamp.ts";
import { isAddress } from "./fields/address.ts";
import * as value from "./template/variables.ts";
import { w3cColumn } from "./w3c/columns.ts";

const COLUMNS =
  "timestamp c-ip s-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs-host cs-uri-stem cs-bytes x-edge-location x-edge-request-id x-host-header time-taken cs-protocol-version c-ip-version cs(User-Agent) cs(Referer) cs(Cookie) cs-uri-query x-edge-response-result-type x-forwarded-for ssl-protocol ssl-cipher x-edge-result-type fle-encrypted-fields fle-status sc-content-type".split(
    " ",
  );
const WITHOUT_SERVER = COLUMNS.filter((name) => name !== "s-ip");
const RENAMED: Readonly<Record<string, string>> = {
  "cs-user-agent": "cs(User-Agent)",
  "cs-referer": "cs(Referer)",
  "cs-cookie": "cs(Cookie)",
};

export const awsCloudfrontRealtime: LogFormat = {
  id: "aws-cloudfront-realtime",
  title: "AWS CloudFront real-time log",
  shape: "line",
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
  open: openRealtime,
};

function openRealtime(options: FormatOptions): LineParser {
  const given = options.pattern?.replace(/^#Fields:\s*/, "").split(/[\s,]+/);
  const known = given?.map((name) => RENAMED[name] ?? name);
  const open = (names: readonly string[]) =>
    names.map((name) => w3cColumn(name, "percent", value.seconds).open(options, "none"));
  const withServer = open(known ?? COLUMNS);
  const withoutServer = open(known ?? WITHOUT_SERVER);
  const timeAt = known?.indexOf("timestamp") ?? 0;
  const least = known?.length ?? 16;
  return {
    parse(line, event) {
      if (!line.includes("\t")) return line.trim() === "" ? "ignored" : "failed";
      const values = line.trimEnd().split("\t", 80);
      const time = Number(values[timeAt]);
      const captures = known === undefined && !isAddress(values[2] ?? "") ? withoutServer : withServer;
      if (values.length < least || !(time > 1e9) || (known === undefined && !isAddress(values[1] ?? "")))
        return "failed";
      event.timestamp = epochMs(time);
      const fits = captures.every((capture, i) => {
        const text = values[i] ?? "";
        return capture(event, text, 0, text.length, false);
      });
      return fits && event["http.request.method"] !== undefined ? "event" : "failed";
    },
  };
}
