/** HTTP Archive 1.2: one JSON document, so it is written entry by entry between a head and a tail. */
import type { SimulatedRequest } from "../request.ts";
import { fullUrl } from "./derived.ts";
import { httpVersion } from "./target.ts";
import type { Writer } from "./writer.ts";

export const har: Writer = {
  name: "har",
  title: "HTTP Archive (one JSON document)",
  detail: "full",
  open: () => {
    let first = true;
    return {
      header: '{"log":{"version":"1.2","creator":{"name":"vedette simulate","version":"1"},"entries":[\n',
      footer: "\n]}}\n",
      line: (request) => {
        const separator = first ? "" : ",\n";
        first = false;
        return separator + JSON.stringify(entry(request));
      },
    };
  },
};

function entry(request: SimulatedRequest): unknown {
  const { event, responseType } = request;
  const body = event["http.request.body"];
  const time = event.duration_ms ?? 0;
  return {
    startedDateTime: new Date(event.timestamp).toISOString(),
    time,
    request: {
      method: event["http.request.method"],
      url: fullUrl(request),
      httpVersion: `HTTP/${httpVersion(event)}`,
      cookies: [],
      headers: pairs(event["http.request.headers"]),
      queryString: [...new URLSearchParams(event["url.query"] ?? "")].map(([name, value]) => ({
        name,
        value,
      })),
      ...(body === undefined
        ? {}
        : { postData: { mimeType: "application/json", text: JSON.stringify(body) } }),
      headersSize: -1,
      bodySize: event["http.request.body.size"] ?? 0,
    },
    response: {
      status: event["http.response.status_code"],
      statusText: "",
      httpVersion: `HTTP/${httpVersion(event)}`,
      cookies: [],
      headers: pairs(event["http.response.headers"]),
      content: { size: event["http.response.body.size"] ?? 0, mimeType: responseType },
      redirectURL: "",
      headersSize: -1,
      bodySize: event["http.response.body.size"] ?? 0,
    },
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    serverIPAddress: "10.20.3.8",
    _clientAddress: event["client.address"],
  };
}

function pairs(headers: Readonly<Record<string, string>> | undefined): { name: string; value: string }[] {
  return Object.entries(headers ?? {}).map(([name, value]) => ({ name, value }));
}
