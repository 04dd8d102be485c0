/** A peer: another program's verdict on the same requests, as a yardstick beside ours. Never part of the product. */
import type { ApiEvent } from "../../src/event.ts";

export interface PeerVerdict {
  readonly flagged: boolean;
  /** CPU time, microseconds. */
  readonly micros: number;
}

export interface Peer {
  /** With its version. */
  readonly name: string;
  inspect(events: readonly ApiEvent[]): readonly PeerVerdict[];
}

export interface PeerRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** The event as a server in front of an API would see it; what browsers always send is there, too. */
export function requestOfEvent(event: ApiEvent): PeerRequest {
  const body = event["http.request.body"];
  const text =
    body === undefined || body === null ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const given = event["http.request.headers"] ?? {};
  const headers: Record<string, string> = {
    host: "shop.example",
    accept: "*/*",
    "user-agent":
      event["user_agent.original"] ??
      "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    ...given,
  };
  if (text !== "") {
    headers["content-type"] ??=
      typeof body === "string" ? "application/x-www-form-urlencoded" : "application/json";
    headers["content-length"] = String(Buffer.byteLength(text));
  }
  const query = event["url.query"];
  return {
    method: event["http.request.method"] ?? (text === "" ? "GET" : "POST"),
    target: `${event["url.path"] ?? "/"}${query === undefined ? "" : `?${query}`}`,
    headers: Object.entries(headers),
    body: text,
  };
}
