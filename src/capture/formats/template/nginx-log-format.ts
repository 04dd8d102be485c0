/**
 * nginx `log_format` strings (https://nginx.org/en/docs/http/ngx_http_log_module.html) as templates: the bare
 * value, or the whole directive with its name, `escape=` and pieces in quotes.
 */
import { VedetteError } from "../../../errors.ts";
import type { Escaping } from "../fields/escapes.ts";
import { skip } from "./kinds.ts";
import type { Template, Variable } from "./template.ts";
import * as value from "./variables.ts";

const VARIABLES: Readonly<Record<string, Variable>> = {
  remote_addr: value.client,
  realip_remote_addr: value.peer,
  binary_remote_addr: skip,
  the_real_ip: value.client,
  proxy_add_x_forwarded_for: value.forwardedFor,
  proxy_protocol_addr: value.client,
  remote_user: value.user,
  time_local: value.clfTime,
  time_iso8601: value.anyTime(),
  msec: value.anyTime(),
  request: value.requestLine,
  request_method: value.method,
  request_uri: value.target,
  uri: value.path,
  document_uri: value.path,
  args: value.query,
  query_string: value.query,
  server_protocol: value.protocol,
  status: value.status,
  body_bytes_sent: value.responseBytes,
  bytes_sent: value.responseBytes,
  content_length: value.requestBytes,
  request_length: value.requestBytes,
  request_time: value.seconds,
  host: value.host,
  http_host: value.host,
  server_name: value.host,
  server_port: value.port,
  scheme: value.scheme,
  request_id: value.requestId,
  req_id: value.requestId,
  upstream_addr: value.skipList,
  upstream_status: value.skipList,
  upstream_response_time: value.skipList,
  upstream_connect_time: value.skipList,
  upstream_header_time: value.skipList,
  upstream_response_length: value.skipList,
  upstream_bytes_sent: value.skipList,
  upstream_bytes_received: value.skipList,
  upstream_cache_status: value.skipList,
  opentelemetry_trace_id: value.trace,
  otel_trace_id: value.trace,
  opentelemetry_span_id: value.span,
  otel_span_id: value.span,
};

/** The variable of that name; one that nobody knows (a `map`, a `set`) is passed over. */
export function nginxVariable(name: string): Variable {
  const known = VARIABLES[name];
  if (known !== undefined) return known;
  const header = /^http_(.+)$/.exec(name)?.[1];
  if (header !== undefined) return value.requestHeader(header.replaceAll("_", "-"));
  const sent = /^(?:sent|upstream)_http_(.+)$/.exec(name)?.[1];
  if (sent !== undefined) return value.responseHeader(sent.replaceAll("_", "-"));
  const cookie = /^cookie_(.+)$/.exec(name)?.[1];
  return cookie === undefined ? value.skipText : value.cookie(cookie);
}

/** A log_format without the directive around it. */
export interface NginxLogFormat {
  readonly text: string;
  readonly escaping: Escaping;
}

/** @throws VedetteError FORMAT_STRING_INVALID when two variables touch, or there is none */
export function nginxTemplate(text: string): Template {
  // A path and its arguments written apart are one target.
  const joined = text.replace(/\$(?:document_)?uri\$is_args\$(?:args|query_string)/g, "$request_uri");
  const parts: (string | Variable)[] = [];
  let at = 0;
  for (const hole of joined.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    if (hole.index > at) parts.push(joined.slice(at, hole.index));
    else if (parts.length > 0) {
      throw new VedetteError(
        "FORMAT_STRING_INVALID",
        `Two variables touch before ${hole[0]}, so nothing tells where one ends.`,
        text,
      );
    }
    parts.push(nginxVariable(hole[1] ?? hole[2] ?? ""));
    at = hole.index + hole[0].length;
  }
  if (parts.every((part) => typeof part === "string")) {
    throw new VedetteError("FORMAT_STRING_INVALID", "The log_format has no $variable in it.", text);
  }
  if (at < joined.length) parts.push(joined.slice(at));
  return parts;
}

const DIRECTIVE = /^log_format\s+\S+\s+([\s\S]*?);?$/;
const ESCAPE = /^escape=(default|json|none)\s+/;
const PIECE = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs;

/** The format inside `log_format name [escape=…] 'piece' 'piece';`, or the text itself. */
export function readNginxLogFormat(pattern: string): NginxLogFormat {
  const trimmed = pattern.trim();
  const directive = DIRECTIVE.exec(trimmed)?.[1];
  const body = (directive ?? trimmed).replace(ESCAPE, "");
  const mode = ESCAPE.exec(directive ?? trimmed)?.[1];
  const escaping: Escaping = mode === "json" ? "json" : mode === "none" ? "none" : "clf";
  const inPieces = directive !== undefined || body.startsWith("'");
  const pieces = inPieces ? [...body.matchAll(PIECE)] : [];
  if (pieces.length === 0) return { text: body, escaping };
  const text = pieces.map(([, single, double]) => (single ?? double ?? "").replace(/\\(['"\\])/g, "$1"));
  return { text: text.join(""), escaping };
}
