/** An evidence event as a person should see it: one line, redacted, with no character that a terminal obeys. */
import type { Sample } from "../event.ts";
import { redactQuery, redactText } from "../normalize/redact.ts";
import type { Evidence } from "./engine.ts";
import { rfc3339 } from "./verdict.ts";

const MAX_REQUEST_CHARS = 300;

export function sampleOf(evidence: Evidence): Sample {
  const { event, findings, ref } = evidence;
  const path = redactText(event["url.path"]) ?? "";
  const query = event["url.query"];
  const target = query ? `${path}?${redactQuery(query)}` : path;
  const request = `${event["http.request.method"] ?? ""} ${target}`.trim();
  const status = event["http.response.status_code"];
  return {
    ...ref,
    timestamp: rfc3339(event.timestamp),
    request: request.length > MAX_REQUEST_CHARS ? `${request.slice(0, MAX_REQUEST_CHARS - 1)}…` : request,
    ...(status === undefined ? {} : { status }),
    ...(findings.length === 0 ? {} : { findings: findings.slice(0, 3) }),
  };
}
