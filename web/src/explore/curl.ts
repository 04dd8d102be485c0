/** A request as a command to repeat it, without the secrets that came with it. */
import type { Row } from "../api/answers.ts";
import { textOf } from "./result-table.tsx";

const SECRET = /^(?:proxy-)?authorization$|cookie|token|secret|password|api-?key|signature/i;
/** curl sets these by itself. */
const OWN = /^(?:host|content-length|connection|accept-encoding)$/i;

export function asCurl(event: Row): string {
  const method = textOf(event["http.request.method"]) || "GET";
  const scheme = textOf(event["url.scheme"]) || "https";
  const host = textOf(event["server.address"]) || "HOST";
  const query = textOf(event["url.query"]);
  const url = `${scheme}://${host}${textOf(event["url.path"])}${query === "" ? "" : `?${query}`}`;
  const headers = event["http.request.headers"];
  const body = textOf(event["http.request.body"]);
  const parts = [`curl --globoff -X ${quoted(method)} ${quoted(url)}`];
  if (typeof headers === "object" && headers !== null)
    for (const [name, value] of Object.entries(headers)) {
      if (OWN.test(name)) continue;
      parts.push(`-H ${quoted(`${name}: ${SECRET.test(name) ? "***" : textOf(value)}`)}`);
    }
  if (body !== "") parts.push(`--data-raw ${quoted(body)}`);
  return parts.join(" \\\n  ");
}

/** One word for a POSIX shell, whatever is in it; lines and controls written out. */
function quoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal
  const safe = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
  return `'${safe.replaceAll("'", "'\\''")}'`;
}
