/** CloudFront's standard log: tabs between fields, values percent-encoded where they would break it. */
import type { SimulatedRequest } from "../request.ts";
import { hexId } from "../world/identifiers.ts";
import { bytesReceived, bytesSent, clientPort, neverReached, requestHash, seconds } from "./derived.ts";
import { httpVersion } from "./target.ts";
import type { Writer } from "./writer.ts";

const FIELDS =
  "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end";
const EDGES = ["FRA56-P9", "LHR50-P2", "CDG52-C1", "AMS1-P3", "IAD89-P1"] as const;

export const awsCloudfront: Writer = {
  name: "aws-cloudfront",
  title: "AWS CloudFront, standard log",
  detail: "line",
  open: () => ({
    header: `#Version: 1.0\n#Fields: ${FIELDS}\n`,
    footer: "",
    line: (request) => `${fields(request).join("\t")}\n`,
  }),
};

function fields(request: SimulatedRequest): (string | number)[] {
  const { event, referer, responseType } = request;
  const iso = new Date(event.timestamp).toISOString();
  const hash = requestHash(request);
  const status =
    event["http.response.status_code"] === 499 ? "000" : (event["http.response.status_code"] ?? 0);
  const result = neverReached(request) ? "Error" : event["service.name"] === "images" ? "Hit" : "Miss";
  const taken = seconds(event.duration_ms);
  return [
    iso.slice(0, 10),
    iso.slice(11, 19),
    EDGES[hash % EDGES.length],
    bytesSent(request),
    event["client.address"] ?? "-",
    event["http.request.method"] ?? "-",
    "d111111abcdef8.cloudfront.net",
    encoded(event["url.path"]),
    status,
    encodedHeader(referer),
    encodedHeader(event["user_agent.original"]),
    encoded(event["url.query"]),
    "-",
    result,
    `${hexId(hash, 32)}_${hexId(hash ^ 5, 20)}==`,
    event["server.address"] ?? "-",
    "https",
    bytesReceived(request),
    taken,
    "-",
    "TLSv1.3",
    "TLS_AES_128_GCM_SHA256",
    result,
    `HTTP/${httpVersion(event)}`,
    "-",
    "-",
    clientPort(request),
    taken,
    result,
    responseType,
    event["http.response.body.size"] ?? 0,
    "-",
    "-",
  ];
}

/** Paths and queries keep their own percent signs. */
function encoded(value: string | undefined): string {
  return encode(value, /[^\x21\x24-\x26\x28-\x3b\x3d\x3f-\x5a\x5f\x61-\x7a]/gu);
}

function encodedHeader(value: string | undefined): string {
  return encode(value, /[^\x21\x24\x26\x28-\x3b\x3d\x3f-\x5a\x5f\x61-\x7a]/gu);
}

/** CloudFront encodes spaces, quotes, brackets, `#`, `%`, `^`, `~`, the backslash and what does not print as ASCII. */
function encode(value: string | undefined, unsafe: RegExp): string {
  if (value === undefined || value === "") return "-";
  return value.replace(unsafe, (character) =>
    Array.from(
      Buffer.from(character, "utf8"),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    ).join(""),
  );
}
