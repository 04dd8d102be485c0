/** The query that finds the requests of a verdict again. */
import { formatString } from "../../../src/explore/query/format.ts";
import type { Detection } from "../api/answers.ts";

const FIELDS = new Set([
  "client.address",
  "user.id",
  "api_key.fingerprint",
  "session.id",
  "device.fingerprint",
  "service.name",
  "http.route",
]);
const MINUTE_MS = 60_000;

export function askedFor(detection: Detection): {
  readonly q: string;
  readonly from: string;
  readonly to: string;
} {
  const { entity, target, category, class: of } = detection;
  const tests = [
    ...(FIELDS.has(entity.type) ? [`${entity.type} == ${formatString(entity.value)}`] : []),
    ...(target === undefined || FIELDS.has(entity.type)
      ? []
      : [`service.name == ${formatString(target.service)}`]),
    ...(category === "injection" && of !== undefined ? [`finding.class has ${formatString(of)}`] : []),
  ];
  return {
    q: `events${tests.length === 0 ? "" : ` | where ${tests.join(" and ")}`}`,
    from: new Date(Date.parse(detection.first_seen) - MINUTE_MS).toISOString(),
    to: new Date(Date.parse(detection.last_seen) + MINUTE_MS).toISOString(),
  };
}
