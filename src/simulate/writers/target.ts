import type { ApiEvent } from "../../event.ts";

/** Path and query as the request line has them. */
export function requestTarget(event: ApiEvent): string {
  const query = event["url.query"];
  return query === undefined ? (event["url.path"] ?? "/") : `${event["url.path"]}?${query}`;
}

/** "2.0" where the event says "2", as most servers write it. */
export function httpVersion(event: ApiEvent): string {
  const version = event["network.protocol.version"] ?? "1.1";
  return version === "2" || version === "3" ? `${version}.0` : version;
}
