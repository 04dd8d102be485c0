/** Envoy access log format strings (https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage) as templates. */
import { VedetteError } from "../../../errors.ts";
import type { Template, Variable } from "./template.ts";
import * as value from "./variables.ts";

const COMMANDS: Readonly<Record<string, Variable>> = {
  START_TIME: value.anyTime(),
  PROTOCOL: value.protocol,
  RESPONSE_CODE: value.status,
  RESPONSE_FLAGS: value.errorType,
  RESPONSE_FLAGS_LONG: value.errorType,
  BYTES_RECEIVED: value.requestBytes,
  BYTES_SENT: value.responseBytes,
  DURATION: value.milliseconds,
  DOWNSTREAM_REMOTE_ADDRESS: value.client,
  DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: value.client,
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS: value.peer,
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT: value.peer,
  TRACE_ID: value.trace,
  STREAM_ID: value.requestId,
};
const HEADERS: Readonly<Record<string, Variable>> = {
  ":METHOD": value.method,
  ":PATH": value.target,
  "X-ENVOY-ORIGINAL-PATH": value.target,
  ":AUTHORITY": value.host,
  ":SCHEME": value.scheme,
};
const COMMAND = /%([A-Z_0-9]+)(?:\(([^)]*)\))?(?::\d+)?%/g;
/** A quoted request line in its three commands is read as one. */
const REQUEST = "%REQUEST_LINE%";

/** @throws VedetteError FORMAT_STRING_INVALID when two commands touch, or there is none */
export function compileEnvoyFormat(pattern: string): Template {
  const text = pattern.trim().replace(/"%REQ\(:METHOD\)% %REQ\([^)]*:PATH\)% %PROTOCOL%"/, `"${REQUEST}"`);
  const parts: (string | Variable)[] = [];
  let at = 0;
  for (const found of text.matchAll(COMMAND)) {
    if (found.index > at) parts.push(text.slice(at, found.index));
    else if (parts.length > 0) {
      throw new VedetteError(
        "FORMAT_STRING_INVALID",
        `Two commands touch before ${found[0]}, so nothing tells where one ends.`,
        pattern,
      );
    }
    parts.push(command(found[0], found[1] ?? "", found[2] ?? ""));
    at = found.index + found[0].length;
  }
  if (at === 0)
    throw new VedetteError("FORMAT_STRING_INVALID", "The format has no %COMMAND% in it.", pattern);
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

function command(whole: string, name: string, argument: string): Variable {
  if (whole === REQUEST) return value.requestLine;
  const [first = "", second] = argument.split("?");
  if (name === "REQ")
    return HEADERS[first.toUpperCase()] ?? HEADERS[second ?? ""] ?? value.requestHeader(first);
  if (name === "RESP") return value.responseHeader(first);
  return COMMANDS[name] ?? value.skipText;
}
