/** What servers log and the simulation does not care about: ports, request ids, sizes with headers. The same for the same request. */
import { hashText, mix } from "../random.ts";
import type { SimulatedRequest } from "../request.ts";
import { hexId } from "../world/identifiers.ts";

/** A hash of the request: who, when, what. */
export function requestHash({ event }: SimulatedRequest): number {
  const who = hashText(event["client.address"] ?? "");
  return mix(mix(who, event.timestamp % 4_294_967_296), hashText(event["url.path"] ?? ""));
}

/** A client keeps its port for some seconds, as its connection lives. */
export function clientPort({ event }: SimulatedRequest): number {
  return (
    1_024 + (mix(hashText(event["client.address"] ?? ""), Math.floor(event.timestamp / 20_000)) % 64_000)
  );
}

export function requestId(request: SimulatedRequest): string {
  return hexId(requestHash(request), 32);
}

/** Bytes of the whole response: body and usual headers. */
export function bytesSent({ event }: SimulatedRequest): number {
  return (event["http.response.body.size"] ?? 0) + 290 + ((event["http.response.status_code"] ?? 0) % 7) * 9;
}

/** Bytes of the whole request. */
export function bytesReceived({ event, referer }: SimulatedRequest): number {
  const line = (event["url.path"]?.length ?? 1) + (event["url.query"]?.length ?? 0);
  return (
    (event["http.request.body.size"] ?? 0) +
    180 +
    line +
    (event["user_agent.original"]?.length ?? 0) +
    referer.length
  );
}

/** "0.045" */
export function seconds(milliseconds: number | undefined): string {
  return ((milliseconds ?? 0) / 1000).toFixed(3);
}

/** "https://api.shop.example/v1/orders?page=2" */
export function fullUrl({ event }: SimulatedRequest, port = ""): string {
  const query = event["url.query"] === undefined ? "" : `?${event["url.query"]}`;
  return `https://${event["server.address"]}${port}${event["url.path"]}${query}`;
}

/** Whether the edge answered by itself because nothing behind it did. */
export function neverReached({ event }: SimulatedRequest): boolean {
  const status = event["http.response.status_code"] ?? 0;
  return status === 502 || status === 503 || status === 504;
}

export function isoTime(timestamp: number): string {
  return new Date(timestamp).toISOString();
}
