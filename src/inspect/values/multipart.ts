/** multipart/form-data (RFC 7578): field values, file names, and files that are text. */
import { drawsAttention, nameDrawsAttention } from "../gate/gate.ts";
import { readBody } from "./body.ts";
import type { Sink } from "./value.ts";

const MOST_PARTS = 200;
/** RFC 2046: boundaries have at most 70 characters. */
const LONGEST_BOUNDARY = 70;

/** @returns the boundary from the content type, or from the body when it plainly is multipart */
export function boundaryOf(contentType: string, body: string): string | undefined {
  const declared = contentType.toLowerCase().indexOf("boundary=");
  if (declared >= 0) {
    const rest = contentType.slice(declared + 9).trim();
    const quoted = rest.startsWith('"');
    const end = quoted ? rest.indexOf('"', 1) : rest.search(/[;,\s]/);
    const boundary = rest.slice(quoted ? 1 : 0, end < 0 ? undefined : end);
    if (boundary.length > 0 && body.includes(`--${boundary}`)) return boundary;
  }
  if (!body.startsWith("--")) return undefined;
  const line = body.slice(2, LONGEST_BOUNDARY + 4).split(/\r?\n/, 1)[0] ?? "";
  if (line.length === 0 || line.length > LONGEST_BOUNDARY) return undefined;
  return /^content-disposition:/im.test(body.slice(0, 1000)) ? line : undefined;
}

export function readMultipart(body: string, boundary: string, sink: Sink): void {
  const delimiter = `--${boundary}`;
  let from = body.indexOf(delimiter);
  for (let part = 0; from >= 0 && sink.more(); part++) {
    if (part === MOST_PARTS) {
      sink.cut();
      return;
    }
    const start = from + delimiter.length;
    const next = body.indexOf(delimiter, start);
    readPart(body.slice(start, next < 0 ? undefined : next), sink);
    from = next;
  }
}

function readPart(part: string, sink: Sink): void {
  const gap = /\r?\n\r?\n/.exec(part);
  if (gap === null) return;
  const head = part.slice(0, gap.index);
  const content = part.slice(gap.index + gap[0].length).replace(/\r?\n$/, "");
  const name = parameter(head, "name") ?? "";
  const file = parameter(head, "filename");
  const location = `multipart:${name}`;
  if (name.length > 0 && nameDrawsAttention(name, 0, name.length, "field name")) {
    sink.take({ place: "field name", name: "", location: "multipart name", text: name, escaped: false });
  }
  if (file !== undefined && file.length > 0) {
    sink.take({ place: "file name", name, location: `${location} filename`, text: file, escaped: false });
  }
  if (isText(content)) readContent(content, name, location, head, sink);
}

function readContent(content: string, name: string, location: string, head: string, sink: Sink): void {
  // An XML or JSON part is a document of its own.
  if (/content-type:\s*(?:application|text)\/(?:[\w.+-]*xml|[\w.+-]*json)/i.test(head)) {
    const within: Sink = {
      take: (value) => sink.take({ ...value, location: location + value.location.slice("body".length) }),
      more: () => sink.more(),
      cut: () => sink.cut(),
    };
    readBody(content, undefined, within);
    return;
  }
  if (!drawsAttention(content, 0, content.length, "field")) return;
  sink.take({ place: "field", name, location, text: content, escaped: false });
}

/** `name="value"` in a Content-Disposition line; backslash escapes as browsers write them. */
function parameter(head: string, name: string): string | undefined {
  const quoted = new RegExp(`[;\\s]${name}="([^"\\r\\n]{0,500})"?`, "i").exec(head);
  if (quoted?.[1] !== undefined) return quoted[1];
  return new RegExp(`[;\\s]${name}\\*?=([^;\\s"]{1,500})`, "i").exec(head)?.[1];
}

/** Files of bytes hold no request syntax; a tenth of control characters is no text. */
function isText(content: string): boolean {
  const sample = content.slice(0, 512);
  let odd = 0;
  for (let i = 0; i < sample.length; i++) {
    const code = sample.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffd) odd++;
  }
  return odd * 10 <= sample.length;
}
