/** What a person pastes: a URL, or a request as it goes over the wire (RFC 9112). Kept raw for inspection. */
import { type ApiEvent, emptyEvent } from "../event.ts";

export interface UrlParts {
  readonly scheme: string | undefined;
  readonly host: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
}

/** Splits without decoding or normalising anything. The fragment never reaches a server. */
export function splitUrl(url: string): UrlParts {
  const absolute = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)/i.exec(url);
  const rest = absolute === null ? url : url.slice(absolute[0].length);
  const fragment = rest.indexOf("#");
  const target = fragment < 0 ? rest : rest.slice(0, fragment);
  const question = target.indexOf("?");
  const path = question < 0 ? target : target.slice(0, question);
  return {
    scheme: absolute?.[1]?.toLowerCase(),
    host: absolute?.[2],
    path: path === "" ? "/" : path,
    query: question < 0 ? undefined : target.slice(question + 1),
  };
}

export function eventOfUrl(url: string): ApiEvent {
  const { scheme, host, path, query } = splitUrl(url);
  return {
    ...emptyEvent(),
    "http.request.method": "GET",
    "url.scheme": scheme,
    "server.address": host,
    "url.path": path,
    "url.query": query,
  };
}

const REQUEST_LINE = /^([A-Za-z]{1,32})[ \t]+(\S.*)$/;
const VERSION = /[ \t]HTTP\/\d(?:\.\d)?$/;

/** Whether the text begins as a request does: "GET /path HTTP/1.1". */
export function looksLikeRequest(text: string): boolean {
  return (
    /^[A-Z]{3,10} \S[^\r\n]{0,8000} HTTP\/\d/.test(text) || /^[A-Z]{3,7} \/\S*[ \t]*\r?\n\S+:/.test(text)
  );
}

export function eventOfRequest(text: string): ApiEvent {
  const gap = /\r?\n\r?\n/.exec(text);
  const head = gap === null ? text : text.slice(0, gap.index);
  const body = gap === null ? "" : text.slice(gap.index + gap[0].length);
  const [first = "", ...lines] = head.split(/\r?\n/);
  const line = REQUEST_LINE.exec(first.trimEnd().replace(VERSION, "").trimEnd());
  const headers: Record<string, string> = {};
  for (const each of lines) {
    const colon = each.indexOf(":");
    if (colon <= 0) continue;
    const name = each.slice(0, colon).trim().toLowerCase();
    const value = each.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return {
    ...eventOfUrl(line?.[2] ?? "/"),
    "http.request.method": line?.[1] ?? "GET",
    "http.request.headers": headers,
    "server.address": headers.host,
    "user_agent.original": headers["user-agent"],
    "http.request.body": body === "" ? undefined : body,
  };
}
