/** The pairs of a Cookie header (RFC 6265 section 4.2.1). Values are inspected as sent; decoding comes later. */
import { drawsAttention, nameDrawsAttention } from "../gate/gate.ts";
import type { Sink } from "./value.ts";

export function readCookies(header: string, sink: Sink): void {
  let from = 0;
  while (from < header.length && sink.more()) {
    const semicolon = header.indexOf(";", from);
    const to = semicolon < 0 ? header.length : semicolon;
    while (header.charCodeAt(from) === 32 && from < to) from++;
    if (to > from) readCookie(header, from, to, sink);
    from = to + 1;
  }
}

function readCookie(header: string, from: number, to: number, sink: Sink): void {
  const equals = header.indexOf("=", from);
  const end = equals < 0 || equals > to ? to : equals;
  if (nameDrawsAttention(header, from, end, "cookie name")) {
    const text = header.slice(from, end);
    sink.take({ place: "cookie name", name: "", location: "cookie name", text, escaped: false });
  }
  if (end === to || !drawsAttention(header, end + 1, to, "cookie")) return;
  const name = header.slice(from, end);
  sink.take({
    place: "cookie",
    name,
    location: `cookie:${name}`,
    text: header.slice(end + 1, to),
    escaped: false,
  });
}
