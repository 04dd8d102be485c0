/** The access log of AWS's Application Load Balancer. An IPv6 client stands without brackets before its port. */
import type { SimulatedRequest } from "../request.ts";
import { hexId } from "../world/identifiers.ts";
import { bytesReceived, bytesSent, clientPort, fullUrl, neverReached, requestHash } from "./derived.ts";
import { nginxEscape } from "./nginx-escape.ts";
import { httpVersion } from "./target.ts";
import { lines, type Writer } from "./writer.ts";

const BALANCER = "app/shop/50dc6c495c0c9188";
const GROUP = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup";
const CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012";

export const awsAlb: Writer = {
  name: "aws-alb",
  title: "AWS Application Load Balancer",
  detail: "line",
  open: lines((request) => {
    const { event } = request;
    const lost = neverReached(request);
    const status = event["http.response.status_code"] === 499 ? 460 : event["http.response.status_code"];
    const created = new Date(event.timestamp).toISOString();
    const logged = new Date(event.timestamp + Math.round(event.duration_ms ?? 0)).toISOString();
    const target = lost ? "-" : `10.20.${event["service.name"]?.length ?? 0}.17:8080`;
    const times = lost ? "-1 -1 -1" : `0.001 ${((event.duration_ms ?? 0) / 1000).toFixed(3)} 0.000`;
    const trace = hexId(requestHash(request), 24);
    const second = Math.floor(event.timestamp / 1000).toString(16);
    return (
      `${event["network.protocol.version"] === "2" ? "h2" : "https"} ${micro(logged, request)} ${BALANCER} ${event["client.address"]}:${clientPort(request)} ${target} ` +
      `${times} ${status} ${lost ? "-" : status} ${bytesReceived(request)} ${bytesSent(request)} ` +
      `"${event["http.request.method"]} ${nginxEscape(fullUrl(request, ":443"))} HTTP/${httpVersion(event)}" "${nginxEscape(event["user_agent.original"] || "-")}" ` +
      `TLS_AES_128_GCM_SHA256 TLSv1.3 ${GROUP}/${event["service.name"]}/73e2d6bc24d8a067 "Root=1-${second}-${trace}" ` +
      `"${event["server.address"]}" "${CERTIFICATE}" 0 ${micro(created, request)} "forward" "-" "-" "${target}" "${lost ? "-" : status}" "-" "-" TID_${trace}\n`
    );
  }),
};

/** Microseconds, which the simulation does not keep. */
function micro(iso: string, request: SimulatedRequest): string {
  return `${iso.slice(0, 23)}${String(requestHash(request) % 1000).padStart(3, "0")}Z`;
}
