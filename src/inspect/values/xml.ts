/** Text and attributes of an XML document by node path, and the document itself where it declares or includes. */

import { decodeHtmlEntities } from "../decode/html-entities.ts";
import { drawsAttention } from "../gate/gate.ts";
import type { Sink } from "./value.ts";

const DEEPEST = 64;
const NAME_END = /[\s/>]/;

/** @param markup it was not declared as XML, so that it may as well be HTML */
export function readXml(text: string, sink: Sink, markup: boolean): void {
  const prologue = text.slice(0, 4096);
  const declares =
    /<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet|xi:include|XInclude|<(?:java\b|object-stream|dynamic-proxy|sorted-set|linked-hash-set|tree-map)|encoding\s*=/i.test(
      prologue,
    );
  const looksXml = declares || /^\s*<[?!\w]/.test(prologue);
  if (markup || declares || !looksXml || !/<\/|\/>/.test(text)) {
    if (drawsAttention(text, 0, text.length, "body")) {
      sink.take({ place: "body", name: "", location: "body", text, escaped: false });
    }
    if (!looksXml) return;
  }
  readNodes(text, sink);
}

function readNodes(text: string, sink: Sink): void {
  const path: string[] = [];
  let at = 0;
  while (at < text.length && sink.more()) {
    const open = text.indexOf("<", at);
    const textEnd = open < 0 ? text.length : open;
    if (path.length > 0) readNodeText(text.slice(at, textEnd), path, sink);
    if (open < 0) return;
    at = readMarkup(text, open, path, sink);
  }
}

/** @returns where the markup that starts at `open` ends */
function readMarkup(text: string, open: number, path: string[], sink: Sink): number {
  if (text.startsWith("<![CDATA[", open)) {
    const end = indexOrEnd(text, "]]>", open);
    take(text.slice(open + 9, end), path[path.length - 1] ?? "", `body/${path.join("/")}`, sink);
    return end + 3;
  }
  if (text.startsWith("<!--", open)) return indexOrEnd(text, "-->", open + 4) + 3;
  if (text.startsWith("<!", open) || text.startsWith("<?", open)) {
    const close = indexOrEnd(text, ">", open);
    const subset = text.slice(open, close).indexOf("[");
    return subset >= 0 ? indexOrEnd(text, "]>", open + subset) + 2 : close + 1;
  }
  const close = tagEnd(text, open);
  const tag = text.slice(open + 1, close);
  if (tag.startsWith("/")) path.pop();
  else {
    const nameEnd = tag.search(NAME_END);
    const name = nameEnd < 0 ? tag : tag.slice(0, nameEnd);
    if (path.length < DEEPEST) path.push(name);
    if (nameEnd >= 0) readAttributes(tag, nameEnd, path, sink);
    if (tag.endsWith("/")) path.pop();
  }
  return close + 1;
}

/** The `>` that ends a tag, past those in quoted attribute values. */
function tagEnd(text: string, open: number): number {
  let quote = "";
  for (let at = open + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return at;
  }
  return text.length;
}

function readAttributes(tag: string, from: number, path: readonly string[], sink: Sink): void {
  let at = from;
  while (at < tag.length && sink.more()) {
    const equals = tag.indexOf("=", at);
    if (equals < 0) return;
    const name = tag.slice(at, equals).trim();
    let start = equals + 1;
    while (tag.charCodeAt(start) <= 32) start++;
    const quote = tag.charAt(start);
    const quoted = quote === '"' || quote === "'";
    const end = quoted ? tag.indexOf(quote, start + 1) : tag.slice(start).search(/\s/) + start;
    const to = end < start ? tag.length : end;
    take(tag.slice(quoted ? start + 1 : start, to), name, `body/${path.join("/")}@${name}`, sink);
    at = to + 1;
  }
}

function readNodeText(text: string, path: readonly string[], sink: Sink): void {
  if (text.trim().length > 0) take(text, path[path.length - 1] ?? "", `body/${path.join("/")}`, sink);
}

/** An XML parser resolves references before anybody reads the value, so the resolved text is the value. */
function take(raw: string, name: string, location: string, sink: Sink): void {
  if (!drawsAttention(raw, 0, raw.length, "xml")) return;
  const text = decodeHtmlEntities(raw) ?? raw;
  sink.take({ place: "xml", name, location, text, escaped: false });
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const found = text.indexOf(wanted, from);
  return found < 0 ? text.length : found;
}
