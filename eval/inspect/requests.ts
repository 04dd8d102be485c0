import { type ApiEvent, emptyEvent } from "../../src/event.ts";

/** A parameter value where such values usually stand. */
export function inQuery(value: string): ApiEvent {
  return {
    ...emptyEvent(),
    "http.request.method": "GET",
    "url.path": "/items",
    "url.query": `q=${encode(value)}`,
  };
}

export function encode(value: string): string {
  return encodeURIComponent(Buffer.from(value, "utf8").toString("utf8")).replaceAll("'", "%27");
}

export function requestOf(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): ApiEvent {
  const target = url.replace(/^https?:\/\/[^/]*/, "");
  const question = target.indexOf("?");
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) lower[name.toLowerCase()] = String(value);
  return {
    ...emptyEvent(),
    "http.request.method": method,
    "url.path": question < 0 ? target : target.slice(0, question),
    "url.query": question < 0 ? undefined : target.slice(question + 1),
    "http.request.headers": lower,
    "user_agent.original": lower["user-agent"],
    "http.request.body": body === "" ? undefined : body,
  };
}

export function rawRequest(text: string): ApiEvent {
  const gap = /\r?\n\r?\n/.exec(text);
  const head = gap === null ? text : text.slice(0, gap.index);
  const body = gap === null ? "" : text.slice(gap.index + gap[0].length);
  const [first = "", ...rest] = head.split(/\r?\n/);
  const [method = "GET", ...target] = first.replace(/ HTTP\/[\d.]+\s*$/, "").split(" ");
  const headers: Record<string, string> = {};
  for (const line of rest) {
    const colon = line.indexOf(":");
    if (colon > 0) headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return requestOf(method, target.join(" "), headers, body);
}
