/** The pairs of a Cookie header (RFC 6265 section 4.2.1). Values are inspected as sent; decoding comes later. */
import { createTextCache } from "../cache.ts";
import { drawsAttention, nameDrawsAttention } from "../gate/gate.ts";
import type { Sink } from "./value.ts";

/** Headers in which the gate let everything pass: a session sends the same one each time. */
const cold = createTextCache<true>(8_192);

export function readCookies(header: string, sink: Sink): void {
  if (cold.get(header) !== undefined) return;
  let hot = false;
  let from = 0;
  while (from < header.length && sink.more()) {
    const semicolon = header.indexOf(";", from);
    const to = semicolon < 0 ? header.length : semicolon;
    while (header.charCodeAt(from) === 32 && from < to) from++;
    if (to > from && readCookie(header, from, to, sink)) hot = true;
    from = to + 1;
  }
  if (!hot && from >= header.length) cold.set(header, true);
}

/** @returns whether anything in it was worth a look */
function readCookie(header: string, from: number, to: number, sink: Sink): boolean {
  const equals = header.indexOf("=", from);
  const end = equals < 0 || equals > to ? to : equals;
  const hotName = nameDrawsAttention(header, from, end, "cookie name");
  if (hotName) {
    const text = header.slice(from, end);
    sink.take({ place: "cookie name", name: "", location: "cookie name", text, escaped: false });
  }
  if (end === to || !drawsAttention(header, end + 1, to, "cookie")) return hotName;
  const name = header.slice(from, end);
  sink.take({
    place: "cookie",
    name,
    location: `cookie:${name}`,
    text: header.slice(end + 1, to),
    // Nearly every framework decodes them (RFC 6265 leaves it open); without an escape a `+` is a `+`.
    escaped: hasEscape(header, end + 1, to),
  });
  return true;
}

function hasEscape(text: string, from: number, to: number): boolean {
  const at = text.indexOf("%", from);
  return at >= 0 && at < to;
}
