/**
 * The request line and its target (RFC 9112 section 3): method, scheme, host, path, query and version. What is
 * no request line ("\x16\x03\x01", "GIOP", "-", "") keeps its text as the path, so that probing can be seen.
 */
import type { ApiEvent } from "../../../event.ts";
import { bareAddress, portOf } from "./address.ts";
import { type Escaping, unescapeText } from "./escapes.ts";

/** Characters kept of a malformed request. */
const MALFORMED_MAX = 1024;
/** The longest method anyone registered is 17 letters (RFC 4791, RFC 3253); some APIs make up their own. */
const METHOD_MAX = 32;
const ESCAPE = 27;
/** What terminals take for a colour. */
const COLOUR = new RegExp(`${String.fromCharCode(ESCAPE)}\\[[\\d;]{0,12}m`, "g");
const SLASH = 47;
const SPACE = 32;

/** @param start,end where the request line stands in `line`, quotes left out */
export function setRequestLine(
  event: ApiEvent,
  line: string,
  start: number,
  end: number,
  escaping: Escaping,
): void {
  if (line.charCodeAt(start) === ESCAPE && end - start < MALFORMED_MAX) {
    // Werkzeug colours the request by its status.
    const plain = line.slice(start, end).replace(COLOUR, "");
    if (plain.charCodeAt(0) !== ESCAPE) {
      setRequestLine(event, plain, 0, plain.length, escaping);
      return;
    }
  }
  const methodEnd = line.indexOf(" ", start);
  if (methodEnd <= start || methodEnd >= end || !isMethod(line, start, methodEnd)) {
    setMalformed(event, line, start, end);
    return;
  }
  const usual = end - " HTTP/1.1".length;
  const version = line.startsWith(" HTTP/", usual) ? usual : line.lastIndexOf(" ", end - 1);
  const hasVersion = version > methodEnd && line.startsWith("HTTP/", version + 1);
  if (!hasVersion && !isBareTarget(line, methodEnd + 1, end)) {
    setMalformed(event, line, start, end);
    return;
  }
  event["http.request.method"] = methodName(line, start, methodEnd);
  if (hasVersion) event["network.protocol.version"] = httpVersion(line, version + 6, end);
  let from = methodEnd + 1;
  while (line.charCodeAt(from) === SPACE && from < version) from++;
  setTarget(event, line, from, hasVersion ? version : end, escaping);
}

/** @param start,end where the target stands in `line`: origin, absolute, authority or asterisk form */
export function setTarget(
  event: ApiEvent,
  line: string,
  start: number,
  end: number,
  escaping: Escaping,
): void {
  let from = start;
  if (line.charCodeAt(from) !== SLASH) {
    const scheme = schemeEnd(line, from, end);
    if (scheme > 0) from = setAuthority(event, line, from, scheme, end);
  }
  const question = line.indexOf("?", from);
  const pathEnd = question >= 0 && question < end ? question : end;
  const path = line.slice(from, pathEnd);
  event["url.path"] = path === "" && from > start ? "/" : unescapeText(path, escaping);
  if (pathEnd < end) event["url.query"] = unescapeText(line.slice(pathEnd + 1, end), escaping);
}

/** "HTTP/1.1", "1.1", "h2", "2.0.0.0" → "1.1", "1.1", "2", "2"; undefined for what is no version. */
export function protocolVersion(text: string): string | undefined {
  const digits = /(?:^|[/hH])(\d)(?:\.(\d)(?:\.\d)*)?$/.exec(text);
  if (digits === null) return undefined;
  const major = digits[1] ?? "";
  return major >= "2" ? major : `${major}.${digits[2] ?? "0"}`;
}

/** The host a request was for, port split off: `api.example.com:8443`, `[2001:db8::1]:443`. */
export function setServer(event: ApiEvent, host: string): void {
  event["server.address"] = bareAddress(host);
  const port = portOf(host);
  if (port !== undefined) event["server.port"] = port;
}

/** "-", Envoy's "- - -" and AWS's "- http://host:80- -" say that there was no request. */
function setMalformed(event: ApiEvent, line: string, start: number, end: number): void {
  if (end <= start || (end === start + 1 && line.charCodeAt(start) === 45)) return;
  if (line.startsWith("- ", start)) return;
  event["url.path"] = line.slice(start, Math.min(end, start + MALFORMED_MAX));
}

/** Tokens of RFC 9110 that begin with a letter. */
function isMethod(line: string, start: number, end: number): boolean {
  if (end - start > METHOD_MAX) return false;
  for (let i = start; i < end; i++) {
    const code = line.charCodeAt(i);
    const letter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    if (!letter && (i === start || !((code >= 48 && code <= 57) || code === 45 || code === 95))) return false;
  }
  return true;
}

/** Without a version behind it, only what looks like a target makes the line a request. */
function isBareTarget(line: string, from: number, end: number): boolean {
  const code = line.charCodeAt(from);
  return from < end && (code === SLASH || code === 42 || schemeEnd(line, from, end) > 0);
}

/** One string object for each common method: cheaper to keep, compare and look up. */
function methodName(line: string, start: number, end: number): string {
  const length = end - start;
  if (length === 3 && line.startsWith("GET", start)) return "GET";
  if (length === 4 && line.startsWith("POST", start)) return "POST";
  return line.slice(start, end);
}

function httpVersion(line: string, start: number, end: number): string {
  if (end - start === 3) {
    if (line.startsWith("1.1", start)) return "1.1";
    if (line.startsWith("2.0", start)) return "2";
    if (line.startsWith("1.0", start)) return "1.0";
    if (line.startsWith("3.0", start)) return "3";
  }
  return line.slice(start, Math.min(end, start + 8));
}

/** Index after `scheme://`; 0 when the text does not begin with one. */
function schemeEnd(line: string, start: number, end: number): number {
  const colon = line.indexOf("://", start);
  if (colon <= start || colon >= end || colon - start > 12) return 0;
  for (let i = start; i < colon; i++) {
    const code = line.charCodeAt(i) | 32;
    if (code < 97 || code > 122) return 0;
  }
  return colon + 3;
}

/** @returns where the path of an absolute-form target begins */
function setAuthority(event: ApiEvent, line: string, start: number, from: number, end: number): number {
  let stop = from;
  while (stop < end) {
    const code = line.charCodeAt(stop);
    if (code === SLASH || code === 63) break;
    stop++;
  }
  event["url.scheme"] = line.slice(start, from - 3).toLowerCase();
  const authority = line.slice(from, stop);
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (host !== "" && event["server.address"] === undefined) setServer(event, host);
  return stop;
}
